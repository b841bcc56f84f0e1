import { UsageError } from "./command.ts";

/** What is to be known of an option to find its value. */
export interface OptionForm {
  /** Without its two dashes. */
  name: string;
  /** One letter, without its dash. */
  short?: string;
  /** What its value is called; an option without one is a switch. */
  value?: string;
}

/** The word that is no option though it looks like one, if there is any, or else all words. */
export type SplitArgs = { unknown: string } | { unknown?: undefined; words: string[] };

/**
 * Spells a command line out: each option as `--name` or `--name=value`, and then, behind `--`, what is no option.
 * `parseArgs` of `@std/cli`, left to itself, takes a file named `true` for the value of the switch before it.
 *
 * @throws {UsageError} If a switch is given a value (`--json=no` must not be taken for `--json`), or if a value is
 * missing.
 */
export function splitArgs(args: readonly string[], options: readonly OptionForm[]): SplitArgs {
  const end = args.includes("--") ? args.indexOf("--") : args.length;
  const words: string[] = [];
  const others = args.slice(end + 1);
  const before: string[] = [];
  for (let i = 0; i < end; i++) {
    const arg = args[i]!;
    if (arg === "-" || !arg.startsWith("-")) {
      before.push(arg);
      continue;
    }
    const found = optionsOf(arg, options);
    if (!found) return { unknown: arg };
    const [{ name, value: wanted }] = found;
    const [, given] = /=(.*)/s.exec(arg) ?? [];
    if (wanted === undefined) {
      if (given !== undefined) {
        throw new UsageError(`--${name} takes no value, and is given "${given}"; to do without it, leave it out`);
      }
      words.push(...found.map(({ name }) => `--${name}`));
      continue;
    }
    const value = given ?? (i + 1 < end && isValue(args[i + 1]!) ? args[++i] : "");
    if (value === "") {
      const hint = args[i + 1]?.startsWith("-") ? `; one that begins with - is given as --${name}=${args[i + 1]}` : "";
      throw new UsageError(`--${name} needs a value: --${name} ${wanted}${hint}`);
    }
    words.push(`--${name}=${value}`);
  }
  return { words: [...words, "--", ...before, ...others] };
}

/** The option that a word names, or the switches that it names by their letters; nothing if one of them is none. */
function optionsOf(arg: string, options: readonly OptionForm[]): [OptionForm, ...OptionForm[]] | undefined {
  const [, name] = /^--([^=]+)/.exec(arg) ?? [];
  const found = name === undefined
    ? [...arg.slice(1)].map((letter) => options.find(({ short }) => short === letter))
    : [options.find((option) => option.name === name)];
  return found.every((option) => option !== undefined) ? found as [OptionForm, ...OptionForm[]] : undefined;
}

/** Whether a word after an option is its value. No option begins with a digit. */
function isValue(word: string): boolean {
  return !word.startsWith("-") || /^-[\d.]/.test(word);
}
