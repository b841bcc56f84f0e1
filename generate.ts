/**
 * Writes a file of random numbers, one a line, and prints their exact sum.
 *
 * @module
 */
import { GENERATE_HELP, type GenerateCommand, parseGenerateOptions } from "./lib/cli/generate_options.ts";
import { reportError } from "./lib/cli/report_error.ts";
import { UsageError } from "./lib/cli/command.ts";
import { dieOf, type SignalWatch, watchSignals } from "./lib/cli/signals.ts";
import { print, tell } from "./lib/cli/terminal.ts";
import { dirname, straight } from "./lib/disk/paths.ts";
import { turnEventLoop } from "./lib/disk/turn_event_loop.ts";
import { Draft } from "./lib/disk/write_atomic.ts";
import { FileError } from "./lib/pure/errors.ts";
import { ExactSum } from "./lib/pure/exact_sum.ts";
import { placePoint, randomLines } from "./lib/pure/random_lines.ts";

if (import.meta.main) await main(Deno.args);

/** Does what the command line says, and ends the process with the exit code that tells how it went. */
async function main(args: readonly string[]): Promise<void> {
  try {
    const command = parseGenerateOptions(args);
    if (command.kind === "help") return print(GENERATE_HELP);
    checkOverwrite(command);
    const signals = watchSignals();
    const sum = await write(command, signals);
    signals[Symbol.dispose]();
    if (sum === undefined) return await dieOf(signals.signal!);
    tell(`generate: wrote ${command.count} numbers to ${command.output} (--seed ${command.seed}); their sum:\n`);
    print(`${sum}\n`);
  } catch (error) {
    const { message, exitCode } = reportError(error, { checkpoint: undefined, skip: false, restart: false });
    tell(`generate: ${message.replace("numsum --help", "it with --help")}\n`);
    Deno.exit(exitCode);
  }
}

/** Refuses to overwrite a file that nobody said may be overwritten. */
function checkOverwrite({ output, force }: GenerateCommand): void {
  if (force || !isThere(output)) return;
  if (Deno.stdin.isTerminal() && confirm(`${output} exists. Overwrite it?`)) return;
  throw new UsageError(`${output} exists and was not overwritten; name another with --output, or say --force`);
}

/** Writes the file; gives the exact sum of its numbers, or nothing if a signal came and nothing was written. */
async function write(command: GenerateCommand, signals: SignalWatch): Promise<string | undefined> {
  const { output, decimals } = command;
  try {
    using draft = await openDraft(straight(output));
    const encoder = new TextEncoder();
    let units = 0n;
    for (const chunk of randomLines(command)) {
      draft.write(encoder.encode(chunk.text));
      units += chunk.units;
      await turnEventLoop();
      if (signals.signal) return undefined;
    }
    draft.commit();
    return ExactSum.from(placePoint(String(units), decimals)).toString();
  } catch (error) {
    throw new FileError(`write ${output}`, output, error);
  }
}

/** Opens a draft of the file, and makes its folder when that is missing. */
async function openDraft(path: string): Promise<Draft> {
  const temp = `${path}.${Deno.pid}.tmp`;
  try {
    return new Draft(path, { temp });
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    const { ensureDir } = await import("@std/fs/ensure-dir");
    await ensureDir(dirname(path));
    return new Draft(path, { temp });
  }
}

function isThere(path: string): boolean {
  try {
    Deno.lstatSync(straight(path));
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw new FileError(`look at ${path}`, path, error);
  }
}
