import type { SumResult } from "../drivers/sum_options.ts";
import { lineOptionsOf, type NumberFormat } from "../pure/line_options.ts";
import { encodePartial } from "../pure/partial.ts";

/** What `--partial` prints: a line of JSON for `--merge`. */
export function formatPartial(format: NumberFormat, result: SumResult): string {
  const { file, size, range, sum, count, blank, skipped } = result;
  return encodePartial({
    input: range && size !== undefined ? { name: file, size, ends: range.ends } : undefined,
    options: lineOptionsOf({ ...format, range: undefined }),
    range: range && { from: range.from, to: range.to },
    lines: range && { from: range.start, to: range.end },
    sum,
    count,
    blank,
    skipped,
  });
}
