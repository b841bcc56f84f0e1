import { findLineStartSync } from "../disk/find_line_start.ts";
import type { OpenInput } from "../disk/open_input.ts";
import { readBlocksSync, readRangeSync } from "../disk/read_blocks.ts";
import { addLinesFast } from "../kernel/kernel.ts";
import { BlockCutter } from "../pure/cut_blocks.ts";
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

/**
 * Sums the lines of a file whose first byte lies in a stretch of it.
 *
 * @throws {FileError} If the file ends before the stretch: it was cut off while it was read.
 */
export function sumStretchSync(
  input: OpenInput,
  stretch: Stretch,
  buffer: Uint8Array,
  { marks, skip, blockBytes }: StretchOptions,
): StretchResult {
  // not beyond the stretch: where a line is longer than many, each would read on to its end
  const start = stretch.isLineStart ? stretch.from : findLineStartSync(input, stretch.from, stretch.to);
  const pieces: bigint[] = [];
  const fingerprinter = new Fingerprinter((hashes) => pieces.push(...hashes));
  const skippedLines = new SkippedLinesList();
  const summation = new Summation({ ...initialState(), offset: start }, fingerprinter, {
    file: input.path,
    marks,
    onSkip: skip ? ({ line, offset, bytes }) => skippedLines.add({ line, offset: offset - start, bytes }) : undefined,
    addLines: addLinesFast,
  });
  let bad: StretchBadLine | undefined;
  let reached = start;
  if (start < stretch.to) {
    const firstPiece = stretch.from - stretch.from % PIECE_BYTES;
    for (const bytes of readRangeSync(input, { from: firstPiece, to: start }, buffer)) fingerprinter.update(bytes);
    input.seekSync(start);
    try {
      const cutter = new BlockCutter(buffer, blockBytes, start, stretch.to);
      for (const block of readBlocksSync(input, cutter)) {
        summation.take(block);
        reached = block.offset + block.bytes.length;
      }
    } catch (error) {
      if (!(error instanceof BadLineError)) throw error;
      const { place: { line, offset }, text, reason, isOtherFile } = error;
      bad = { line, offset, text, reason, isOtherFile };
    }
  }
  if (reached < stretch.least && !bad) throw becameShorter(input.path);
  const { offset: end, sum, count, blank, skipped, fingerprint } = summation.state;
  return {
    start,
    end,
    sum,
    count,
    blank,
    skipped,
    pieces: BigUint64Array.from(pieces),
    rest: BigInt(`0x${fingerprint.rest}`),
    unended: summation.unended,
    bad,
    skippedLines: skippedLines.pack(),
  };
}
