// @ts-types="../../types/parse_args.d.ts"
import { parseArgs } from "@std/cli/parse-args";
import { type Option, type OptionName, OPTIONS } from "./options.ts";
import { splitArgs } from "./split_args.ts";
import { UsageError } from "./command.ts";

const options: readonly Option[] = OPTIONS;

/** What a command line holds, by the table of options. */
export interface Given {
  files: string[];
  /** The options that it has. */
  names: OptionName[];
  switch(name: OptionName): boolean;
  value(name: OptionName): string | undefined;
  value<T>(name: OptionName, parse: (text: string) => T): T | undefined;
  list(name: OptionName): string[];
}

/**
 * Takes a command line apart.
 *
 * @throws {UsageError} If it has an option that is not in the table, or a value that is missing or none of the choices.
 */
export async function readArgs(args: readonly string[]): Promise<Given> {
  const split = splitArgs(args, options);
  if (split.unknown !== undefined) throw new UsageError(await describeUnknown(split.unknown));
  const parsed = parseArgs(split.words, {
    string: ["_", ...options.filter(({ value }) => value).map(({ name }) => name)],
    boolean: options.filter(({ value }) => !value).map(({ name }) => name),
    collect: options.filter(({ isList }) => isList).map(({ name }) => name),
  });
  for (const { name, choices } of options) checkChoice(name, parsed[name], choices);
  return {
    files: parsed._,
    names: OPTIONS.map(({ name }) => name).filter((name) => isGiven(parsed[name])),
    switch: (name) => parsed[name] === true,
    value: <T>(name: OptionName, parse?: (text: string) => T) => {
      const text = parsed[name] as string | undefined;
      return text === undefined || !parse ? text as T : parse(text);
    },
    list: (name) => parsed[name] as string[] | undefined ?? [],
  };
}

/** A list that is not given is empty. */
function isGiven(value: unknown): boolean {
  return value !== undefined && value !== false && !(Array.isArray(value) && value.length === 0);
}

function checkChoice(name: string, given: unknown, choices: readonly string[] | undefined): void {
  if (given === undefined || !choices || choices.includes(String(given))) return;
  wrongValue(name, String(given), choices.map((choice) => `"${choice}"`).join(" or "));
}

/** Says that an option has a wrong value. */
export function wrongValue(name: OptionName | string, text: string, want: string): never {
  throw new UsageError(`--${name} wants ${want}, not "${text}"`);
}

async function describeUnknown(arg: string): Promise<string> {
  if (/^-[\d.]/.test(arg)) return `there is no option ${arg}; a file whose name begins with - is given as ./${arg}`;
  const flag = arg.replace(/=.*$/s, "");
  const { suggestOption } = await import("./suggest_option.ts");
  const meant = suggestOption(flag.replace(/^-+/, ""), options.map(({ name }) => name));
  return `there is no option ${flag}${meant === undefined ? "" : `; did you mean --${meant}?`}`;
}

/** Reads a whole number from `least` to `most`. */
export function parseWhole(name: OptionName, text: string, least: number, most: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  return wrongValue(name, text, `a whole number from ${least} to ${most}`);
}
