import { ExactSum } from "./exact_sum.ts";

/** A mantissa is squared in halves of so many digits: twice the product of two is then far below 2^53. */
const HALF_DIGITS = 7;
const HALF = 10 ** HALF_DIGITS;
/** How many products can be added before a double might not hold the sum exactly: `2 * HALF ** 2` each. */
const MOST_ADDED = 40;
/** Powers for which products are gathered before they are added: those of nearly all numbers. */
const LOWEST_POWER = -32;
const POWERS = 64;

/** The exact sum of the squares of numbers. */
export class SumOfSquares {
  readonly #sum: ExactSum;
  /** For each power: the products of high halves, of high and low ones, and of low ones, not yet in the sum. */
  readonly #gathered = new Float64Array(POWERS * 3);
  readonly #added = new Uint8Array(POWERS);

  /** @param text In plain digits. */
  constructor(text: string) {
    this.#sum = ExactSum.from(text);
  }

  /** In plain digits. */
  get text(): string {
    for (let slot = 0; slot < POWERS; slot++) this.#flush(slot);
    return this.#sum.toString();
  }

  /** Adds the square of `mantissa * 10 ** power`, a mantissa of at most 14 digits. */
  addSmall(mantissa: number, power: number): void {
    const slot = power - LOWEST_POWER;
    if (slot < 0 || slot >= POWERS) return this.addLarge(String(mantissa), power);
    const high = Math.floor(mantissa / HALF);
    const low = mantissa - high * HALF;
    const gathered = this.#gathered;
    gathered[slot * 3]! += high * high;
    gathered[slot * 3 + 1]! += 2 * high * low;
    gathered[slot * 3 + 2]! += low * low;
    if (++this.#added[slot]! === MOST_ADDED) this.#flush(slot);
  }

  /** Adds the square of `digits * 10 ** power`. */
  addLarge(digits: string, power: number): void {
    this.#addInteger(String(BigInt(digits) ** 2n), 2 * power);
  }

  /** Adds another sum, in plain digits. */
  addSum(text: string): void {
    this.#sum.merge(ExactSum.from(text));
  }

  #flush(slot: number): void {
    if (this.#added[slot] === 0) return;
    const power = 2 * (slot + LOWEST_POWER);
    for (let part = 0; part < 3; part++) {
      const value = this.#gathered[slot * 3 + part]!;
      if (value > 0) this.#addInteger(String(value), power + (2 - part) * HALF_DIGITS);
    }
    this.#gathered.fill(0, slot * 3, slot * 3 + 3);
    this.#added[slot] = 0;
  }

  #addInteger(digits: string, power: number): void {
    const bytes = new TextEncoder().encode(digits);
    this.#sum.addDigits(bytes, 0, bytes.length, power, false);
  }
}
