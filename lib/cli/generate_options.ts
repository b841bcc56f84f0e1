// @ts-types="../../types/parse_args.d.ts"
import { parseArgs } from "@std/cli/parse-args";
import { UsageError } from "./command.ts";
import { type OptionForm, splitArgs } from "./split_args.ts";

/** What numbers are to be made, and where they go. */
export interface GenerateCommand {
  kind: "generate";
  count: number;
  /** The smallest and the largest number, in units of the last decimal place. */
  min: number;
  max: number;
  /** Decimal places. */
  decimals: number;
  /** From 0 to 2^32 - 1. */
  seed: number;
  output: string;
  force: boolean;
}

/** The text of `--help`. */
export const GENERATE_HELP = `Writes random numbers to a file, one a line, and prints their exact sum.

Examples:
  deno task generate                          a million integers in numbers.txt
  deno task generate --count 500 --decimals 2 --min 0 --max 99.99
  deno task generate --seed 7 --output data/seven.txt

Options:
  --count N     how many [1000000]
  --min N       the smallest number [-1000000]
  --max N       the largest number [1000000]
  --decimals N  decimal places, 0 to 15 [0]
  --seed N      0 to 4294967295: the same seed gives the same file [random]
  --output PATH where they go [numbers.txt]; its folder is made when missing
  --force       overwrite the file if it exists
  -h, --help    this text
`;

const VALUES = ["count", "min", "max", "decimals", "seed", "output"] as const;
const FORMS: OptionForm[] = [
  ...VALUES.map((name) => ({ name, value: name === "output" ? "PATH" : "N" })),
  { name: "force" },
  { name: "help", short: "h" },
];

/**
 * Reads the command line of `generate.ts`.
 *
 * @throws {UsageError} If it cannot be understood.
 */
export function parseGenerateOptions(args: readonly string[]): GenerateCommand | { kind: "help" } {
  const refuse = (reason: string): never => {
    throw new UsageError(reason);
  };
  const split = splitArgs(args, FORMS);
  if (split.unknown !== undefined) return refuse(`there is no option ${split.unknown}`);
  const given = parseArgs(split.words, { string: ["_", ...VALUES], boolean: ["force", "help"] });
  if (given._[0] !== undefined) {
    refuse(`nothing but options is wanted, not ${given._[0]}; the file is named by --output`);
  }
  if (given.help) return { kind: "help" };
  const value = (name: typeof VALUES[number]) => given[name] as string | undefined;
  const whole = (name: typeof VALUES[number], otherwise: number, most: number) => {
    const text = value(name);
    if (text === undefined) return otherwise;
    if (/^\d+$/.test(text) && Number(text) <= most) return Number(text);
    return refuse(`--${name} wants a whole number from 0 to ${most}, not "${text}"`);
  };
  const decimals = whole("decimals", 0, 15);
  const bound = (name: "min" | "max", otherwise: string) =>
    toUnits(value(name) ?? otherwise, decimals) ??
      refuse(
        `--${name} wants a number of at most ${decimals} decimal places and 2^52 steps from 0, not "${value(name)}"`,
      );
  const min = bound("min", "-1000000");
  const max = bound("max", "1000000");
  if (min > max) refuse(`--min ${value("min") ?? "-1000000"} is larger than --max ${value("max") ?? "1000000"}`);
  return {
    kind: "generate",
    count: whole("count", 1_000_000, Number.MAX_SAFE_INTEGER),
    min,
    max,
    decimals,
    seed: whole("seed", crypto.getRandomValues(new Uint32Array(1))[0]!, 2 ** 32 - 1),
    output: value("output") ?? "numbers.txt",
    force: given.force === true,
  };
}

/** A decimal number as a count of units of its last place, if it is one within 2^52 of 0. */
function toUnits(text: string, decimals: number): number | undefined {
  const [, sign, whole = "", fraction = ""] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  if (whole === "" || fraction.length > decimals) return undefined;
  const units = Number(whole + fraction.padEnd(decimals, "0")) * (sign === "-" ? -1 : 1);
  return Math.abs(units) <= 2 ** 52 ? units : undefined;
}
