import type { SumResult } from "../drivers/sum_options.ts";
import { ExactSum } from "../pure/exact_sum.ts";
import type { Counts } from "../pure/summation.ts";

/** How an answer is written. */
export interface AnswerFormat {
  /** As one JSON object. */
  json: boolean;
  /** Decimal places, or `undefined` for all that there are. */
  round: number | undefined;
  /** With a line for each input before the total. */
  each: boolean;
}

/** What the inputs come to, under the names that the JSON has. */
export interface Answer extends Counts {
  /** In plain digits, so that none is lost. */
  sum: string;
  files: (Counts & { file: string; sum: string; offset: number; resumed_from: number })[];
}

/** Writes what the inputs come to: what a run prints on standard output. */
export async function formatAnswer(format: AnswerFormat, results: readonly SumResult[]): Promise<string> {
  const { json, each } = format;
  const answer = await toAnswer(format, results);
  if (json) return `${JSON.stringify(answer)}\n`;
  const lines = each ? answer.files.map(({ file, sum }) => `${sum}\t${file}\n`) : [];
  return `${lines.join("")}${answer.sum}\n`;
}

/** What the JSON holds. */
export async function toAnswer({ round }: AnswerFormat, results: readonly SumResult[]): Promise<Answer> {
  const rounded = await rounding(round);
  const files = results.map(({ file, sum, count, blank, skipped, offset, resumedFrom }) => {
    return { file, sum: rounded(sum), count, blank, skipped, offset, resumed_from: resumedFrom };
  });
  return { sum: rounded(totalOf(results)), ...countsOf(results), files };
}

/** What rounds a sum to so many places, or leaves it as it is. */
async function rounding(round: number | undefined): Promise<(sum: string) => string> {
  if (round === undefined) return (sum) => sum;
  const { roundHalfEven } = await import("../pure/round_half_even.ts");
  return (sum) => roundHalfEven(sum, round);
}

/** The exact sum of all inputs. */
function totalOf(results: readonly SumResult[]): string {
  const total = new ExactSum();
  for (const { sum } of results) total.merge(ExactSum.from(sum));
  return total.toString();
}

/** The lines of all inputs. */
function countsOf(results: readonly SumResult[]): Counts {
  const total = (key: "count" | "blank" | "skipped") => results.reduce((sum, result) => sum + result[key], 0);
  return { count: total("count"), blank: total("blank"), skipped: total("skipped") };
}
