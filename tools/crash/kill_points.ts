import { killsOf } from "./aim.ts";
import { acknowledgedProgress } from "./acknowledged.ts";
import { type Bench, inPlace, rehearse, type Rehearsed } from "./bench.ts";
import { inParallel } from "./in_parallel.ts";
import type { Place } from "./place.ts";
import { runWatched } from "./run_program.ts";
import type { Scenario } from "./scenario.ts";
import { describeInjection, type Injection, SYSTEM_CALLS } from "./system_calls.ts";
import { judgeNextRun, judgeRemains, newTrial, type Trial } from "./trial.ts";

/** Kills the program before each of its system calls, and has it go on. */
export async function killPoints(bench: Bench, scenarios: readonly Scenario[]): Promise<Trial[]> {
  const jobs: { rehearsed: Rehearsed; kill: Injection }[] = [];
  for (const scenario of scenarios) {
    const rehearsed = await rehearse(bench, scenario);
    for (const kill of killsOf(rehearsed, Object.keys(SYSTEM_CALLS))) jobs.push({ rehearsed, kill });
  }
  const chosen = bench.choose(jobs, ({ rehearsed, kill }) => `${rehearsed.scenario.name} ${kill.call}`);
  return await inParallel(
    chosen,
    bench.atOnce,
    ({ rehearsed, kill }) => inPlace(bench, rehearsed, (place) => killOnce(place, kill)),
  );
}

async function killOnce(place: Place, kill: Injection): Promise<Trial> {
  const trial = newTrial(`${place.scenario.name}: ${describeInjection(kill)}`);
  const acknowledged = await killRun(trial, place, kill);
  await judgeRemains(trial, place, acknowledged);
  await judgeNextRun(trial, place);
  return trial;
}

/**
 * Kills a run.
 *
 * @returns The progress that it had acknowledged.
 */
export async function killRun(trial: Trial, place: Place, kill: Injection): Promise<number> {
  const { signal, timedOut, answer, calls, code, stderr } = await runWatched(place, kill);
  trial.reached = signal === "SIGKILL" && !timedOut;
  if (timedOut) trial.problems.push("it took too long");
  if (!trial.reached && code !== 0) trial.problems.push(`it was not killed, and ended with ${code}: ${stderr.trim()}`);
  if (answer !== "" && answer !== place.scenario.answer) trial.problems.push(`it printed ${JSON.stringify(answer)}`);
  return acknowledgedProgress(calls);
}
