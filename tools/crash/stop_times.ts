import { type Bench, inPlace, type Rehearsed } from "./bench.ts";
import { lookInto } from "./checkpoint_on_disk.ts";
import { makeInputs } from "./place.ts";
import { programWords } from "./run_program.ts";
import { bothStyles, type Scenario } from "./scenario.ts";

/** How often each style is stopped. */
const TIMES = 15;

/**
 * Stops long runs with a signal, and measures how long it takes until the state is saved and the process is gone.
 *
 * @returns The times in milliseconds, in order of length.
 */
export async function stopTimes(bench: Bench): Promise<number[]> {
  const times: number[] = [];
  for (const { name, flags, inputs, answer } of bothStyles({ lines: 300_000, every: 100 })) {
    const scenario: Scenario = { name: `long ${name}`, flags, inputs, answer };
    const paths = await makeInputs(bench.workshop, scenario);
    for (let i = 0; i < TIMES; i++) {
      times.push(await stopOnce(bench, { scenario, inputs: paths, calls: [], folder: "" }));
    }
  }
  return times.sort((a, b) => a - b);
}

async function stopOnce(bench: Bench, rehearsed: Rehearsed): Promise<number> {
  return await inPlace(bench, rehearsed, async (place) => {
    const run = new Deno.Command("sh", {
      args: ["-c", 'exec "$@"', "sh", ...programWords(place)],
      cwd: place.folder,
      stdout: "null",
      stderr: "null",
    }).spawn();
    let isOver = false;
    run.status.then(() => isOver = true);
    while (!isOver && ((await lookInto(place.folder)).progress ?? 0) < 1000) {
      await new Promise((done) => setTimeout(done, 5));
    }
    if (isOver) throw new Error("a long run ended before it could be stopped");
    const began = performance.now();
    run.kill("SIGTERM");
    const { code } = await run.status;
    const took = performance.now() - began;
    if (code !== 143) throw new Error(`a run that was stopped by SIGTERM ended with ${code}`);
    return took;
  });
}
