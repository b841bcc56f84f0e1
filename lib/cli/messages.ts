import type { Progress, SumResult } from "../drivers/sum_options.ts";
import type { Merged } from "../pure/merge_partials.ts";
import { formatBytes, formatDuration, formatShare, type Pace, withinRange } from "./format_progress.ts";

/** What is counted: the lines of an input, or the rows of a CSV file, which may have line feeds in them. */
export type Unit = "line" | "row";

/** What is counted with these options. */
export function unitOf({ column }: { column?: unknown }): Unit {
  return column === undefined ? "line" : "row";
}

/** Says where a run continues. */
export function describeResume(progress: Progress, unit: Unit): string {
  const { resumedFrom, resumedLine } = progress;
  const { resumedFrom: done, size } = withinRange(progress);
  const share = size === undefined ? "" : `, ${formatShare(done, size)} of it`;
  return `continuing ${nameOf(progress)} after ${unit} ${resumedLine} (byte ${resumedFrom}${share})`;
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

/** Says that inputs were named more than once, perhaps by several names. */
export function describeTwice(files: readonly string[]): string {
  const are = files.length === 1 ? "is" : "are";
  return `${files.join(", ")} ${are} named more than once, and counted each time`;
}

/** Says that an input is begun anew. */
export function describeRotated(file: string, reason: string): string {
  return `beginning ${file} anew, since ${reason}`;
}

/**
 * Says how far a run got that was stopped, and how to go on.
 *
 * @param saved Where its state is, up to which offset, and whether the inputs were begun anew; `undefined` if nothing
 * was saved.
 */
export function describeStop(
  signal: string,
  progress: Progress | undefined,
  unit: Unit,
  saved: { checkpoint: string; offset: number; restart: boolean } | undefined,
): string {
  if (!progress) return `stopped by ${signal} before anything was summed`;
  const { file, offset, count, blank, skipped, phase } = progress;
  const { offset: done, size } = withinRange(progress);
  if (phase === "checking") {
    return `stopped by ${signal} while checking what was summed of ${file}; nothing has changed`;
  }
  const share = size === undefined ? "" : ` (${formatShare(done, size)})`;
  const place = `stopped by ${signal} after ${unit} ${count + blank + skipped} of ${
    nameOf(progress)
  }, byte ${offset}${share}`;
  if (!saved) return `${place}; nothing was saved, the next run begins anew`;
  const upTo = saved.offset === offset ? "saved" : `saved up to byte ${saved.offset}`;
  return `${place}; ${upTo} in ${saved.checkpoint}\nRun the same command again${
    saved.restart ? " without --restart" : ""
  } to continue there.`;
}

/** Says what a run did. */
export function describeSummary(results: readonly SumResult[], unit: Unit, pace: Pace): string {
  const total = (key: "count" | "blank" | "skipped") => results.reduce((sum, result) => sum + result[key], 0);
  const rate = pace.milliseconds > 0 ? `, ${formatBytes(pace.bytes / pace.milliseconds * 1000)}/s` : "";
  const parts = [many(total("count"), "number")];
  if (total("blank") > 0) parts.push(many(total("blank"), `blank ${unit}`));
  if (results.length > 1) parts.push(`${results.length} files`);
  return `${parts.join(", ")}; read ${formatBytes(pace.bytes)} in ${formatDuration(pace.milliseconds)}${rate}`;
}

/** Says what a merge did. */
export function describeMerged({ count, partials, repeated }: Merged): string {
  const again = repeated === 0 ? "" : `; ${repeated} more said the same again`;
  return `${many(count, "number")}, merged from ${many(partials, "partial")}${again}`;
}

/**
 * Says how many bad lines or rows were passed over.
 *
 * @param rejects What collects them, and how many lines it has: those of an earlier run may be elsewhere.
 */
export function describeSkipped(
  skipped: number,
  unit: Unit,
  rejects?: { path: string; lines: number },
): string {
  const were = `${many(skipped, `bad ${unit}`)} ${skipped === 1 ? "was" : "were"} passed over`;
  if (!rejects) return were;
  const { path, lines } = rejects;
  return lines < skipped ? `${were}; ${path} has ${lines} of them, --restart collects all` : `${were}; see ${path}`;
}

/** Says that the state could not be saved for now. */
export function describeWarning(warning: Error): string {
  return `${warning.message}; until a save succeeds, the next run can only continue from the last one that did`;
}

/** A number of things, by the name of one. */
function many(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? "" : "s"}`;
}
