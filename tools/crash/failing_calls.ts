import { aimsOf } from "./aim.ts";
import { lookInto } from "./checkpoint_on_disk.ts";
import { type Bench, inPlace, rehearse, type Rehearsed } from "./bench.ts";
import { inParallel } from "./in_parallel.ts";
import type { Place } from "./place.ts";
import { type ProgramRun, runWatched } from "./run_program.ts";
import type { Scenario } from "./scenario.ts";
import { describeInjection, type Injection, SYSTEM_CALLS } from "./system_calls.ts";
import { countLateSegfault, judgeNextRun, newTrial, type Trial } from "./trial.ts";

/** The time limit where the runtime itself may call again for ever, in seconds. */
const LOOP_LIMIT = 3;

/** Makes each system call fail with each error that it may meet, once and from then on. */
export async function failingCalls(bench: Bench, scenarios: readonly Scenario[]): Promise<Trial[]> {
  const jobs: { rehearsed: Rehearsed; failure: Injection }[] = [];
  for (const scenario of scenarios) {
    const rehearsed = await rehearse(bench, scenario);
    for (const failure of failuresOf(rehearsed)) jobs.push({ rehearsed, failure });
  }
  const chosen = bench.choose(jobs, ({ failure }) => `${failure.call} ${failure.fault} ${failure.lasting}`);
  return await inParallel(
    chosen,
    bench.atOnce,
    ({ rehearsed, failure }) => inPlace(bench, rehearsed, (place) => failOnce(place, failure, rehearsed)),
  );
}

/** Every error at every call, once and lasting. */
function failuresOf(rehearsed: Rehearsed): Injection[] {
  return aimsOf(rehearsed).flatMap((aim) =>
    (SYSTEM_CALLS[aim.call] ?? []).flatMap((fault) => [false, true].map((lasting) => ({ ...aim, fault, lasting })))
  );
}

async function failOnce(place: Place, failure: Injection, { inputs }: Rehearsed): Promise<Trial> {
  const trial = newTrial(`${place.scenario.name}: ${describeInjection(failure)}`);
  const mayLoop = failure.fault === "EINTR" && failure.lasting;
  const run = await runWatched(place, failure, mayLoop ? LOOP_LIMIT : undefined);
  trial.reached = run.calls.some(({ injected }) => injected);
  if (run.timedOut && !mayLoop) trial.problems.push("it took too long");
  if (!run.timedOut && !countLateSegfault(trial, place, run)) await judgeFailure(trial, place, run, inputs);
  await judgeNextRun(trial, place);
  return trial;
}

/** An exact answer or none; a message if there is none; a warning if its state is not saved. */
async function judgeFailure(trial: Trial, place: Place, run: ProgramRun, inputs: readonly string[]): Promise<void> {
  const { code, answer, stderr } = run;
  const said = stderr.split("\n").filter((line) => line.startsWith("numsum: "));
  const warnings = said.filter((line) => line.includes("until a save succeeds"));
  const errors = said.filter((line) => !/until a save succeeds|: skipped|passed over|further bad lines/.test(line));
  const complain = (problem: string) => trial.problems.push(`${problem}: ended with ${code}, said ${stderr.trim()}`);
  if (code === 0 && answer !== place.scenario.answer) complain(`it printed ${JSON.stringify(answer)}`);
  if (code !== 0 && answer !== "") complain(`it failed, and printed ${JSON.stringify(answer)}`);
  if (errors.length !== (code === 0 ? 0 : 1)) complain("not one message for one failure");
  if (warnings.length > 2 * inputs.length || /panicked|\bat file:|mistake in numsum/.test(stderr)) {
    complain("not a clear message");
  }
  if (code !== 0 || warnings.length > 0) return;
  const { progress } = await lookInto(place.folder);
  const whole = await lengthOfLines(inputs);
  if (progress !== whole) complain(`it saved ${progress} of ${whole} bytes, and did not say so`);
}

/** Bytes of the inputs up to their last line feeds. */
async function lengthOfLines(inputs: readonly string[]): Promise<number> {
  const texts = await Promise.all(inputs.map((path) => Deno.readTextFile(path)));
  return texts.reduce((sum, text) => sum + text.lastIndexOf("\n") + 1, 0);
}
