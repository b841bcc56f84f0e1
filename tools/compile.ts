/**
 * Makes the executable `numsum`: `deno task compile [--output PATH] [--target TARGET] [--kind KIND]`.
 *
 * With `deno compile` if its runtime can be downloaded or is named by DENORT_BIN, else as a self-extracting
 * executable with the Deno that runs this.
 *
 * @module
 */
// @ts-types="../types/parse_args.d.ts"
import { parseArgs } from "@std/cli/parse-args";
import { BuildError } from "./compile/build_error.ts";
import { KINDS, makeExecutable, type MakeOptions } from "./compile/make_executable.ts";
import { HERE, TARGETS } from "./compile/program.ts";

try {
  const { kind, path, bytes, reason } = await makeExecutable(readOptions(Deno.args));
  if (reason !== undefined) console.error(`compile: ${reason}; so it is made self-extracting`);
  console.error(`compile: made ${path}, ${kind}, ${(bytes / 1e6).toFixed(1)} MB`);
} catch (error) {
  if (!(error instanceof BuildError)) throw error;
  console.error(`compile: ${error.message}.`);
  Deno.exit(1);
}

function readOptions(args: readonly string[]): MakeOptions {
  const names = ["output", "target", "kind"];
  const unknown: string[] = [];
  const given = parseArgs(args, { string: names, unknown: (arg) => unknown.push(arg) < 0 });
  const oneOf = <T extends string>(name: string, choices: readonly T[], otherwise: string): T => {
    const value = given[name] ?? otherwise;
    const choice = choices.find((choice) => choice === value);
    if (choice === undefined) throw new BuildError(`--${name} wants one of ${choices.join(" ")}, not "${value}"`);
    return choice;
  };
  if (unknown.length > 0) {
    throw new BuildError(
      `there is no option ${unknown[0]}; there are --output PATH, --target ${TARGETS.join("|")} and --kind ${
        KINDS.join("|")
      }`,
    );
  }
  return {
    output: String(given.output || "numsum"),
    target: oneOf("target", TARGETS, HERE),
    kind: oneOf("kind", KINDS, "auto"),
  };
}
