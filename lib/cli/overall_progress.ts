import type { Progress } from "../drivers/sum_options.ts";

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
