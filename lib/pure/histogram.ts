/** The most bins that are kept; a checkpoint with them has some 20 kB. */
const MAX_BINS = 2000;
/** Bins of a decade, by level; from the next level on, a bin has 1, 10, 100, … decades. */
const BINS_OF_DECADE = [90, 9] as const;

/** Numbers between two bounds. */
export interface Bin {
  /** Of the numbers: -1, 0 or 1. A bin of 0 holds just zeros. */
  sign: number;
  /** Which one of its sign: bins of larger magnitudes have larger numbers. */
  index: number;
  /** How many numbers are in it. */
  count: number;
}

/**
 * How many numbers there are of each magnitude: for each sign, bins that begin at the decimal numbers of two
 * significant digits (10, 11, 12, … 99, 100, 110, …). Every count is exact, for the digits of a number say where it
 * belongs.
 *
 * Memory is bounded: when there are too many bins they are made coarser, first to one digit, then to whole decades,
 * then to ten decades and so on. That depends on nothing but the numbers, whatever their order.
 */
export class Histogram {
  #level = 0;
  #zeros = 0;
  #negative = new Map<number, number>();
  #positive = new Map<number, number>();

  /** @param text As {@linkcode Histogram.toString} writes it. */
  constructor(text = "") {
    if (text !== "") this.merge(text);
  }

  /** How coarse it is, from 0 on: two significant digits, one digit, a decade, ten decades, … */
  get level(): number {
    return this.#level;
  }

  /** All bins that have numbers, from the smallest numbers to the largest. */
  get bins(): Bin[] {
    const sorted = (bins: Map<number, number>, sign: number) =>
      [...bins].sort(([a], [b]) => a - b).map(([index, count]) => ({ sign, index, count }));
    return [
      ...sorted(this.#negative, -1).reverse(),
      ...this.#zeros > 0 ? [{ sign: 0, index: 0, count: this.#zeros }] : [],
      ...sorted(this.#positive, 1),
    ];
  }

  /**
   * Counts a number.
   *
   * @param lead Its first two significant digits, from 10 to 99; 0 for zero.
   * @param exponent The power of ten of the first one.
   */
  add(negative: boolean, lead: number, exponent: number): void {
    if (lead === 0) this.#zeros++;
    else this.#count(negative, coarsen(exponent * 90 + lead - 10, 0, this.#level), 1);
  }

  /** Counts all numbers of another one, as {@linkcode Histogram.toString} writes it. */
  merge(text: string): void {
    const [level = "0", ...bins] = text.split(" ");
    this.#coarsen(Number(level));
    for (const bin of bins) {
      const [, sign, index, count] = /^([-0+])(-?\d*):(\d+)$/.exec(bin) ?? [];
      if (sign === "0") this.#zeros += Number(count);
      else this.#count(sign === "-", coarsen(Number(index), Number(level), this.#level), Number(count));
    }
  }

  /** The level and then each bin's sign, index and count: `0 -12:3 0:1 +90:7`; nothing where there are no numbers. */
  toString(): string {
    const bins = this.bins.map(({ sign, index, count }) =>
      sign === 0 ? `0:${count}` : `${sign < 0 ? "-" : "+"}${index}:${count}`
    );
    return bins.length === 0 ? "" : [this.#level, ...bins].join(" ");
  }

  #count(negative: boolean, index: number, count: number): void {
    const bins = negative ? this.#negative : this.#positive;
    const before = bins.get(index) ?? 0;
    bins.set(index, before + count);
    if (before === 0 && this.#negative.size + this.#positive.size > MAX_BINS) this.#coarsen(this.#level + 1);
  }

  #coarsen(level: number): void {
    if (level <= this.#level) return;
    const from = this.#level;
    const [negative, positive] = [this.#negative, this.#positive];
    this.#level = level;
    this.#negative = new Map();
    this.#positive = new Map();
    for (const [index, count] of negative) this.#count(true, coarsen(index, from, this.#level), count);
    for (const [index, count] of positive) this.#count(false, coarsen(index, from, this.#level), count);
  }
}

/** The bin of level `to` in which a bin of a finer level lies. */
export function coarsen(index: number, from: number, to: number): number {
  let coarse = index;
  for (let level = from; level < to; level++) coarse = Math.floor(coarse / (level === 1 ? 9 : 10));
  return coarse;
}

/** Where the magnitudes of a bin begin: `digits * 10 ** power`. They end where those of the next one begin. */
export function boundOf(index: number, level: number): { digits: number; power: number } {
  if (level >= 2) return { digits: 1, power: index * 10 ** (level - 2) };
  const bins = BINS_OF_DECADE[level === 0 ? 0 : 1];
  const decade = Math.floor(index / bins);
  const lead = bins / 9 + index - decade * bins;
  return { digits: lead, power: decade - (level === 0 ? 1 : 0) };
}
