import { findLineStartSync } from "../disk/find_line_start.ts";
import type { OpenInput } from "../disk/open_input.ts";
import { readBlocksSync, readRangeSync } from "../disk/read_blocks.ts";
import { addLinesFast } from "../kernel/kernel.ts";
import type { BadLine } from "../pure/bad_line.ts";
import { type Block, BlockCutter } from "../pure/cut_blocks.ts";
import { BadLineError, becameShorter } from "../pure/errors.ts";
import { Fingerprinter, PIECE_BYTES } from "../pure/fingerprint.ts";
import type { Marks } from "../pure/parse_number.ts";
import { SkippedLinesList } from "../pure/skipped_lines.ts";
import { initialState } from "../pure/state.ts";
import type { Stretch, StretchBadLine, StretchResult } from "../pure/stretch.ts";
import { Summation } from "../pure/summation.ts";

/** How a stretch is summed. */
export interface StretchOptions {
  marks: Marks;
  /** Whether bad lines are passed over. */
  skip: boolean;
  /** Bytes that one read asks for. */
  blockBytes: number;
}

/** Sums the lines of a file whose first byte lies in a stretch of it. */
export class StretchSum {
  readonly #input: OpenInput;
  readonly #stretch: Stretch;
  /** Where its first line starts. */
  readonly #start: number;
  readonly #summation: Summation;
  readonly #pieces: bigint[] = [];
  readonly #skippedLines = new SkippedLinesList();
  #bad: StretchBadLine | undefined;
  #reached: number;
  /** What makes blocks of it, for {@linkcode StretchSum.take}. */
  readonly cutter: BlockCutter;

  /**
   * @param buffer Where reads go.
   * @param spare As long as the buffer, for a block that is read while the one before it is added.
   */
  constructor(
    input: OpenInput,
    stretch: Stretch,
    { marks, skip, blockBytes }: StretchOptions,
    buffer: Uint8Array,
    spare?: Uint8Array,
  ) {
    this.#input = input;
    this.#stretch = stretch;
    const { from, to, isLineStart } = stretch;
    // not beyond the stretch: where a line is longer than many, each would read on to its end
    const start = isLineStart ? from : findLineStartSync(input, from, to);
    this.#start = this.#reached = start;
    const fingerprinter = new Fingerprinter((hashes) => this.#pieces.push(...hashes));
    const onSkip = ({ line, offset, bytes }: BadLine) =>
      this.#skippedLines.add({ line, offset: offset - start, bytes });
    this.#summation = new Summation({ ...initialState(), offset: start }, fingerprinter, {
      file: input.path,
      marks,
      onSkip: skip ? onSkip : undefined,
      addLines: addLinesFast,
    });
    this.cutter = new BlockCutter(buffer, blockBytes, start, to, undefined, spare);
    if (start >= to) return;
    const begun = { from: from - from % PIECE_BYTES, to: start };
    for (const bytes of readRangeSync(input, begun, buffer)) fingerprinter.update(bytes);
    input.seekSync(start);
  }

  /** Adds the next block; says whether to go on, as is not to be done after a bad line. */
  take(block: Block): boolean {
    try {
      this.#summation.take(block);
    } catch (error) {
      if (!(error instanceof BadLineError)) throw error;
      const { place: { line, offset }, text, reason, isOtherFile } = error;
      this.#bad = { line, offset, text, reason, isOtherFile };
      return false;
    }
    this.#reached = block.offset + block.bytes.length;
    return true;
  }

  /**
   * What it comes to.
   *
   * @throws {FileError} If the file ends before the stretch: it was cut off while it was read.
   */
  finish(): StretchResult {
    if (this.#reached < this.#stretch.least && !this.#bad) throw becameShorter(this.#input.path);
    const { offset: end, sum, count, blank, skipped, fingerprint } = this.#summation.state;
    return {
      start: this.#start,
      end,
      sum,
      count,
      blank,
      skipped,
      pieces: BigUint64Array.from(this.#pieces),
      rest: BigInt(`0x${fingerprint.rest}`),
      unended: this.#summation.unended,
      bad: this.#bad,
      skippedLines: this.#skippedLines.pack(),
    };
  }
}

/**
 * Sums a stretch without a pause.
 *
 * @throws {FileError} As {@linkcode StretchSum.finish} does.
 */
export function sumStretchSync(
  input: OpenInput,
  stretch: Stretch,
  buffer: Uint8Array,
  options: StretchOptions,
): StretchResult {
  const sum = new StretchSum(input, stretch, options, buffer);
  for (const block of readBlocksSync(input, sum.cutter)) if (!sum.take(block)) break;
  return sum.finish();
}
