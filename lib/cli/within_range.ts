import type { Progress } from "../drivers/sum_options.ts";

/** How far a run is in the part of its input that it sums, as if that were all. */
export function withinRange(progress: Progress): Progress {
  const { range, offset, resumedFrom } = progress;
  if (!range) return progress;
  const size = Math.max(0, range.to - range.start);
  return { ...progress, offset: offset - range.start, resumedFrom: resumedFrom - range.start, size };
}
