import { killsOf } from "./aim.ts";
import { type Bench, rehearse, type Rehearsed } from "./bench.ts";
import { inParallel } from "./in_parallel.ts";
import { killRun } from "./kill_points.ts";
import { copyPlace, makePlace, type Place, removePlace } from "./place.ts";
import { runWatched } from "./run_program.ts";
import type { Scenario } from "./scenario.ts";
import { describeInjection, type Injection } from "./system_calls.ts";
import { judgeNextRun, judgeRemains, newTrial, type Trial } from "./trial.ts";

/** The calls that are killed before: with the others, which only look, there would be twice as many pairs. */
const MARKED = ["openat", "read", "write", "fsync", "fdatasync", "rename", "flock", "unlink", "close"];

/** A kill of the run that recovers from a first kill. */
interface Pair {
  rehearsed: Rehearsed;
  first: Injection;
  second: Injection;
  /** As the first kill left it. */
  remains: Place;
  acknowledged: number;
}

/** Kills the program before each of its system calls, then the recovery before each of its own, and has it go on. */
export async function killPairs(bench: Bench, scenarios: readonly Scenario[]): Promise<Trial[]> {
  const pairs: Pair[] = [];
  for (const scenario of scenarios) {
    const rehearsed = await rehearse(bench, scenario);
    const found = await inParallel(
      killsOf(rehearsed, MARKED),
      bench.atOnce,
      (first) => pairsOf(bench, rehearsed, first),
    );
    pairs.push(...found.flat());
  }
  const chosen = bench.choose(
    pairs,
    ({ rehearsed, first, second }) => `${rehearsed.scenario.name} ${first.call} ${second.call}`,
  );
  return await inParallel(chosen, bench.atOnce, (pair) => tryPair(bench, pair));
}

/** Kills once, and looks which calls the recovery makes. */
async function pairsOf(bench: Bench, rehearsed: Rehearsed, first: Injection): Promise<Pair[]> {
  const remains = await makePlace(bench.workshop, rehearsed.scenario, rehearsed.inputs);
  const trial = newTrial("");
  const acknowledged = await killRun(trial, remains, first);
  if (!trial.reached) return [];
  const trialPlace = await copyPlace(bench.workshop, remains);
  const { calls } = await runWatched(trialPlace);
  await removePlace(trialPlace);
  return killsOf({ calls, inputs: rehearsed.inputs }, MARKED).map((second) => ({
    rehearsed,
    first,
    second,
    remains,
    acknowledged,
  }));
}

async function tryPair(bench: Bench, { rehearsed, first, second, remains, acknowledged }: Pair): Promise<Trial> {
  const what = `${rehearsed.scenario.name}: ${describeInjection(first)}, the next ${describeInjection(second)}`;
  const trial = newTrial(what);
  const place = await copyPlace(bench.workshop, remains);
  try {
    const later = await killRun(trial, place, second);
    await judgeRemains(trial, place, Math.max(acknowledged, later));
    await judgeNextRun(trial, place);
    return trial;
  } finally {
    await removePlace(place);
  }
}
