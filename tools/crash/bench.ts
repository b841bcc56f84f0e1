import { makeInputs, makePlace, type Place, removePlace, type Workshop } from "./place.ts";
import type { Call } from "./read_trace.ts";
import { runWatched } from "./run_program.ts";
import type { Scenario } from "./scenario.ts";

/** What every method needs to do its trials. */
export interface Bench {
  workshop: Workshop;
  /** How many trials at once. */
  atOnce: number;
  /** Chooses what of all that could be tried is tried. */
  choose<T>(all: readonly T[], kindOf: (item: T) => string): T[];
}

/** A scenario with what its undisturbed run does. */
export interface Rehearsed {
  scenario: Scenario;
  inputs: readonly string[];
  calls: Call[];
  /** The folder that those calls name. */
  folder: string;
}

/** Runs a scenario undisturbed. */
export async function rehearse({ workshop }: Bench, scenario: Scenario): Promise<Rehearsed> {
  const inputs = await makeInputs(workshop, scenario);
  const place = await makePlace(workshop, scenario, inputs);
  const { code, answer, stderr, calls } = await runWatched(place);
  if (code !== 0 || answer !== scenario.answer) {
    throw new Error(`${scenario.name}: undisturbed, it ended with ${code} and ${JSON.stringify(answer)}: ${stderr}`);
  }
  await removePlace(place);
  return { scenario, inputs, calls, folder: place.folder };
}

/** Does something in an empty folder of a scenario, and takes it away. */
export async function inPlace<T>(
  { workshop }: Bench,
  { scenario, inputs }: Rehearsed,
  work: (place: Place) => Promise<T>,
): Promise<T> {
  const place = await makePlace(workshop, scenario, inputs);
  try {
    return await work(place);
  } finally {
    await removePlace(place);
  }
}
