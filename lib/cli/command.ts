import type { ColumnOptions } from "../pure/column_format.ts";
import type { NumberFormat } from "../pure/line_options.ts";
import type { Range } from "../pure/range.ts";
import type { SaveEvery } from "../pure/save_clock.ts";
import type { Shard } from "../pure/shard.ts";

/** What is summed unless something is named. */
export const DEFAULT_FILE = "numbers.txt";

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

/** What is wanted where nothing but files is named, or not even those. */
export function sumCommand(files: string[]): SumCommand {
  return {
    kind: "sum",
    files: files.length === 0 ? [DEFAULT_FILE] : files,
    checkpoint: "checkpoint.json",
    checkpointNamed: false,
    restart: false,
    restartRotated: false,
    follow: false,
    verify: false,
    every: undefined,
    sync: false,
    decimalMark: undefined,
    groupMark: undefined,
    workers: undefined,
    range: undefined,
    partial: false,
    skip: false,
    rejects: undefined,
    round: undefined,
    each: false,
    stats: false,
    histogram: false,
    ascii: false,
    json: false,
    quiet: false,
    progress: "auto",
    color: true,
  };
}

/** Whether a path stands for bytes that come only once, so that there is nothing to go back to. */
export function comesOnce(path: string): boolean {
  return /^(-|\/dev\/(stdin|fd\/\d+)|\/proc\/self\/fd\/\d+)$/.test(path);
}

/** A command line that cannot be understood. */
export class UsageError extends Error {
  override name = "UsageError";
}
