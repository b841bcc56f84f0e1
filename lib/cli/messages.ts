import type { Progress, SumResult } from "../drivers/sum_options.ts";
import {
  BadLineError,
  CheckpointHeldError,
  CheckpointRefusedError,
  FileError,
  MergeError,
  NoSuchRangeError,
  OptionError,
  type Place,
  RotatedError,
} from "../pure/errors.ts";
import type { Merged } from "../pure/merge_partials.ts";
import { formatBytes, formatDuration, formatShare, type Pace } from "./format_progress.ts";
import { DEFAULT_FILE } from "./command.ts";
import { UsageError } from "./usage_error.ts";
import { withinRange } from "./within_range.ts";

/** What a message needs to know of the command line. */
export interface MessageContext {
  /** The checkpoint's path, or `undefined` where there is none. */
  checkpoint: string | undefined;
  /** Whether bad lines are passed over. */
  skip: boolean;
}

/** An error as the user is told it. */
export interface ErrorReport {
  exitCode: number;
  /** A name for programs. */
  kind: "bad-line" | "merge" | "usage" | "checkpoint-refused" | "checkpoint-held" | "rotated" | "file" | "internal";
  /** What happened; what to do now is in lines of their own. */
  message: string;
  /** Where it happened: a line, a file, a checkpoint. */
  place?: Place | { file: string };
}

/** Says what went wrong, what to do now, and how the process ends. */
export function reportError(error: unknown, context: MessageContext): ErrorReport {
  const { checkpoint } = context;
  if (error instanceof BadLineError) {
    return { exitCode: 1, kind: "bad-line", message: badLine(error, context), place: error.place };
  }
  if (error instanceof MergeError) return { exitCode: 1, kind: "merge", message: `${error.message}.` };
  if (error instanceof UsageError || error instanceof NoSuchRangeError || error instanceof OptionError) {
    return { exitCode: 2, kind: "usage", message: `${error.message}\nRun numsum --help for all options.` };
  }
  if (error instanceof CheckpointRefusedError) {
    const advice =
      "It was left as it is. To keep it, name another with --checkpoint OTHER; to discard what it has of " +
      "this input and begin anew, say --restart.";
    const rotated = error.isInputChanged ? "\nWhere that is to be expected, say --rotated restart." : "";
    const message = `${error.message}.\n${advice}${rotated}`;
    return { exitCode: 3, kind: "checkpoint-refused", message, place: { file: error.checkpoint } };
  }
  if (error instanceof RotatedError) return { exitCode: 3, kind: "rotated", ...rotated(error, context) };
  if (error instanceof CheckpointHeldError) {
    const advice = "Wait for it to end, or give this run its own with --checkpoint OTHER.";
    const message = `${error.message}.\n${advice}`;
    return { exitCode: 5, kind: "checkpoint-held", message, place: { file: error.checkpoint } };
  }
  if (error instanceof FileError) {
    const message = `${error.message}.${adviseOnFile(error.path, checkpoint)}`;
    return { exitCode: 4, kind: "file", message, place: { file: error.path } };
  }
  const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return { exitCode: 4, kind: "internal", message: `this is a mistake in numsum itself: ${reason}` };
}

function adviseOnFile(path: string, checkpoint: string | undefined): string {
  if (path === checkpoint) return "\nPut it elsewhere with --checkpoint PATH, or sum without one with --no-checkpoint.";
  if (path === DEFAULT_FILE) return "\nName the file to be summed, or - for standard input: numsum FILE";
  return "";
}

function rotated(
  { message, file }: RotatedError,
  { checkpoint }: MessageContext,
): Pick<ErrorReport, "message" | "place"> {
  const kept = checkpoint === undefined
    ? "Run it again to follow what has the name now."
    : `What was summed is kept in ${checkpoint}. To follow what has the name now, run it again with --rotated restart.`;
  return { message: `${message}.\n${kept}`, place: { file } };
}

function badLine(error: BadLineError, { checkpoint, skip }: MessageContext): string {
  const before = error.place.line - 1;
  const lines = before === 1 ? "The 1 line before it is" : `The ${before} lines before it are`;
  const saved = error.saved === undefined
    ? "Mend it, or pass over bad lines with --on-error skip."
    : `${lines} saved in ${checkpoint}: mend this one and run again to continue there, ` +
      "or pass over bad lines with --on-error skip.";
  return `${error.message}.${skip ? "" : `\n${saved}`}`;
}

