// @ts-types="../../types/parse_args.d.ts"
import { parseArgs } from "@std/cli/parse-args";
import type { ColumnOptions } from "../pure/column_format.ts";
import type { NumberFormat } from "../pure/line_options.ts";
import type { Range } from "../pure/prefix_check.ts";
import type { SaveEvery } from "../pure/save_clock.ts";
import type { Shard } from "../pure/shard.ts";
import { whyNotParts } from "./check_parts.ts";
import { isStandardInput } from "../pure/standard_input.ts";
import { type Option, type OptionName, OPTIONS } from "./options.ts";
import { parseColumn } from "./parse_column.ts";
import { parseEvery } from "./parse_every.ts";
import { parseRange, parseShard } from "./parse_part.ts";

/** A command line that cannot be understood. */
export class UsageError extends Error {
  override name = "UsageError";
}

/** What a command line asks for. */
export type Command =
  | { kind: "help" }
  | { kind: "version" }
  | { kind: "man" }
  | { kind: "completions"; shell: Shell }
  | MergeCommand
  | SumCommand;

/** What is to be merged, and how. */
export interface MergeCommand {
  kind: "merge";
  /** Files of partials; `-` is standard input. */
  files: string[];
  /** How many lines there must be, if that is known. */
  expectLines: number | undefined;
  /** Decimal places to print, or `undefined` for all that there are. */
  round: number | undefined;
  json: boolean;
  quiet: boolean;
  color: boolean;
}

/** A shell that can be told how to complete the options. */
export type Shell = "bash" | "zsh" | "fish";

/** What is to be summed, and how. */
export interface SumCommand extends NumberFormat, ColumnOptions {
  kind: "sum" | "status";
  /** At least one; `-` is standard input. */
  files: string[];
  /** `undefined` for none. */
  checkpoint: string | undefined;
  /** Whether the checkpoint was named, and so must be used. */
  checkpointNamed: boolean;
  restart: boolean;
  /** Whether an input that is no longer what was summed is begun anew, in place of being refused. */
  restartRotated: boolean;
  /** Whether to wait for what is appended, until a signal. */
  follow: boolean;
  verify: boolean;
  every: SaveEvery | undefined;
  sync: boolean;
  /** At most so many threads, or `undefined` to choose by the file's size. */
  workers: number | undefined;
  /** The part of the file that is summed, if not all. */
  range: Range | Shard | undefined;
  /** Whether to print what it comes to for a merge. */
  partial: boolean;
  skip: boolean;
  rejects: string | undefined;
  /** Decimal places to print, or `undefined` for all that there are. */
  round: number | undefined;
  /** Whether each input has its own line before the total. */
  each: boolean;
  /** Whether to keep and print more than the sum. */
  stats: boolean;
  histogram: boolean;
  ascii: boolean;
  json: boolean;
  quiet: boolean;
  progress: "auto" | "always" | "never";
  color: boolean;
}

/** What is summed unless something is named. */
export const DEFAULT_FILE = "numbers.txt";
/** The most decimal places that can be asked for. */
const MAX_PLACES = 1_000_000;
/** The most threads that can be asked for. */
const MAX_WORKERS = 256;

const options: readonly Option[] = OPTIONS;

/**
 * Reads a command line.
 *
 * @throws {UsageError} If it has an unknown option, a missing or impossible value, or options that do not go together.
 */
