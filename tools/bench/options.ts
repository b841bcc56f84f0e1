// @ts-types="../../types/parse_args.d.ts"
import { parseArgs } from "@std/cli/parse-args";
import { INPUT_NAMES } from "./inputs.ts";

/** What is compared. */
export interface Options {
  /** How often each program is run with each input. */
  rounds: number;
  /** Where the figures go too, as JSON. */
  json: string | undefined;
  /** The inputs' names. */
  inputs: readonly string[];
}

/**
 * Reads the comparison's command line.
 *
 * @throws {Error} If it asks for what there is not.
 */
export function readOptions(args: readonly string[]): Options {
  const { _: names, rounds: given = "9", json } = parseArgs(args, {
    string: ["rounds", "json", "_"],
    unknown: (arg, key) => {
      if (key !== undefined) throw new Error(`there is no option ${arg}; there are --rounds N and --json PATH`);
    },
  });
  const rounds = Number(given);
  if (!Number.isInteger(rounds) || rounds < 1) throw new Error(`--rounds wants a number from 1, not "${given}"`);
  if (json === "") throw new Error("--json wants a path");
  const wrong = names.find((name) => !INPUT_NAMES.includes(name));
  if (wrong !== undefined) throw new Error(`there is no input ${wrong}; there are ${INPUT_NAMES.join(" ")}`);
  return { rounds, json: json as string | undefined, inputs: names.length > 0 ? names : INPUT_NAMES };
}
