import type { SumRun } from "../lib/cli/drive.ts";
import { numberStream } from "../lib/drivers/number_stream.ts";
import type { NumberStreamOptions } from "../lib/drivers/number_stream_options.ts";
import { numberStreamSync } from "../lib/drivers/number_stream_sync.ts";
import { loadExtras } from "../lib/drivers/extras.ts";
import { sumFile } from "../lib/drivers/sum_file.ts";
import { sumFileSync } from "../lib/drivers/sum_file_sync.ts";
import type { Progress, SumOptions, SumResult } from "../lib/drivers/sum_options.ts";
import type { NumberAt } from "../lib/pure/split_numbers.ts";

/** One of the twins. */
export interface Style {
  name: string;
  /** What the program is told for it. */
  args: readonly string[];
  sum(path: string, options?: SumOptions): SumRun;
  numbers(
    path: string,
    offset?: number,
    options?: NumberStreamOptions,
  ): AsyncGenerator<NumberAt, void> | Generator<NumberAt, void>;
}

const extras = await loadExtras({ column: 1, range: { from: 0, to: 0 } });
const sumPlain: Style["sum"] = (path, options) => sumFileSync(path, options, extras);

export const COROUTINES: Style = { name: "coroutines", args: [], sum: sumFile, numbers: numberStream };
export const PLAIN: Style = { name: "plain generators", args: ["--sync"], sum: sumPlain, numbers: numberStreamSync };

/** Every case of a test goes through both. */
export const STYLES: readonly Style[] = [COROUTINES, PLAIN];

/** Each style, and the one that goes on where it stopped: itself, or the other. */
export const STYLE_PAIRS: readonly (readonly [Style, Style])[] = STYLES.flatMap((first) =>
  STYLES.map((second) => [first, second] as const)
);

/** Runs to the end. */
export async function finish(run: SumRun): Promise<SumResult> {
  for (;;) {
    const step = await run.next();
    if (step.done) return step.value;
  }
}

/** Takes what a run yields until `isEnough`, and leaves the loop there; says whether the run was left. */
export async function leave(run: SumRun, isEnough: (progress: Progress) => boolean): Promise<boolean> {
  for await (const progress of run) if (isEnough(progress)) return true;
  return false;
}

/** Everything that a run yields. */
export async function everyStep(run: SumRun): Promise<Progress[]> {
  const steps: Progress[] = [];
  for await (const progress of run) steps.push(progress);
  return steps;
}
