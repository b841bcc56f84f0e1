import config from "../deno.json" with { type: "json" };
import { lacks } from "./granted.ts";

const ROOT = new URL("../", import.meta.url);

/** What the tasks in `deno.json` give each program, the least permissions among it. */
const PROGRAMS = {
  "main.ts": flagsOf(config.tasks.sum.command),
  "generate.ts": flagsOf(config.tasks.generate.command),
} as const;

/** Of a command `deno run FLAGS SCRIPT`. */
function flagsOf(command: string): string[] {
  return command.split(" ").slice(2, -1);
}

/** How a program ended. */
export interface Ended {
  /** Its exit code; 128 and the signal's number if it died of one. */
  code: number;
  signal: Deno.Signal | null;
  stdout: string;
  stderr: string;
}

export interface StartOptions {
  /** The folder that it runs in. */
  cwd: string;
  /** A command that starts it, with its arguments. */
  through?: readonly string[];
}

/** Starts one of the programs, with its output piped. */
export function startProgram(
  script: keyof typeof PROGRAMS,
  args: readonly string[],
  { cwd, through = [] }: StartOptions,
  stdin: "null" | "piped" = "null",
): Deno.ChildProcess {
  const deno = [
    Deno.execPath(),
    "run",
    "--quiet",
    ...PROGRAMS[script],
    new URL(script, ROOT).href,
    ...args,
  ];
  const [command = "", ...rest] = [...through, ...deno];
  const env = { NO_COLOR: "1", DENO_NO_UPDATE_CHECK: "1" };
  return new Deno.Command(command, { args: rest, cwd, env, stdin, stdout: "piped", stderr: "piped" }).spawn();
}

/** Waits for a program's end. */
export async function endOf(program: Deno.ChildProcess): Promise<Ended> {
  const { code, signal, stdout, stderr } = await program.output();
  const [out = "", err = ""] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  return { code, signal, stdout: out, stderr: err };
}

/** Runs one of the programs to its end. */
export async function runProgram(
  script: keyof typeof PROGRAMS,
  args: readonly string[],
  options: StartOptions,
): Promise<Ended> {
  return await endOf(startProgram(script, args, options));
}

/** Runs one of the programs to its end, with a text on its standard input. */
export async function runWithInput(
  script: keyof typeof PROGRAMS,
  args: readonly string[],
  input: string,
  options: StartOptions,
): Promise<Ended> {
  const program = startProgram(script, args, options, "piped");
  const ended = endOf(program);
  const writer = program.stdin.getWriter();
  try {
    await writer.write(new TextEncoder().encode(input));
    await writer.close();
  } catch { /* a program that wants no more input closes it */ }
  return await ended;
}

/** Whether a command of the system is there, for tests that need it. */
export async function isThere(command: string): Promise<boolean> {
  if (lacks("run")) return false;
  try {
    await new Deno.Command(command, { args: ["--version"], stdin: "null", stdout: "null", stderr: "null" }).output();
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/** Sends SIGKILL to a program that may have ended by now. */
export function killIfAlive(program: Deno.ChildProcess): void {
  try {
    program.kill("SIGKILL");
  } catch { /* it has ended */ }
}
