import type { Progress } from "../drivers/sum_options.ts";

/** How fast a run is, over its whole time. */
export interface Pace {
  /** Bytes read by this run. */
  bytes: number;
  /** Since it began, in milliseconds. */
  milliseconds: number;
}

/**
 * One line that says how far a run is, never longer than `width`: parts that do not fit are left out, the least
 * needed first.
 */
export function formatProgress(progress: Progress, pace: Pace, width: number): string {
  const { phase, offset, size, packed, count, skipped, resumedFrom } = progress;
  const end = phase === "checking" ? resumedFrom : size;
  const rate = pace.milliseconds > 0 ? pace.bytes / pace.milliseconds : 0;
  const part = phase === "summing" && packed?.size ? packed.read / packed.size : undefined;
  const left = part
    ? pace.milliseconds * (1 - part) / part
    : end !== undefined && rate > 0
    ? (end - offset) / rate
    : undefined;
  const parts = [
    part !== undefined ? formatShare(part, 1) : end ? formatShare(offset, end) : formatBytes(offset),
    phase === "checking" ? `${packed ? "unpacking" : "checking"} what was summed` : `${count} numbers`,
    rate > 0 ? `${formatBytes(rate * 1000)}/s` : "",
    left !== undefined && left > 0 ? `${formatDuration(left)} left` : "",
    skipped > 0 ? `${skipped} skipped` : "",
    resumedFrom > 0 && phase === "summing" && end ? `resumed at ${formatShare(resumedFrom, end)}` : "",
  ].filter((part) => part !== "");
  while (parts.length > 1 && parts.join(", ").length > width) parts.pop();
  return parts.join(", ").slice(0, Math.max(0, width));
}

/** A part of a whole, as a percentage that is 100 only when all is there. */
export function formatShare(part: number, whole: number): string {
  if (whole === 0) return "100 %";
  return `${Math.floor(Math.min(1, part / whole) * 1000) / 10} %`;
}

/** Bytes in decimal units, with three digits or so. */
export function formatBytes(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB", "PB"];
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 || value >= 99.95 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}

/** Milliseconds in the units that a person would say. */
export function formatDuration(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  if (seconds < 99.5) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 100 ? `${minutes} min` : `${(minutes / 60).toFixed(1)} h`;
}

/** What is known of an input before it is opened. */
export interface Plan {
  /** In bytes; `undefined` where there is no end yet. */
  size: number | undefined;
  /** How much of it was summed earlier, in bytes. */
  start: number;
}

/**
 * How far a run over several inputs is, as if they were one.
 *
 * @param plans Of all inputs.
 * @param done How those before the current one ended.
 * @param current How far the current one is.
 */
export function overallProgress(
  plans: readonly Plan[],
  done: readonly Progress[],
  current: Progress,
): Progress {
  const later = plans.slice(done.length + 1);
  const total = (key: "offset" | "resumedFrom" | "count" | "blank" | "skipped") =>
    done.reduce((sum, progress) => sum + progress[key], current[key]);
  const startOfLater = later.reduce((sum, { start }) => sum + start, 0);
  const sizes = [...done.map(({ size }) => size), current.size, ...later.map(({ size }) => size)];
  return {
    ...current,
    packed: undefined,
    offset: total("offset") + startOfLater,
    size: sizes.reduce((sum, size) => sum === undefined || size === undefined ? undefined : sum + size, 0),
    resumedFrom: total("resumedFrom") + startOfLater,
    count: total("count"),
    blank: total("blank"),
    skipped: total("skipped"),
  };
}

/** How far a run is in the part of its input that it sums, as if that were all. */
export function withinRange(progress: Progress): Progress {
  const { range, offset, resumedFrom } = progress;
  if (!range) return progress;
  const size = Math.max(0, range.to - range.start);
  return { ...progress, offset: offset - range.start, resumedFrom: resumedFrom - range.start, size };
}
