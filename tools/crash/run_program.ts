import { shell } from "./command.ts";
import type { Place } from "./place.ts";
import { type Call, readTrace } from "./read_trace.ts";
import { REJECTS } from "./scenario.ts";
import { type Injection, SYSTEM_CALLS, toStrace } from "./system_calls.ts";

/** How a run of the program ended. */
export interface ProgramRun {
  /** 128 and the signal's number if it died of one. */
  code: number;
  signal: Deno.Signal | null;
  /** Whether the harness ended it because it took too long. */
  timedOut: boolean;
  /** What is on standard output. */
  answer: string;
  stderr: string;
  /** What it asked of the system, where it was watched. */
  calls: Call[];
}

/** The longest that a run may take, in seconds; one takes a tenth of a second. */
const TIME_LIMIT = 20;

/** Runs the program on a scenario, unwatched. */
export async function runProgram(place: Place): Promise<ProgramRun> {
  return await run(place, [], TIME_LIMIT);
}

/**
 * Runs the program under strace, which writes down what it asks of the system for the files that matter, and makes
 * it meet an injection.
 *
 * @param timeLimit In seconds.
 */
export async function runWatched(place: Place, injection?: Injection, timeLimit = TIME_LIMIT): Promise<ProgramRun> {
  const log = `${place.notes}calls`;
  const words = ["strace", "-f", "-qq", "-xx", "-s", "65536", "-o", log];
  words.push("-e", `trace=${Object.keys(SYSTEM_CALLS).join(",")}`);
  if (injection) words.push("-e", `inject=${toStrace(injection)}`);
  for (const path of injection?.path === undefined ? pathsToWatch(place) : [injection.path]) words.push("-P", path);
  const ended = await run(place, words, timeLimit);
  return { ...ended, calls: readTrace(await Deno.readTextFile(log)) };
}

/** The words that run the program on a scenario. */
export function programWords({ tree, scenario, inputs }: Omit<Place, "folder" | "notes">): string[] {
  const permissions = ["--allow-read", "--allow-write", "--allow-env=TERM"];
  const main = `${tree}/main.ts`;
  return [Deno.execPath(), "run", "--cached-only", ...permissions, main, ...scenario.flags, ...inputs];
}

async function run(place: Place, before: readonly string[], timeLimit: number): Promise<ProgramRun> {
  const out = answerPath(place);
  // timeout kills the whole group: strace by itself would leave the program running
  const words = ["timeout", "-s", "KILL", String(timeLimit), ...before, ...programWords(place)];
  const began = performance.now();
  const { code, signal, stderr } = await shell('out=$1; shift; exec "$@" >"$out"', [out, ...words], place.folder);
  const timedOut = performance.now() - began >= timeLimit * 1000;
  return { code, signal, timedOut, answer: await Deno.readTextFile(out), stderr, calls: [] };
}

function pathsToWatch(place: Place): string[] {
  const checkpoint = `${place.folder}/checkpoint.json`;
  const besides = [`${checkpoint}.tmp`, `${checkpoint}.lock`, `${place.folder}/${REJECTS}`];
  return [checkpoint, ...besides, place.folder, answerPath(place), ...place.inputs];
}

function answerPath({ notes }: Pick<Place, "notes">): string {
  return `${notes}answer`;
}