export async function parseOptions(args: readonly string[]): Promise<Command> {
  const given = await readArgs(args);
  if (given.switch("help")) return { kind: "help" };
  if (given.switch("version")) return { kind: "version" };
  if (given.switch("man")) return { kind: "man" };
  const shell = given.value("completions") as Shell | undefined;
  if (shell !== undefined) return { kind: "completions", shell };
  const whyNot = whyNotParts({
    names: given.names,
    files: given.files.length,
    hasStandardInput: given.files.some(isStandardInput),
    workers: Number(given.value("workers") ?? 1),
  });
  if (whyNot !== undefined) throw new UsageError(whyNot);
  if (given.switch("merge")) return parseMerge(given);
  const column = parseColumn({
    names: given.names,
    column: given.value("column"),
    delimiter: given.value("delimiter"),
    na: given.list("na"),
  });
  if ("whyNot" in column) throw new UsageError(column.whyNot);
  const range = parsePart(given);
  const checkpoint = given.value("checkpoint");
  const command: SumCommand = {
    kind: given.switch("status") ? "status" : "sum",
    files: given.files.length === 0 ? [DEFAULT_FILE] : given.files,
    checkpoint: given.switch("no-checkpoint")
      ? undefined
      : checkpoint ?? (range || given.switch("partial") ? undefined : "checkpoint.json"),
    checkpointNamed: checkpoint !== undefined,
    restart: given.switch("restart"),
    restartRotated: given.value("rotated") === "restart",
    follow: given.switch("follow"),
    verify: given.switch("verify"),
    every: given.value(
      "every",
      (text) => parseEvery(text) ?? wrongValue("every", text, "a duration or bytes, as 500ms or 64MB"),
    ),
    sync: given.switch("sync"),
    decimalMark: given.value("decimal-mark") as NumberFormat["decimalMark"],
    groupMark: given.value("group-mark") as NumberFormat["groupMark"],
    ...column,
    workers: given.value("workers", (text) => parseWhole("workers", text, 1, MAX_WORKERS)),
    range,
    partial: given.switch("partial"),
    skip: given.value("on-error") === "skip",
    rejects: given.value("rejects"),
    round: given.value("round", (text) => parseWhole("round", text, 0, MAX_PLACES)),
    each: given.switch("each"),
    stats: given.switch("stats") || given.switch("histogram"),
    histogram: given.switch("histogram"),
    ascii: given.switch("ascii"),
    json: given.switch("json"),
    quiet: given.switch("quiet"),
    progress: (given.value("progress") ?? "auto") as SumCommand["progress"],
    color: !given.switch("no-color"),
  };
  checkTogether(command, given);
  return command;
}

function parseMerge(given: Given): MergeCommand {
  return {
    kind: "merge",
    files: given.files.length === 0 ? ["-"] : given.files,
    expectLines: given.value("expect-lines", (text) => parseWhole("expect-lines", text, 0, Number.MAX_SAFE_INTEGER)),
    round: given.value("round", (text) => parseWhole("round", text, 0, MAX_PLACES)),
    json: given.switch("json"),
    quiet: given.switch("quiet"),
    color: !given.switch("no-color"),
  };
}

/** The part that is wanted; a partial of a whole file has the whole as its range. */
function parsePart(given: Given): Range | Shard | undefined {
  const all = given.switch("partial") && !given.files.some(isStandardInput) ? { from: 0, to: Infinity } : undefined;
  return given.value("shard", (text) => parseShard(text) ?? wrongValue("shard", text, "a part of several, as 3/8")) ??
    given.value("range", (text) => parseRange(text) ?? wrongValue("range", text, "bytes, as 0-1000 or 1000-")) ??
    all;
}

/** How errors are to be written, also that of a command line which cannot be understood. */
export function parseErrorFormat(args: readonly string[]): { json: boolean; color: boolean } {
  const options = args.slice(0, args.includes("--") ? args.indexOf("--") : args.length);
  return { json: options.includes("--json"), color: !options.includes("--no-color") };
}

/** Whether a path stands for bytes that come only once, so that there is nothing to go back to. */
export function comesOnce(path: string): boolean {
  return /^(-|\/dev\/(stdin|fd\/\d+)|\/proc\/self\/fd\/\d+)$/.test(path);
}

/** What a command line holds, by the table of options. */
interface Given {
  files: string[];
  /** The options that it has. */
  names: OptionName[];
  switch(name: OptionName): boolean;
  value(name: OptionName): string | undefined;
  value<T>(name: OptionName, parse: (text: string) => T): T | undefined;
  list(name: OptionName): string[];
}

