import type { ColumnOptions } from "../pure/column_format.ts";
import type { NumberFormat } from "../pure/line_options.ts";
import type { Range } from "../pure/range.ts";
import type { SaveEvery } from "../pure/save_clock.ts";
import type { Shard } from "../pure/shard.ts";
import { isStandardInput } from "../disk/input_file.ts";
import { whyNotTogether } from "./check_together.ts";
import { type Command, type MergeCommand, type Shell, type SumCommand, sumCommand, UsageError } from "./command.ts";
import type { OptionName } from "./options.ts";
import { type Given, parseWhole, readArgs, wrongValue } from "./read_args.ts";

/** The most decimal places that can be asked for. */
const MAX_PLACES = 1_000_000;
/** The most threads that can be asked for. */
const MAX_WORKERS = 256;

/** The options that are about parts of a file, and what they come to. */
const PART_OPTIONS: readonly OptionName[] = ["shard", "range", "partial", "merge", "expect-lines"];
/** The options that are about a column. */
const COLUMN_OPTIONS: readonly OptionName[] = ["column", "delimiter", "header", "na"];

/**
 * Reads a command line.
 *
 * @throws {UsageError} If it has an unknown option, a missing or impossible value, or options that do not go together.
 */
export async function readOptions(args: readonly string[]): Promise<Command> {
  const given = await readArgs(args);
  if (given.switch("help")) return { kind: "help" };
  if (given.switch("version")) return { kind: "version" };
  if (given.switch("man")) return { kind: "man" };
  const shell = given.value("completions") as Shell | undefined;
  if (shell !== undefined) return { kind: "completions", shell };
  if (given.names.some((name) => PART_OPTIONS.includes(name))) await checkParts(given);
  if (given.switch("merge")) return parseMerge(given);
  const column = given.names.some((name) => COLUMN_OPTIONS.includes(name)) ? await readColumn(given) : {};
  const range = await readPart(given);
  const checkpoint = given.value("checkpoint");
  const plain = sumCommand(given.files);
  const command: SumCommand = {
    files: plain.files,
    kind: given.switch("status") ? "status" : "sum",
    checkpoint: given.switch("no-checkpoint")
      ? undefined
      : checkpoint ?? (range || given.switch("partial") ? undefined : plain.checkpoint),
    checkpointNamed: checkpoint !== undefined,
    restart: given.switch("restart"),
    restartRotated: given.value("rotated") === "restart",
    follow: given.switch("follow"),
    verify: given.switch("verify"),
    every: await readEvery(given),
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
    progress: (given.value("progress") ?? plain.progress) as SumCommand["progress"],
    color: !given.switch("no-color"),
  };
  const reason = whyNotTogether(command, given.switch("no-checkpoint"));
  if (reason !== undefined) throw new UsageError(reason);
  return command;
}

async function readColumn(given: Given): Promise<ColumnOptions> {
  const { parseColumn } = await import("./parse_column.ts");
  const column = parseColumn({
    names: given.names,
    column: given.value("column"),
    delimiter: given.value("delimiter"),
    na: given.list("na"),
  });
  if ("whyNot" in column) throw new UsageError(column.whyNot);
  return column;
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

async function checkParts({ names, files, value }: Given): Promise<void> {
  const { whyNotParts } = await import("./check_parts.ts");
  const whyNot = whyNotParts({
    names,
    files: files.length,
    standardInputs: files.filter(isStandardInput).length,
    workers: Number(value("workers") ?? 1),
  });
  if (whyNot !== undefined) throw new UsageError(whyNot);
}

/** The part that is wanted; a partial of a whole file has the whole as its range. */
async function readPart(given: Given): Promise<Range | Shard | undefined> {
  const [shard, range] = [given.value("shard"), given.value("range")];
  if (shard === undefined && range === undefined) {
    return given.switch("partial") && !given.files.some(isStandardInput) ? { from: 0, to: Infinity } : undefined;
  }
  const { parseRange, parseShard } = await import("./parse_part.ts");
  if (shard !== undefined) return parseShard(shard) ?? wrongValue("shard", shard, "a part of several, as 3/8");
  return parseRange(range!) ?? wrongValue("range", range!, "bytes, as 0-1000 or 1000-");
}

async function readEvery(given: Given): Promise<SaveEvery | undefined> {
  const text = given.value("every");
  if (text === undefined) return undefined;
  const { parseEvery } = await import("./parse_every.ts");
  return parseEvery(text) ?? wrongValue("every", text, "a duration or bytes, as 500ms or 64MB");
}
