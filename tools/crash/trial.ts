import { lookInto } from "./checkpoint_on_disk.ts";
import type { Place } from "./place.ts";
import { type ProgramRun, runProgram } from "./run_program.ts";
import { REJECTS } from "./scenario.ts";

/** One way to disturb the program, and what came of it. */
export interface Trial {
  /** The scenario and the disturbance, in words. */
  what: string;
  /** Whether the disturbance happened: strace counts by thread, and the run may be over before. */
  reached: boolean;
  /** What went wrong. */
  problems: string[];
  /** Acknowledged checkpoints that are gone. */
  lost: string[];
  /** Runs in it that died of SIGSEGV when all their work was done, which is the runtime's mistake and harms nothing. */
  lateSegfaults: number;
}

/** A trial of which nothing is known yet. */
export function newTrial(what: string): Trial {
  return { what, reached: true, problems: [], lost: [], lateSegfaults: 0 };
}

/** Whether something went wrong, which must never be. */
export function isWrong({ problems, lost }: Trial): boolean {
  return problems.length > 0 || lost.length > 0;
}

/** Checks what a run that was cut short left behind. */
export async function judgeRemains(trial: Trial, place: Place, acknowledged: number): Promise<void> {
  const { progress, temps } = await lookInto(place.folder);
  if (temps.length > 1) trial.problems.push(`left ${temps.join(", ")}`);
  if (progress === undefined) trial.problems.push("the checkpoint is damaged");
  else if (progress < acknowledged) trial.lost.push(`${acknowledged} bytes were acknowledged, ${progress} are there`);
}

/**
 * Runs the program once more, and checks that it comes to the answer and leaves everything in order. Where something
 * is wrong already it does nothing.
 */
export async function judgeNextRun(trial: Trial, place: Place): Promise<void> {
  if (isWrong(trial)) return;
  const run = await runProgram(place);
  if (countLateSegfault(trial, place, run)) return;
  const { code, answer, stderr } = run;
  const { scenario, folder } = place;
  if (code !== 0 || answer !== scenario.answer) {
    trial.problems.push(`the next run ended with ${code} and ${JSON.stringify(answer)}: ${stderr.trim()}`);
  }
  await judgeEnd(trial, place);
  if (scenario.rejects !== undefined && await Deno.readTextFile(`${folder}/${REJECTS}`) !== scenario.rejects) {
    trial.problems.push("the file of bad lines is not right");
  }
}

/** Whether the run died of SIGSEGV at its very end, with everything done; it is counted then. */
export function countLateSegfault(trial: Trial, { scenario }: Place, { signal, answer }: ProgramRun): boolean {
  if (signal !== "SIGSEGV" || answer !== scenario.answer) return false;
  trial.lateSegfaults++;
  return true;
}

async function judgeEnd(trial: Trial, { folder }: Place): Promise<void> {
  const { progress, temps } = await lookInto(folder);
  if (temps.length > 0) trial.problems.push(`the next run left ${temps.join(", ")}`);
  if (progress === undefined || progress < 0) trial.problems.push("the next run left no good checkpoint");
}
