import { acknowledgedProgress } from "./acknowledged.ts";
import { type Bench, rehearse, type Rehearsed } from "./bench.ts";
import { killsOf } from "./aim.ts";
import { mustRun } from "./command.ts";
import { type FileSystem, makeImage, mount, unmount } from "./file_systems.ts";
import { inParallel } from "./in_parallel.ts";
import type { Place } from "./place.ts";
import { runWatched } from "./run_program.ts";
import type { Scenario } from "./scenario.ts";
import { describeInjection, type Injection } from "./system_calls.ts";
import { judgeNextRun, judgeRemains, newTrial, type Trial } from "./trial.ts";

/** The calls that change what is on a disk. */
const CHANGES = ["openat", "write", "fsync", "fdatasync", "ftruncate", "rename", "unlink"];

/** A moment at which the power goes. */
interface PowerCut {
  rehearsed: Rehearsed;
  fileSystem: FileSystem;
  kill: Injection;
  /** Whether another program has something else synced just before, which makes a journal write down new names. */
  neighbour: boolean;
}

/**
 * Runs the program on file systems of their own, kills it before each of its system calls, copies the image while it
 * is mounted, which is what the disk would hold after a power cut, and has the program go on from the copy.
 */
export async function realPowerCuts(
  bench: Bench,
  scenarios: readonly Scenario[],
  fileSystems: readonly FileSystem[],
): Promise<Trial[]> {
  const home = `${bench.workshop.folder}/disks`;
  await Deno.mkdir(home, { recursive: true });
  const jobs: PowerCut[] = [];
  for (const scenario of scenarios) {
    const rehearsed = await rehearse(bench, scenario);
    for (const kill of killsOf(rehearsed, CHANGES)) {
      for (const fileSystem of fileSystems) {
        for (const neighbour of [false, true]) jobs.push({ rehearsed, fileSystem, kill, neighbour });
      }
    }
  }
  for (let worker = 0; worker < bench.atOnce; worker++) {
    // each worker has its own: file systems with one identity cannot be mounted at the same time
    await Deno.mkdir(`${home}/${worker}/mount`, { recursive: true });
    for (const fileSystem of fileSystems) {
      await makeImage(fileSystem, emptyImage(`${home}/${worker}`, fileSystem), `${home}/${worker}/mount`);
    }
  }
  const chosen = bench.choose(jobs, ({ fileSystem, kill }) => `${fileSystem.name} ${kill.call}`);
  return await inParallel(chosen, bench.atOnce, (job, worker) => cutOnce(bench, job, `${home}/${worker}`));
}

async function cutOnce({ workshop }: Bench, job: PowerCut, base: string): Promise<Trial> {
  const { rehearsed: { scenario, inputs }, fileSystem, kill, neighbour } = job;
  const when = `${describeInjection(kill)}${neighbour ? ", then something else synced" : ""}`;
  const trial = newTrial(`${fileSystem.name}, ${scenario.name}: power cut when ${when}`);
  const place: Place = { scenario, inputs, tree: workshop.tree, folder: `${base}/mount/run`, notes: `${base}/` };
  const [live, copy] = [`${base}/live`, `${base}/copy`];
  await mustRun(["cp", "--sparse=always", emptyImage(base, fileSystem), live]);
  await mount(fileSystem, live, `${base}/mount`);
  let acknowledged = -1;
  try {
    const { signal, calls } = await runWatched(place, kill);
    trial.reached = signal === "SIGKILL";
    acknowledged = acknowledgedProgress(calls);
    if (neighbour) await syncSomethingElse(`${base}/mount/neighbour`);
    await mustRun(["cp", "--sparse=always", live, copy]);
  } finally {
    await unmount(`${base}/mount`);
  }
  await mount(fileSystem, copy, `${base}/mount`);
  try {
    await judgeRemains(trial, place, acknowledged);
    await judgeNextRun(trial, place);
  } finally {
    await unmount(`${base}/mount`);
  }
  return trial;
}

function emptyImage(base: string, { name }: FileSystem): string {
  return `${base}/${name}.image`;
}

async function syncSomethingElse(path: string): Promise<void> {
  using file = await Deno.open(path, { write: true, create: true });
  await file.write(new Uint8Array(1));
  await file.sync();
}
