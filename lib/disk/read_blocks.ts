import type { Block, BlockCutter } from "../pure/cut_blocks.ts";
import { PIECE_BYTES } from "../pure/fingerprint.ts";
import type { PrefixCheck } from "../pure/prefix_check.ts";
import type { Range } from "../pure/range.ts";
import type { OpenInput } from "./open_input.ts";
import { turnEventLoop } from "./turn_event_loop.ts";

/** What blocks are read from: an open file, standard input, a decompressor. */
export interface Source {
  /** Puts the next bytes into `into`, and gives their number, or `null` at the end. */
  read(into: Uint8Array): Promise<number | null>;
}

/** A {@linkcode Source} whose reads block. */
export interface SourceSync {
  readSync(into: Uint8Array): number | null;
}

/**
 * After how long, in milliseconds, the event loop is let turn: as long as each read is done by the time that it is
 * awaited, the runtime looks for nothing else, and a server in the same process would not answer.
 */
const TURN_MS = 5;

/**
 * Reads a source to its end as {@linkcode Block}s. Each is lent until the next is asked for. Where the cutter has a
 * place for it, the next read goes on while a block is in use; leaving waits for it, so that nothing is read any more.
 * The event loop turns every few milliseconds.
 */
export async function* readBlocks(source: Source, cutter: BlockCutter): AsyncGenerator<Block, void> {
  let reading: Promise<number | null> | undefined;
  let turned = performance.now();
  try {
    while (!cutter.ended) {
      const block = reading ? undefined : cutter.next();
      if (block) {
        const ahead = cutter.spaceAhead();
        reading = ahead && source.read(ahead);
        reading?.catch(() => {}); // it is told when its bytes are wanted
        if (performance.now() - turned > TURN_MS) {
          await turnEventLoop();
          turned = performance.now();
        }
        yield block;
      } else if (!cutter.ended) {
        const read = await (reading ?? source.read(cutter.space()));
        reading = undefined;
        cutter.took(read);
      }
    }
  } finally {
    await reading?.catch(() => {});
  }
}

/** {@linkcode readBlocks} for a plain generator. */
export function* readBlocksSync(source: SourceSync, cutter: BlockCutter): Generator<Block, void> {
  while (!cutter.ended) {
    const block = cutter.next();
    if (block) yield block;
    else if (!cutter.ended) cutter.took(source.readSync(cutter.space()));
  }
}

/** The first bytes of a range often tell that the others need not be read. */
const FIRST_READ_BYTES = PIECE_BYTES;

/** Reads a range of a file, or what is there of it, as stretches of any size; each is lent until the next. */
export async function* readRange(
  file: OpenInput,
  { from, to }: Range,
  buffer: Uint8Array,
): AsyncGenerator<Uint8Array, void> {
  await file.seek(from);
  let most = FIRST_READ_BYTES;
  for (let left = to - from; left > 0;) {
    const read = await file.read(buffer.subarray(0, Math.min(left, most)));
    if (read === null) return;
    yield buffer.subarray(0, read);
    left -= read;
    most = buffer.length;
  }
}

/** {@linkcode readRange} for a plain generator. */
export function* readRangeSync(
  file: OpenInput,
  { from, to }: Range,
  buffer: Uint8Array,
): Generator<Uint8Array, void> {
  file.seekSync(from);
  let most = FIRST_READ_BYTES;
  for (let left = to - from; left > 0;) {
    const read = file.readSync(buffer.subarray(0, Math.min(left, most)));
    if (read === null) return;
    yield buffer.subarray(0, read);
    left -= read;
    most = buffer.length;
  }
}

/** Reads what a check wants to see again, and pauses after each read. */
export async function* checkPrefix(
  check: PrefixCheck,
  file: OpenInput,
  buffer: Uint8Array,
): AsyncGenerator<void, void> {
  for (const part of check.parts) {
    check.begin(part);
    for await (const bytes of readRange(file, part, buffer)) {
      check.take(bytes);
      yield;
    }
    check.end(part);
  }
}

/** {@linkcode checkPrefix} for a plain generator. */
export function* checkPrefixSync(check: PrefixCheck, file: OpenInput, buffer: Uint8Array): Generator<void, void> {
  for (const part of check.parts) {
    check.begin(part);
    for (const bytes of readRangeSync(file, part, buffer)) {
      check.take(bytes);
      yield;
    }
    check.end(part);
  }
}
