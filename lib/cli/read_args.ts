import { type Option, type OptionName, OPTIONS } from "./options.ts";
import { splitArgs } from "./split_args.ts";
import { UsageError } from "./command.ts";

const forms: readonly Option[] = OPTIONS;

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
  const split = splitArgs(args, forms);
  if (split.unknown !== undefined) throw new UsageError(await describeUnknown(split.unknown));
  const { options, files } = readWords(split.words);
  for (const { name, choices } of forms) options.get(name)?.forEach((value) => checkChoice(name, value, choices));
  return {
    files,
    names: OPTIONS.map(({ name }) => name).filter((name) => options.has(name)),
    switch: (name) => options.has(name),
    value: <T>(name: OptionName, parse?: (text: string) => T) => {
      const text = options.get(name)?.at(-1);
      return text === undefined || !parse ? text as T : parse(text);
    },
    list: (name) => options.get(name) ?? [],
  };
}

/**
 * Reads what {@linkcode splitArgs} has spelled out; a switch has no values. `parseArgs` of `@std/cli` would do, and
 * take 5 ms of each start.
 */
function readWords(words: readonly string[]): { options: Map<string, string[]>; files: string[] } {
  const end = words.indexOf("--");
  const options = new Map<string, string[]>();
  for (const word of words.slice(0, end)) {
    const [, name = "", value] = /^--([^=]+)(?:=(.*))?$/s.exec(word) ?? [];
    options.set(name, [...options.get(name) ?? [], ...value === undefined ? [] : [value]]);
  }
  return { options, files: words.slice(end + 1) };
}

function checkChoice(name: string, given: string, choices: readonly string[] | undefined): void {
  if (!choices || choices.includes(given)) return;
  wrongValue(name, given, choices.map((choice) => `"${choice}"`).join(" or "));
}

/** Says that an option has a wrong value. */
export function wrongValue(name: OptionName | string, text: string, want: string): never {
  throw new UsageError(`--${name} wants ${want}, not "${text}"`);
}

async function describeUnknown(arg: string): Promise<string> {
  // a number, or a name with an extension
  if (/^-(\d|[^-=]*\.)/.test(arg)) {
    return `there is no option ${arg}; a file whose name begins with - is given as ./${arg}`;
  }
  const flag = arg.replace(/=.*$/s, "");
  const meant = await suggest(flag.replace(/^-+/, ""));
  return `there is no option ${flag}${meant === undefined ? "" : `; did you mean --${meant}?`}`;
}

/** The option that was most likely meant; none where what finds it cannot be fetched, which is no reason to fail. */
async function suggest(name: string): Promise<string | undefined> {
  try {
    const { suggestOption } = await import("./suggest_option.ts");
    return suggestOption(name, forms.map(({ name }) => name));
  } catch {
    return undefined;
  }
}

/** Reads a whole number from `least` to `most`. */
export function parseWhole(name: OptionName, text: string, least: number, most: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  return wrongValue(name, text, `a whole number from ${least} to ${most}`);
}
