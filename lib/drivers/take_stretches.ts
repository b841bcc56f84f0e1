import { STRETCH_BYTES } from "../pure/choose_threads.ts";
import { BLOCK_BYTES } from "../pure/cut_blocks.ts";
import { FileError } from "../pure/errors.ts";
import { marksOf } from "../pure/line_options.ts";
import { unpackSkippedLines } from "../pure/skipped_lines.ts";
import { type Stretch, StretchMerger, type StretchResult } from "../pure/stretch.ts";
import type { Run } from "./run.ts";
import { StretchPool } from "./stretch_pool.ts";
import type { Progress } from "./sum_options.ts";
import { sumStretchSync } from "./sum_stretch.ts";

/**
 * How many stretches another thread is given in advance, so that it never waits for the next; and how many others this
 * one sums at most while one of those is waited for.
 */
const AHEAD = 4;

/** A stretch that is being summed. */
interface UnderWay {
  stretch: Stretch;
  result: Promise<StretchResult>;
  isDone: boolean;
}

/**
 * Gives a run the rest of its input in stretches, summed by this thread and others and joined in the file's order. It
 * yields how far the run is at the start and after each.
 *
 * This thread does not leave the work to the others, since it is there already, and they take some time to start.
 *
 * @throws {BadLineError} At the first bad line of the file that is not to be passed over; the state before it is saved.
 * @throws {FileError} If lines do not join, since the file is being changed.
 */
export async function* takeStretches(run: Run, threads: number): AsyncGenerator<Progress, void> {
  const { input, buffer } = run;
  const { path } = input;
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
  const stretches = cutStretches(run.progress.offset, input.size!);
  let given = run.progress.offset;
  const left = () => (input.size! - given) / STRETCH_BYTES;
  const underWay: UnderWay[] = [];
  const give = (sum: (stretch: Stretch) => Promise<StretchResult>): UnderWay | undefined => {
    const { value: stretch, done } = stretches.next();
    if (done) return undefined;
    given = stretch.least;
    const entry = { stretch, result: sum(stretch), isDone: false };
    entry.result.then(() => entry.isDone = true, () => entry.isDone = true);
    underWay.push(entry);
    return entry;
  };
  using pool = new StretchPool(path, input.hints(), options, threads - 1);
  for (;;) {
    // towards the end fewer, so that all threads are done at the same time
    const ahead = () => Math.min(AHEAD, Math.ceil(left() / threads / 2));
    while (pool.hasRoom(ahead()) && give((stretch) => pool.sum(stretch)));
    const [first] = underWay;
    if (!first?.isDone && underWay.length < threads * AHEAD) {
      const own = give(async (stretch) => {
        await input.seek(stretch.from); // it is waited for, so that the event loop turns
        return sumStretchSync(input, stretch, buffer, options);
      });
      if (own) {
        await own.result;
        yield run.progress;
        continue;
      }
    }
    if (!first) return;
    underWay.shift();
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
