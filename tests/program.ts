/**
 * Short forms for tests that run the real program many times.
 *
 * @module
 */
import * as programs from "./programs.ts";

export { endOf } from "./programs.ts";

/** Starts the program in a folder. */
export function startProgram(args: readonly string[], cwd: string): Deno.ChildProcess {
  return programs.startProgram("main.ts", args, { cwd });
}

/** Runs the program in a folder to its end. */
export async function runProgram(args: readonly string[], cwd: string): Promise<programs.Ended> {
  return await programs.runProgram("main.ts", args, { cwd });
}

/** Runs the program by way of a line of `sh`, where `"$@"` is the program with its arguments. */
export async function runInShell(line: string, args: readonly string[], cwd: string): Promise<programs.Ended> {
  return await programs.runProgram("main.ts", args, { cwd, through: ["sh", "-c", line, "sh"] });
}

/** Whether a command can be run here, and succeeds. */
export function succeeds([command = "", ...args]: readonly string[]): boolean {
  try {
    return new Deno.Command(command, { args, stdout: "null", stderr: "null" }).outputSync().success;
  } catch {
    return false;
  }
}
