import type { SumResult } from "../drivers/sum_options.ts";
import { ExactSum } from "../pure/exact_sum.ts";
import { roundHalfEven } from "../pure/round_half_even.ts";

/** How an answer is written. */
export interface AnswerFormat {
  /** As one JSON object. */
  json: boolean;
  /** Decimal places, or `undefined` for all that there are. */
  round: number | undefined;
  /** With a line for each input before the total. */
  each: boolean;
}

/** Writes what the inputs come to: what a run prints on standard output. */
export function formatAnswer({ json, round, each }: AnswerFormat, results: readonly SumResult[]): string {
  const rounded = (sum: string) => round === undefined ? sum : roundHalfEven(sum, round);
  const total = rounded(totalOf(results));
  if (json) return `${JSON.stringify({ sum: total, ...countsOf(results), files: results.map(toJson) })}\n`;
  const lines = each ? results.map(({ file, sum }) => `${rounded(sum)}\t${file}\n`) : [];
  return `${lines.join("")}${total}\n`;
}

/** The exact sum of all inputs. */
export function totalOf(results: readonly Pick<SumResult, "sum">[]): string {
  const total = new ExactSum();
  for (const { sum } of results) total.merge(ExactSum.from(sum));
  return total.toString();
}

/** The lines of all inputs. */
export function countsOf(results: readonly SumResult[]): Pick<SumResult, "count" | "blank" | "skipped"> {
  const total = (key: "count" | "blank" | "skipped") => results.reduce((sum, result) => sum + result[key], 0);
  return { count: total("count"), blank: total("blank"), skipped: total("skipped") };
}

/** An input as it stands in the JSON; its sum is exact also where the total is rounded. */
function toJson({ file, sum, count, blank, skipped, offset, resumedFrom }: SumResult): Record<string, unknown> {
  return { file, sum, count, blank, skipped, offset, resumed_from: resumedFrom };
}
