import { killPoints } from "./kill_points.ts";
import { modelledPowerCuts } from "./modelled_power_cuts.ts";
import { realPowerCuts } from "./real_power_cuts.ts";
import type { Bench } from "./bench.ts";
import type { FileSystem } from "./file_systems.ts";
import type { Scenario } from "./scenario.ts";
import { copySourceTree, type Mutation } from "./source_tree.ts";
import { isWrong, type Trial } from "./trial.ts";

/** A mistake, planted in a copy of the source, that the harness must find: a test of the test. */
interface PlantedMistake {
  name: string;
  mutation: Mutation;
}

const FILE = "lib/disk/write_atomic.ts";
const SYNC = "    uninterrupted(() => this.#file.syncSync());\n";
const RENAME = "    Deno.renameSync(this.#temp, this.#path);\n";
const SYNC_FOLDER = "    syncFolderSync(dirname(this.#path));\n";

const MISTAKES: readonly PlantedMistake[] = [
  { name: "the file is not synced", mutation: { file: FILE, replacements: [{ from: SYNC, to: "" }] } },
  {
    name: "the folder is not synced",
    mutation: { file: FILE, replacements: [{ from: SYNC_FOLDER, to: "" }] },
  },
  {
    name: "the checkpoint is written in place",
    mutation: {
      file: FILE,
      replacements: [
        { from: "this.#temp = temp;", to: "this.#temp = path;" },
        {
          from: "(temp, { write: true, createNew: true, mode })",
          to: "(path, { write: true, create: true, truncate: true })",
        },
      ],
    },
  },
  {
    name: "the rename comes before the sync",
    mutation: { file: FILE, replacements: [{ from: RENAME, to: "" }, { from: SYNC, to: RENAME + SYNC }] },
  },
];

/** Which methods found a planted mistake. */
export interface Caught {
  mistake: string;
  /** How many trials of each method went wrong. */
  by: { method: string; trials: number; wrong: number }[];
}

/** How mistakes are looked for. */
export interface PlantOptions {
  scenarios: readonly Scenario[];
  /** File systems that can be cut off here. */
  fileSystems: readonly FileSystem[];
  /** Use the model only, which is quick and finds them all. */
  quick: boolean;
}

/** Plants each mistake, and looks which methods find it. */
export async function plantMistakes(
  bench: Bench,
  { scenarios, fileSystems, quick }: PlantOptions,
): Promise<Caught[]> {
  const caught: Caught[] = [];
  for (const [i, { name, mutation }] of MISTAKES.entries()) {
    const folder = `${bench.workshop.folder}/mistake-${i}`;
    await copySourceTree(`${folder}/tree`, mutation);
    const planted: Bench = { ...bench, workshop: { folder, tree: `${folder}/tree` } };
    const by: Caught["by"] = [];
    const note = (method: string, trials: Trial[]) => {
      by.push({ method, trials: trials.length, wrong: trials.filter(isWrong).length });
    };
    note("model", await modelledPowerCuts({ ...planted, choose: (all) => [...all] }, scenarios));
    if (!quick) note("kill points", await killPoints(planted, scenarios));
    if (!quick && fileSystems.length > 0) note("power cuts", await realPowerCuts(planted, scenarios, fileSystems));
    caught.push({ mistake: name, by });
  }
  return caught;
}
