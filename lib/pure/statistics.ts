import { decimalOf } from "./decimal.ts";
import { Extreme } from "./extreme.ts";
import { Histogram } from "./histogram.ts";
import type { NumberStats, StatsState } from "./add_lines.ts";
import type { NumberParts } from "./parse_number.ts";
import { SumOfSquares } from "./sum_of_squares.ts";

/** A number of so many digits is squared and compared in doubles, exactly. */
const SMALL_DIGITS = 14;
/** Powers of ten that a double holds exactly: such a number, times or by one of them, is rounded just once. */
const POWERS_OF_TEN = Array.from({ length: 23 }, (_, n) => Number(`1e${n}`));

/** Minimum, maximum, sum of squares and distribution of numbers, all exact. */
export class Statistics implements NumberStats {
  readonly #min: Extreme;
  readonly #max: Extreme;
  readonly #squares: SumOfSquares;
  readonly #histogram: Histogram;

  /** Goes on from a state. */
  constructor({ min, max, squares, histogram }: StatsState) {
    this.#min = new Extreme("min", min);
    this.#max = new Extreme("max", max);
    this.#squares = new SumOfSquares(squares);
    this.#histogram = new Histogram(histogram);
  }

  get state(): StatsState {
    return {
      min: this.#min.text,
      max: this.#max.text,
      squares: this.#squares.text,
      histogram: this.#histogram.toString(),
    };
  }

  add(bytes: Uint8Array, parts: NumberParts): void {
    const { negative, wholeFrom, fractionFrom, fractionTo, exponent } = parts;
    let mantissa = 0;
    let digits = 0;
    let lead = 0;
    for (let i = wholeFrom; i < fractionTo; i++) {
      const digit = bytes[i]! - 48;
      if (digit >>> 0 > 9 || digits === 0 && digit === 0) continue; // a mark, or a zero before all else
      digits++;
      if (digits <= 2) lead = lead * 10 + digit;
      if (digits <= SMALL_DIGITS) mantissa = mantissa * 10 + digit;
    }
    const power = exponent - (fractionTo - fractionFrom);
    this.#histogram.add(negative, digits === 1 ? lead * 10 : lead, power + digits - 1);
    if (digits > SMALL_DIGITS || Math.abs(power) >= POWERS_OF_TEN.length) return this.#addLarge(bytes, parts);
    const magnitude = power < 0 ? mantissa / POWERS_OF_TEN[-power]! : mantissa * POWERS_OF_TEN[power]!;
    const sign = negative ? -1 : 1;
    this.#min.addSmall(sign * magnitude, sign * mantissa, power);
    this.#max.addSmall(sign * magnitude, sign * mantissa, power);
    this.#squares.addSmall(mantissa, power);
  }

  merge(other: StatsState): void {
    const { min, max, squares, histogram } = other;
    if (min !== null) this.#min.merge(min);
    if (max !== null) this.#max.merge(max);
    this.#squares.addSum(squares);
    if (histogram !== "") this.#histogram.merge(histogram);
  }

  #addLarge(bytes: Uint8Array, parts: NumberParts): void {
    const decimal = decimalOf(bytes, parts);
    this.#min.add(decimal);
    this.#max.add(decimal);
    if (decimal.digits !== "") this.#squares.addLarge(decimal.digits, decimal.power);
  }
}

/** For the option `makeStats` of `sumFile`: minimum, maximum, sum of squares and distribution. */
export function makeStatistics(state: StatsState): NumberStats {
  return new Statistics(state);
}
