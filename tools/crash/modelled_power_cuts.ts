import { type Bench, inPlace, rehearse, type Rehearsed } from "./bench.ts";
import { inParallel } from "./in_parallel.ts";
import type { Place } from "./place.ts";
import { possibleRemains, type Remains } from "./possible_remains.ts";
import type { Scenario } from "./scenario.ts";
import { judgeNextRun, judgeRemains, newTrial, type Trial } from "./trial.ts";

/** Puts in place everything that a power cut may leave of a run, by a model of disks, and has the program go on. */
export async function modelledPowerCuts(bench: Bench, scenarios: readonly Scenario[]): Promise<Trial[]> {
  const jobs: { rehearsed: Rehearsed; remains: Remains }[] = [];
  for (const scenario of scenarios) {
    const rehearsed = await rehearse(bench, scenario);
    for (const remains of possibleRemains(rehearsed.calls, rehearsed.folder)) jobs.push({ rehearsed, remains });
  }
  const chosen = bench.choose(jobs, ({ rehearsed, remains }) => `${rehearsed.scenario.name} ${remains.after}`);
  return await inParallel(
    chosen,
    bench.atOnce,
    ({ rehearsed, remains }) => inPlace(bench, rehearsed, (place) => goOn(place, remains)),
  );
}

async function goOn(place: Place, { files, acknowledged, after }: Remains): Promise<Trial> {
  const left = [...files].map(([name, bytes]) => `${name} of ${bytes.length} bytes`).join(", ") || "nothing";
  const trial = newTrial(`${place.scenario.name}: power cut after ${after}, which leaves ${left}`);
  for (const [name, bytes] of files) await Deno.writeFile(`${place.folder}/${name}`, bytes);
  await judgeRemains(trial, place, acknowledged);
  await judgeNextRun(trial, place);
  return trial;
}
