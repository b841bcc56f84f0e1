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
