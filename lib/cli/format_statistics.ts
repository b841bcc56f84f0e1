import type { SumResult } from "../drivers/sum_options.ts";
import { type AnswerFormat, toAnswer } from "./format_answer.ts";
import { formatHistogram, histogramToJson } from "./format_histogram.ts";
import { joinResults, summarize, type Summary } from "./summarize.ts";

/** How statistics are written. */
export interface StatisticsFormat extends AnswerFormat {
  /** Whether the distribution is drawn too. */
  histogram: boolean;
  /** Whether it is drawn with ASCII characters only. */
  ascii: boolean;
}

/** Writes the statistics of all inputs: a line `NAME<TAB>VALUE` for each, or one JSON object. */
export async function formatStatistics(format: StatisticsFormat, results: readonly SumResult[]): Promise<string> {
  const { json, round, histogram, ascii } = format;
  const total = joinResults(results);
  const summary = summarize(total, round);
  if (json) {
    const answer = await toAnswer(format, results);
    const files = answer.files.map((file, i) => ({ ...file, stats: toJson(summarize(results[i]!, round)) }));
    const bins = histogram ? { histogram: histogramToJson(total.stats!.histogram) } : {};
    return `${JSON.stringify({ ...answer, files, stats: toJson(summary), ...bins })}\n`;
  }
  const lines = Object.entries(summary).map(([name, value]) => `${name}\t${value ?? "-"}\n`);
  return lines.join("") + (histogram ? `\n${formatHistogram(total.stats!.histogram, ascii)}` : "");
}

/** The statistics that do not stand beside them in the same object. */
function toJson({ count: _, sum: __, ...rest }: Summary): Omit<Summary, "count" | "sum"> {
  return rest;
}
