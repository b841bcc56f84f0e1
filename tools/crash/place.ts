import { mustRun } from "./command.ts";
import type { Scenario } from "./scenario.ts";

/** A folder where runs of a scenario happen, one after the other. */
export interface Place {
  scenario: Scenario;
  /** The program's source. */
  tree: string;
  /** The paths of the scenario's inputs. They are never written to. */
  inputs: readonly string[];
  /** Where the runs keep their checkpoint. */
  folder: string;
  /** Beginning of the paths of what the harness keeps of a run: not in the folder, which may be cut off. */
  notes: string;
}

/** Where the harness makes folders. */
export interface Workshop {
  folder: string;
  tree: string;
}

/** Makes the inputs of a scenario. */
export async function makeInputs({ folder }: Workshop, { name, inputs }: Scenario): Promise<string[]> {
  const home = `${folder}/inputs/${name.replaceAll(/\W+/g, "-")}`;
  await Deno.mkdir(home, { recursive: true });
  const paths: string[] = [];
  for (const [i, text] of inputs.entries()) {
    const path = `${home}/${i}.txt`;
    await Deno.writeTextFile(path, text);
    // the program trusts the times of a file only when they are not of just now, and all runs should do the same
    await Deno.utime(path, new Date("2020-01-01"), new Date("2020-01-01"));
    paths.push(path);
  }
  return paths;
}

let places = 0;

/** Makes an empty folder for runs of a scenario. */
export async function makePlace(workshop: Workshop, scenario: Scenario, inputs: readonly string[]): Promise<Place> {
  const base = `${workshop.folder}/places/${++places}`;
  await Deno.mkdir(`${base}/run`, { recursive: true });
  return { scenario, tree: workshop.tree, inputs, folder: `${base}/run`, notes: `${base}/` };
}

/** Makes a second folder with the same files. */
export async function copyPlace(workshop: Workshop, place: Place): Promise<Place> {
  const copy = await makePlace(workshop, place.scenario, place.inputs);
  await mustRun(["cp", "-R", `${place.folder}/.`, copy.folder]);
  return copy;
}

/** Takes a folder away. */
export async function removePlace({ notes }: Place): Promise<void> {
  await Deno.remove(notes, { recursive: true });
}