async function readArgs(args: readonly string[]): Promise<Given> {
  const unknown: string[] = [];
  const parsed = parseArgs(args, {
    string: ["_", ...options.filter(({ value }) => value).map(({ name }) => name)],
    boolean: options.filter(({ value }) => !value).map(({ name }) => name),
    collect: options.filter(({ isList }) => isList).map(({ name }) => name),
    alias: Object.fromEntries(options.flatMap(({ name, short }) => short ? [[short, name]] : [])),
    unknown: (arg, key) => key === undefined || unknown.push(arg) < 0,
  });
  if (unknown[0] !== undefined) throw new UsageError(await describeUnknown(unknown[0]));
  for (const { name, value, choices } of options) checkValue(name, parsed[name], value, choices);
  return {
    files: parsed._,
    names: OPTIONS.map(({ name }) => name).filter((name) => isGiven(parsed[name])),
    switch: (name) => parsed[name] === true,
    value: <T>(name: OptionName, parse?: (text: string) => T) => {
      const text = parsed[name] as string | undefined;
      return text === undefined || !parse ? text as T : parse(text);
    },
    list: (name) => parsed[name] as string[],
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
    wrongValue(name, String(given), `one of ${choices.map((choice) => choice === " " ? `" "` : choice).join(" ")}`);
  }
}

function wrongValue(name: OptionName | string, text: string, want: string): never {
  throw new UsageError(`--${name} wants ${want}, not "${text}"`);
}

async function describeUnknown(arg: string): Promise<string> {
  const flag = arg.replace(/=.*$/s, "");
  const { suggestOption } = await import("./suggest_option.ts");
  const meant = suggestOption(flag.replace(/^-+/, ""), options.map(({ name }) => name));
  return `there is no option ${flag}${meant === undefined ? "" : `; did you mean --${meant}?`}`;
}

function parseWhole(name: OptionName, text: string, least: number, most: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  return wrongValue(name, text, `a whole number from ${least} to ${most}`);
}

/** Refuses what cannot go together. */
function checkTogether(command: SumCommand, given: Given): void {
  const { files, checkpointNamed, decimalMark = ".", groupMark, rejects, skip } = command;
  const refuse = (reason: string) => {
    throw new UsageError(reason);
  };
  if (checkpointNamed && given.switch("no-checkpoint")) refuse("--checkpoint and --no-checkpoint exclude each other");
  if (decimalMark === groupMark) refuse(`the decimal mark and the group mark are both ${groupMark}`);
  if (rejects !== undefined && !skip) refuse("--rejects collects skipped lines; it needs --on-error skip");
  if (command.sync && (command.workers ?? 1) > 1) refuse("--sync is one thread; leave out --workers");
  if (command.stats && (command.workers ?? 1) > 1) refuse("--stats is one thread; leave out --workers");
  if (command.stats && command.each && !command.json) {
    refuse("--stats has one table, of the total; for the statistics of each input say --json");
  }
  if (command.ascii && !command.histogram) refuse("--ascii says how to draw; it needs --histogram");
  if (command.follow) checkFollow(command);
  if (files.filter(isStandardInput).length > 1) refuse("standard input can be read only once");
  if (!files.some(comesOnce)) return;
  if (command.sync) refuse("--sync reads plain files only, not standard input");
  if (checkpointNamed) refuse("standard input cannot have a checkpoint: it cannot be read again from an offset");
}

/** Refuses what `--follow` cannot go with. */
function checkFollow({ files, sync, workers, stats, each, kind }: SumCommand): void {
  const reason = files.length > 1
    ? `it follows one file, not ${files.length}`
    : files.some(comesOnce)
    ? "standard input cannot be followed: it is not a file that something is appended to"
    : sync
    ? "--sync cannot wait; leave it out"
    : (workers ?? 1) > 1
    ? "it is one thread; leave out --workers"
    : stats
    ? "it prints sums, not --stats"
    : each
    ? "it follows one file; leave out --each"
    : kind === "status"
    ? "--status sums nothing; leave out one of the two"
    : undefined;
  if (reason !== undefined) throw new UsageError(`--follow: ${reason}`);
}
