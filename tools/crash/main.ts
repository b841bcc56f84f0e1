/**
 * Tries to make the program lose its place or its digits: kills it at every system call, makes every call fail, cuts
 * the power, and checks that the next run goes on as if nothing had been.
 *
 *     deno task crash            all of it
 *     deno task crash --quick    a sample of each kind, in about a minute
 *
 * @module
 */
import type { Bench } from "./bench.ts";
import { mustRun } from "./command.ts";
import { failingCalls } from "./failing_calls.ts";
import { type FileSystem, findFileSystems } from "./file_systems.ts";
import { killPairs } from "./kill_pairs.ts";
import { killPoints } from "./kill_points.ts";
import { modelledPowerCuts } from "./modelled_power_cuts.ts";
import { runInNamespace, whyNoMounts } from "./namespace.ts";
import { type Options, readOptions } from "./options.ts";
import { plantMistakes } from "./planted_mistakes.ts";
import { realPowerCuts } from "./real_power_cuts.ts";
import { Report } from "./report.ts";
import { randomFrom, sample } from "./sample.ts";
import { bothStyles, withRejects } from "./scenario.ts";
import { copySourceTree } from "./source_tree.ts";
import { stopTimes } from "./stop_times.ts";

/** How many trials of each method a quick run makes. */
const QUICK = { kills: 48, pairs: 32, failures: 48, model: 32, cuts: 16 } as const;
/** How many the whole run must make at least. */
const LEAST = { kills: 600, pairs: 900, failures: 340, model: 50, cuts: 100 } as const;

if (import.meta.main) Deno.exit(await main(Deno.args));

/** Runs the methods that are asked for, and gives the exit code: 0 if nothing went wrong. */
async function main(args: readonly string[]): Promise<number> {
  const options = readOptions(args);
  const noMounts = await whyNoMounts();
  if (noMounts === undefined && !options.inNamespace) return await runInNamespace(args);
  const folder = await Deno.makeTempDir({ prefix: "numsum-crash-" });
  try {
    const workshop = { folder, tree: `${folder}/tree` };
    await copySourceTree(workshop.tree);
    const strace = (await mustRun(["strace", "--version"])).split("\n")[0];
    const report = new Report(`Deno ${Deno.version.deno}, ${strace}, seed ${options.seed}`);
    const disks = noMounts === undefined
      ? await findFileSystems(`${folder}/disks`)
      : { usable: [], missing: [`all (${noMounts})`] };
    if (disks.missing.length > 0) report.say(`no real power cuts of: ${disks.missing.join(", ")}`);
    await runMethods(options, { workshop, atOnce: options.jobs, choose: (all) => [...all] }, disks.usable, report);
    return report.end() ? 0 : 1;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function runMethods(options: Options, whole: Bench, disks: readonly FileSystem[], report: Report): Promise<void> {
  const { quick, seed, methods } = options;
  const random = randomFrom(seed);
  /** Runs a method on all that there is to try, or on a sample. */
  const run = async (name: keyof typeof QUICK, title: string, method: (bench: Bench) => Promise<TrialList>) => {
    if (!methods.includes(name)) return;
    let all = 0;
    const choose: Bench["choose"] = (items, kindOf) => {
      all += items.length;
      return quick ? sample(items, QUICK[name], random, kindOf) : [...items];
    };
    const began = performance.now();
    const trials = await method({ ...whole, choose });
    report.add(title, trials, { all, least: quick ? 1 : LEAST[name], milliseconds: performance.now() - began });
  };
  const few = bothStyles({ lines: 60, every: 200 });
  await run("kills", "killed before a system call", (bench) => {
    return killPoints(bench, [
      ...bothStyles({ lines: 240, every: 60 }),
      ...withRejects({ lines: 60, every: 100 }),
    ]);
  });
  await run(
    "pairs",
    "killed, and the recovery too",
    (bench) => killPairs(bench, bothStyles({ lines: 60, every: 250 })),
  );
  await run("failures", "a system call fails", (bench) => {
    return failingCalls(bench, [...few, ...withRejects({ lines: 40, every: 300 })]);
  });
  await run("model", "power cut by the model", (bench) => {
    return modelledPowerCuts(bench, [...few, ...withRejects({ lines: 60, every: 100 })]);
  });
  if (disks.length === 0) {
    report.say("power cuts of real file systems could not run here: the model took their place");
  } else {
    const names = disks.map(({ name }) => name).join(", ");
    await run("cuts", `power cut of ${names}`, (bench) => realPowerCuts(bench, few, disks));
  }
  if (methods.includes("stops")) report.addStops(await stopTimes(whole));
  if (!methods.includes("planted")) return;
  const one = few.slice(1);
  report.addCaught(await plantMistakes(whole, { scenarios: one, fileSystems: disks.slice(0, 2), quick }));
}

type TrialList = Awaited<ReturnType<typeof killPoints>>;
