// @ts-types="../../types/parse_args.d.ts"
import { parseArgs } from "@std/cli/parse-args";
import { type Option, type OptionName, OPTIONS } from "./options.ts";
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
  const unknown: string[] = [];
  const parsed = parseArgs(args, {
    string: ["_", ...options.filter(({ value }) => value).map(({ name }) => name)],
    boolean: options.filter(({ value }) => !value).map(({ name }) => name),
    collect: options.filter(({ isList }) => isList).map(({ name }) => name),
    alias: Object.fromEntries(options.flatMap(({ name, short }) => short ? [[short, name]] : [])),
    unknown: (arg, key) => key === undefined || unknown.push(arg) < 0,
  });
  if (unknown[0] !== undefined) throw new UsageError(await describeUnknown(unknown[0]));
  const end = args.indexOf("--");
  args.slice(0, end < 0 ? args.length : end).forEach(checkSwitch);
  for (const { name, value, choices } of options) checkValue(name, parsed[name], value, choices);
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

function checkValue(name: string, given: unknown, value: string | undefined, choices: readonly string[] | undefined) {
  if (given === undefined || !value) return;
  if (given === "") throw new UsageError(`--${name} needs a value: --${name} ${value}`);
  if (choices && !choices.includes(String(given))) {
    wrongValue(name, String(given), choices.map((choice) => `"${choice}"`).join(" or "));
  }
}

/** Says that an option has a wrong value. */
export function wrongValue(name: OptionName | string, text: string, want: string): never {
  throw new UsageError(`--${name} wants ${want}, not "${text}"`);
}

/** A switch is on where it is named: `--json=no` must not be taken for `--json`. */
function checkSwitch(arg: string): void {
  const [, name, value] = /^--([^=]+)=(.*)$/s.exec(arg) ?? [];
  if (!options.some((option) => option.name === name && !option.value)) return;
  throw new UsageError(`--${name} takes no value, and is given "${value}"; to do without it, leave it out`);
}

async function describeUnknown(arg: string): Promise<string> {
  if (/^-[\d.]/.test(arg)) return `there is no option ${arg}; a value that begins with - is given with =, as --na=-1`;
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