/** Says where a run continues. */
export function describeResume(progress: Progress): string {
  const { resumedFrom, resumedLine } = progress;
  const { resumedFrom: done, size } = withinRange(progress);
  const share = size === undefined ? "" : `, ${formatShare(done, size)} of it`;
  return `continuing ${nameOf(progress)} after line ${resumedLine} (byte ${resumedFrom}${share})`;
}

/** Says what it costs to continue in a compressed file. */
export function describeUnpacking({ file, resumedFrom }: Progress): string {
  return `unpacking ${file} again up to byte ${resumedFrom}, where it was: compressed data cannot be entered in its middle`;
}

/** What is summed, and where its lines are counted from. */
function nameOf({ file, range }: Progress): string {
  return range ? `the lines of ${file} from byte ${range.start} on` : file;
}

/** Says how much of several inputs was summed earlier. */
export function describeResumeOfSeveral(checkpoint: string, known: number, files: number, bytes: number): string {
  return `continuing with what ${checkpoint} has of ${known} of ${files} inputs: ${bytes} bytes are summed already`;
}

/** Says that inputs were named more than once. */
export function describeTwice(files: readonly string[]): string {
  const [are, names] = [files.length === 1 ? "is" : "are", files.join(", ")];
  return `${names} ${are} named more than once, and counted each time`;
}

/** Says that an input is begun anew. */
export function describeRotated(file: string, reason: string): string {
  return `beginning ${file} anew, since ${reason}`;
}

/**
 * Says how far a run got that was stopped, and how to go on.
 *
 * @param saved Where its state is, and up to which offset; `undefined` if it was not saved.
 */
export function describeStop(
  signal: string,
  progress: Progress | undefined,
  saved: { checkpoint: string; offset: number } | undefined,
): string {
  if (!progress) return `stopped by ${signal} before anything was summed`;
  const { file, offset, count, blank, skipped, phase } = progress;
  const { offset: done, size } = withinRange(progress);
  if (phase === "checking") {
    return `stopped by ${signal} while checking what was summed of ${file}; nothing has changed`;
  }
  const share = size === undefined ? "" : ` (${formatShare(done, size)})`;
  const place = `stopped by ${signal} after line ${count + blank + skipped} of ${
    nameOf(progress)
  }, byte ${offset}${share}`;
  if (!saved) return `${place}; nothing was saved, the next run begins anew`;
  const upTo = saved.offset === offset ? "saved" : `saved up to byte ${saved.offset}`;
  return `${place}; ${upTo} in ${saved.checkpoint}\nRun the same command again to continue there.`;
}

/** Says what a run did. */
export function describeSummary(results: readonly SumResult[], pace: Pace): string {
  const total = (key: "count" | "blank" | "skipped") => results.reduce((sum, result) => sum + result[key], 0);
  const rate = pace.milliseconds > 0 ? `, ${formatBytes(pace.bytes / pace.milliseconds * 1000)}/s` : "";
  const parts = [`${total("count")} numbers`];
  if (total("blank") > 0) parts.push(`${total("blank")} blank lines`);
  if (results.length > 1) parts.push(`${results.length} files`);
  return `${parts.join(", ")}; read ${formatBytes(pace.bytes)} in ${formatDuration(pace.milliseconds)}${rate}`;
}

/** Says what a merge did. */
export function describeMerged({ count, partials, repeated }: Merged): string {
  const again = repeated === 0 ? "" : `; ${repeated} more said the same again`;
  return `${count} numbers, merged from ${partials} partials${again}`;
}

/** Says how many bad lines were passed over. */
export function describeSkipped(skipped: number, rejects: string | undefined): string {
  const lines = skipped === 1 ? "1 bad line was" : `${skipped} bad lines were`;
  return `${lines} passed over${rejects === undefined ? "" : `; see ${rejects}`}`;
}

/** Says that the state could not be saved for now. */
export function describeWarning(warning: Error): string {
  return `${warning.message}; the sum goes on, but an interruption would lose what was done since the last save`;
}
