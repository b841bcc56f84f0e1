/**
 * The program `numsum`: adds up files of numbers, and continues where it was.
 *
 * @module
 */
import type { MergeCommand, Shell, SumCommand } from "./lib/cli/command.ts";
import { parseErrorFormat, parseOptions } from "./lib/cli/parse_options.ts";
import { dieOf } from "./lib/cli/signals.ts";
import { type Outcome, sumInputs } from "./lib/cli/sum_inputs.ts";
import { hasColors, OutputClosedError, print, tell } from "./lib/cli/terminal.ts";

if (import.meta.main) await main(Deno.args);

/** Does what the command line says, and ends the process with the exit code that tells how it went. */
async function main(args: readonly string[]): Promise<void> {
  const context = { checkpoint: undefined, skip: false, restart: false, ...parseErrorFormat(args) };
  try {
    const command = await parseOptions(args);
    if (command.kind === "help") return await printHelp();
    if (command.kind === "version") return await printVersion();
    if (command.kind === "man") return await printManPage();
    if (command.kind === "completions") return await printCompletions(command.shell);
    if (command.kind === "merge") return await showMerged(command);
    Object.assign(context, command);
    if (command.kind === "status") return await showStatus(command);
    const outcome = command.follow ? await follow(command) : await sumInputs(command);
    if (outcome.stoppedBy) return await dieOf(outcome.stoppedBy);
    print(outcome.answer);
    tell(outcome.summary);
    Deno.exit(0); // a millisecond faster than to fall asleep
  } catch (error) {
    if (error instanceof OutputClosedError) Deno.exit(141);
    const { reportError } = await import("./lib/cli/report_error.ts");
    const { formatError } = await import("./lib/cli/format_error.ts");
    const report = reportError(error, context);
    tell(formatError(report, { ...context, color: context.color && hasColors() }));
    Deno.exit(report.exitCode);
  }
}

/** Prints how the program is used. What is printed seldom is loaded only then, here as below. */
async function printHelp(): Promise<void> {
  const { helpText } = await import("./lib/cli/help.ts");
  print(helpText());
}

/** Prints which program this is. */
async function printVersion(): Promise<void> {
  const { versionText } = await import("./lib/cli/version.ts");
  print(versionText(await version()));
}

/** Prints the manual page. */
async function printManPage(): Promise<void> {
  const { manPage } = await import("./lib/cli/man_page.ts");
  print(manPage(await version()));
}

/** The program's version. */
async function version(): Promise<string> {
  const { default: config } = await import("./deno.json", { with: { type: "json" } });
  return config.version;
}

/** Prints what makes a shell complete the options. */
async function printCompletions(shell: Shell): Promise<void> {
  const { completionScript } = await import("./lib/cli/completions.ts");
  print(completionScript(shell));
}

/** Prints what partials come to. */
async function showMerged(command: MergeCommand): Promise<void> {
  const { mergePartials } = await import("./lib/cli/merge.ts");
  const { answer, summary } = await mergePartials(command);
  print(answer);
  tell(summary);
}

/** Prints a sum whenever something was appended, until a signal comes. */
async function follow(command: SumCommand): Promise<Outcome> {
  const { followInput } = await import("./lib/cli/follow_input.ts");
  return await followInput(command);
}

/** Prints what the checkpoint holds; the exit code says whether it would be accepted. */
async function showStatus(command: SumCommand): Promise<void> {
  const { describeStatus } = await import("./lib/cli/status.ts");
  const { text, accepted } = await describeStatus(command);
  print(text);
  if (!accepted) Deno.exit(3);
}
