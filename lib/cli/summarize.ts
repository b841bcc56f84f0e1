import type { SumResult } from "../drivers/sum_options.ts";
import { ExactSum } from "../pure/exact_sum.ts";
import { NO_STATS } from "../pure/add_lines.ts";
import { type Precision, roundedRatio, roundedRoot } from "../pure/rounded_ratio.ts";
import { roundHalfEven } from "../pure/round_half_even.ts";
import { makeStatistics } from "../pure/statistics.ts";

/** Significant digits of what is not exact. */
const DIGITS = 20;

/**
 * What is known of numbers, in plain digits. What there is none of is `null`, as the mean of no numbers. `sample_sd` is
 * the standard deviation of a population of which the numbers are a sample (divided by `count - 1`), `population_sd`
 * that of the numbers themselves (divided by `count`).
 */
export type Summary =
  & Record<"count", number>
  & Record<"sum" | "sum_of_squares", string>
  & Record<"min" | "max" | "mean" | "sample_sd" | "population_sd", string | null>;

/** What several inputs come to as one: their exact sum, and their `StatsState`. */
export function joinResults(results: readonly SumResult[]): Pick<SumResult, "sum" | "count" | "stats"> {
  const sum = new ExactSum();
  const stats = makeStatistics(NO_STATS);
  let count = 0;
  for (const result of results) {
    sum.merge(ExactSum.from(result.sum));
    stats.merge(result.stats ?? NO_STATS);
    count += result.count;
  }
  return { sum: sum.toString(), count, stats: stats.state };
}

/**
 * Makes the statistics of numbers from their exact sums. Each is rounded just once, if at all.
 *
 * @param round Decimal places. If `undefined`, the mean and the deviations have 20 significant digits, and all else is
 * exact.
 */
export function summarize(
  { sum, count, stats = NO_STATS }: Pick<SumResult, "sum" | "count" | "stats">,
  round: number | undefined,
): Summary {
  const { min, max, squares } = stats;
  const precision: Precision = round === undefined ? { digits: DIGITS } : { places: round };
  const rounded = <T extends string | null>(text: T) => {
    return text === null || round === undefined ? text : roundHalfEven(text, round) as T;
  };
  const places = Math.max(placesOf(sum), Math.ceil(placesOf(squares) / 2));
  const unit = 10n ** BigInt(places);
  const total = toUnits(sum, places);
  const n = BigInt(count);
  // n² times the variance: n Σx² - (Σx)², in units squared
  const spread = n * toUnits(squares, 2 * places) - total ** 2n;
  return {
    count,
    sum: rounded(sum),
    min: rounded(min),
    max: rounded(max),
    mean: count === 0 ? null : roundedRatio(total, n * unit, precision),
    sum_of_squares: rounded(squares),
    sample_sd: count < 2 ? null : roundedRoot(spread, n * (n - 1n) * unit ** 2n, precision),
    population_sd: count === 0 ? null : roundedRoot(spread, (n * unit) ** 2n, precision),
  };
}

function placesOf(text: string): number {
  const point = text.indexOf(".");
  return point < 0 ? 0 : text.length - point - 1;
}

/** A number in plain digits as an integer of units of `10 ** -places`. */
function toUnits(text: string, places: number): bigint {
  const [whole = "", fraction = ""] = text.split(".");
  return BigInt(whole + fraction.padEnd(places, "0"));
}
