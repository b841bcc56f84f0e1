import { turnEventLoop } from "../disk/turn_event_loop.ts";
import type { Progress, SumResult } from "../drivers/sum_options.ts";
import type { SignalWatch } from "./signals.ts";

/** The longest that plain generators go without looking for a signal, in milliseconds. */
const TURN_MS = 10;

/** A run in either style. */
export type SumRun = AsyncGenerator<Progress, SumResult, void> | Generator<Progress, SumResult, void>;

/**
 * Runs a generator of either style to its end, or until a signal comes; then it saves, and there is no result.
 *
 * @param isStream Whether it reads something that may keep it waiting, and has no state to be saved.
 */
export async function drive(
  run: SumRun,
  signals: SignalWatch,
  isStream: boolean,
  onProgress: (progress: Progress) => void,
): Promise<SumResult | undefined> {
  const isSync = Symbol.iterator in run;
  let turned = performance.now();
  for (;;) {
    const step = isStream ? await Promise.race([run.next(), signals.arrived]) : await run.next();
    if (!step) return undefined;
    if (step.done) return step.value;
    onProgress(step.value);
    if (isSync && performance.now() - turned > TURN_MS) {
      await turnEventLoop();
      turned = performance.now();
    }
    if (signals.signal) {
      await run.return(undefined as never);
      return undefined;
    }
  }
}
