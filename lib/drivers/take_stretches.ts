import { STRETCH_BYTES } from "../pure/choose_threads.ts";
import { BLOCK_BYTES } from "../pure/cut_blocks.ts";
import { FileError } from "../pure/errors.ts";
import { marksOf } from "../pure/line_options.ts";
import { unpackSkippedLines } from "../pure/skipped_lines.ts";
import { type Stretch, StretchMerger, type StretchResult } from "../pure/stretch.ts";
import type { Run } from "./run.ts";
import { StretchPool } from "./stretch_pool.ts";
import type { Progress } from "./sum_options.ts";

/**
 * Gives a run the rest of its input in stretches, summed by several threads and joined in the file's order. It yields
 * how far the run is at the start and after each.
 *
 * @throws {BadLineError} At the first bad line of the file that is not to be passed over; the state before it is saved.
 * @throws {FileError} If lines do not join, since the file is being changed.
 */
export async function* takeStretches(run: Run, threads: number): AsyncGenerator<Progress, void> {
  const { path } = run.input;
  const marks = marksOf(run.options);
  let merger!: StretchMerger;
  run.beginWith((start) => merger = new StretchMerger(start, path));
  yield run.progress;
  const join = (stretch: Stretch, result: StretchResult) => {
    if (!merger.joins(result)) throw new FileError(`read ${path}`, path, new Error("it is being changed"));
    for (const { line, offset, bytes } of unpackSkippedLines(result.skippedLines)) {
      run.onSkip?.({ file: path, line: merger.lines + line, offset: result.start + offset, bytes, marks });
    }
    merger.add(stretch, result);
  };
  const options = { marks, skip: run.options.onSkip !== undefined, blockBytes: BLOCK_BYTES };
  using pool = new StretchPool(path, run.input.hints(), options, threads);
  const underWay: { stretch: Stretch; result: Promise<StretchResult> }[] = [];
  const stretches = cutStretches(run.progress.offset, run.input.size!);
  for (;;) {
    while (underWay.length < pool.capacity) {
      const { value: stretch, done } = stretches.next();
      if (done) break;
      underWay.push({ stretch, result: pool.sum(stretch) });
    }
    const first = underWay.shift();
    if (!first) return;
    const { stretch } = first;
    const result = await first.result;
    run.takeWith(result.end - result.start, () => join(stretch, result));
    yield run.progress;
  }
}

/** Cuts what follows `offset`, where a line starts, at multiples of {@linkcode STRETCH_BYTES}. */
function* cutStretches(offset: number, size: number): Generator<Stretch, void> {
  for (let from = offset; from < size;) {
    const end = (Math.floor(from / STRETCH_BYTES) + 1) * STRETCH_BYTES;
    yield { from, to: end < size ? end : Infinity, least: Math.min(end, size), isLineStart: from === offset };
    from = end;
  }
}
