import { CheckpointFile } from "../disk/checkpoint_file.ts";
import { InputFile } from "../disk/input_file.ts";
import { checkPrefix, readRange } from "../disk/read_blocks.ts";
import { waitForMore } from "../disk/wait_for_more.ts";
import { compressionOf } from "../pure/compression.ts";
import { OptionError, RotatedError } from "../pure/errors.ts";
import { PIECE_BYTES } from "../pure/fingerprint.ts";
import { partsToCheck, PrefixCheck } from "../pure/prefix_check.ts";
import { loadExtras } from "./extras.ts";
import { Run } from "./run.ts";
import type { Progress, SumOptions } from "./sum_options.ts";

/** How a file is followed. */
export interface FollowOptions extends Omit<SumOptions, "workers" | "range"> {
  /** Ends it: the state is saved, and the loop is over. */
  signal: AbortSignal;
}

/** How far it is. */
export interface Followed extends Progress {
  /** The exact sum, if all whole lines that the file has by now are in it; `undefined` in between. */
  sum: string | undefined;
}

/**
 * Adds up a file, and then what is appended to it. It yields as `sumFile` does, and with the sum whenever nothing more
 * is there to read. A last line without a line feed is not counted until that comes: it may still be being written.
 *
 * @throws {OptionError} If it is compressed.
 * @throws {RotatedError} If the file is cut off, also if it has grown again since, or its name becomes another file's;
 * what it had until then is summed and saved.
 */
export async function* followFile(path: string, options: FollowOptions): AsyncGenerator<Followed, void, void> {
  const { checkpoint: given, restart = false, signal } = options;
  using input = await InputFile.open(path);
  if (compressionOf(await input.peek())) throw new OptionError(`${path} is compressed: nothing can be appended to it`);
  using own = typeof given === "string" ? await CheckpointFile.open(given, { discardDamaged: restart }) : undefined;
  const run = new Run(input, typeof given === "string" ? own : given, options, await loadExtras(options));
  try {
    for await (const _ of checkPrefix(run.check, input, run.buffer)) yield { ...run.progress, sum: undefined };
    const cutter = run.begin({ keepsFingerprint: true });
    let position = run.progress.offset;
    let caughtUp = false;
    while (!signal.aborted) {
      const read = await input.read(cutter.space());
      if (read !== null) {
        position += read;
        cutter.took(read);
        for (let block = cutter.next(); block; block = cutter.next()) {
          run.take(block);
          // once there was nothing more to read, nobody knows how much there will be
          yield { ...run.progress, ...caughtUp && { size: undefined }, sum: undefined };
        }
        continue;
      }
      caughtUp = true;
      run.saveIfDue();
      yield { ...run.progress, size: undefined, sum: run.sum };
      const growth = await waitForMore(input, position, signal, () => run.saveIfDue());
      if (growth === "cut off") throw new RotatedError(path, "it was cut off, and has fewer bytes than were read");
      // a last line may have been written between the last read and the renaming
      if (growth === "replaced" && input.hints().size === position) {
        throw new RotatedError(path, "its name is another file's now, or nobody's");
      }
      await requireSame(input, run, position, cutter.pending);
    }
  } finally {
    run.close();
  }
}

/**
 * Sees to it that a file still has, at both ends, what was summed of it, and what was read of the line after that.
 *
 * @param position How much of it was read; the next read goes on there.
 * @param pending What was read and not yet summed.
 */
async function requireSame(input: InputFile, run: Run, position: number, pending: Uint8Array): Promise<void> {
  const refuse = (): never => {
    throw new RotatedError(input.path, "it was cut off and written anew");
  };
  const { offset, fingerprint } = run.reached;
  const buffer = new Uint8Array(PIECE_BYTES);
  const check = new PrefixCheck({ parts: partsToCheck(offset, "ends"), fingerprint, start: 0, refuse });
  await Array.fromAsync(checkPrefix(check, input, buffer));
  let at = 0;
  for await (const bytes of readRange(input, { from: position - pending.length, to: position }, buffer)) {
    if (bytes.some((byte, i) => byte !== pending[at + i])) refuse();
    at += bytes.length;
  }
  if (at < pending.length) refuse();
  await input.seek(position);
}
