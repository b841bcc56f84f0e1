import { readBlocks } from "../disk/read_blocks.ts";
import { leaseBuffer } from "../kernel/kernel.ts";
import { STRETCH_BYTES } from "../pure/choose_threads.ts";
import { BLOCK_BYTES } from "../pure/cut_blocks.ts";
import { FileError, MovingInputError } from "../pure/errors.ts";
import { marksOf } from "../pure/line_options.ts";
import { unpackSkippedLines } from "../pure/skipped_lines.ts";
import { type Stretch, StretchMerger, type StretchResult } from "../pure/stretch.ts";
import type { Run } from "./run.ts";
import { StretchPool } from "./stretch_pool.ts";
import type { Progress } from "./sum_options.ts";
import { StretchSum } from "./sum_stretch.ts";

/** How many stretches another thread is given in advance, so that it never waits for the next. */
const AHEAD = 4;

/** A stretch that is being summed. */
interface UnderWay {
  stretch: Stretch;
  /** What it comes to. An error is met when it is the stretch's turn. */
  result: Promise<StretchResult>;
  isDone: boolean;
}

/**
 * Gives a run the rest of its input in stretches, summed by this thread and others and joined in the file's order. It
 * yields how far the run is at the start, after each, and while this thread is at work.
 *
 * This thread does not leave the work to the others, since it is there already, and they take some time to start. Where
 * they cannot, it does all of it.
 *
 * @throws {BadLineError} At the first bad line of the file that is not to be passed over; the state before it is saved.
 * @throws {FileError} If lines do not join, since the file is being changed.
 */
export async function* takeStretches(run: Run, threads: number): AsyncGenerator<Progress, void> {
  const { input } = run;
  const { path } = input;
  const marks = marksOf(run.options);
  let merger!: StretchMerger;
  run.beginWith((start) => merger = new StretchMerger(start, path));
  yield run.progress;
  const join = (stretch: Stretch, result: StretchResult) => {
    if (!merger.joins(result)) throw new FileError(`read ${path}`, path, new MovingInputError("it is being changed"));
    for (const { line, offset, bytes } of unpackSkippedLines(result.skippedLines)) {
      run.onSkip?.({ file: path, line: merger.lines + line, offset: result.start + offset, bytes, marks });
    }
    merger.add(stretch, result);
  };
  const options = { marks, skip: run.options.onSkip !== undefined, blockBytes: BLOCK_BYTES };
  const stretches = cutStretches(run.progress.offset, input.size!);
  const underWay: UnderWay[] = [];
  const add = (stretch: Stretch, result: Promise<StretchResult>): void => {
    const entry = { stretch, result, isDone: false };
    result.catch(() => {}).then(() => entry.isDone = true);
    underWay.push(entry);
  };
  const { bytes: spare, release } = leaseBuffer();
  try {
    using pool = new StretchPool(path, input.hints(), options, threads - 1);
    for (;;) {
      // towards the end fewer, so that all threads are done at the same time
      const ahead = () => Math.min(AHEAD, Math.ceil(stretches.length / threads / 2));
      const most = threads * AHEAD;
      while (underWay.length < most && pool.hasRoom(ahead())) {
        const stretch = stretches.shift()!;
        add(stretch, pool.sum(stretch));
      }
      const [first] = underWay;
      const own = first?.isDone || underWay.length >= most ? undefined : stretches.shift();
      if (own) {
        const result = Promise.withResolvers<StretchResult>();
        add(own, result.promise);
        try {
          const sum = new StretchSum(input, own, options, run.buffer, spare);
          for await (const block of readBlocks(input, sum.cutter)) {
            if (!sum.take(block)) break;
            pool.start(); // not before: V8 optimises meanwhile what all threads will use
            yield run.progress;
          }
          result.resolve(sum.finish());
        } catch (error) {
          result.reject(error);
        }
      } else if (first) {
        underWay.shift();
        const result = await first.result;
        run.takeWith(result.end - result.start, () => join(first.stretch, result));
        yield run.progress;
      } else {
        return;
      }
    }
  } finally {
    release();
  }
}

/** Cuts what follows `offset`, where a line starts, at multiples of {@linkcode STRETCH_BYTES}. */
function cutStretches(offset: number, size: number): Stretch[] {
  const stretches = [];
  for (let from = offset; from < size;) {
    const end = (Math.floor(from / STRETCH_BYTES) + 1) * STRETCH_BYTES;
    stretches.push({
      from,
      to: end < size ? end : Infinity,
      least: Math.min(end, size),
      isLineStart: from === offset,
    });
    from = end;
  }
  return stretches;
}
