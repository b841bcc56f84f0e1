/** Decimal digits held by one limb. */
const LIMB_DIGITS = 9;
/** The base in which a sum is kept: one limb counts units of `BASE ** index`. */
const BASE = 10 ** LIMB_DIGITS;
/** What may be added to limbs between two carries, so that each stays an exact integer below 2^53. */
const ROOM = 2 ** 53 - 4 * BASE;
/** The largest `|value|` for {@linkcode ExactSum.addUnits}: times 10^8 it is still below 2^53. */
const MAX_UNITS = 2 ** 26;

const POWERS_OF_TEN = Array.from({ length: LIMB_DIGITS }, (_, n) => 10 ** n);

/**
 * An exact sum of decimal numbers of any size, in fixed time for each number.
 *
 * The idea is that of a superaccumulator ("Fast exact summation using small and large superaccumulators", 2015), in
 * base 10^9 instead of 2^n: a row of limbs, each a signed integer in a double. Adding a
 * number adds each group of its digits to the limb of its place and carries nothing; carries are made only when
 * so much was added that a limb might leave the integers that a double holds exactly. Nothing is ever rounded, so
 * adding is associative and commutative: any order and any split into parts gives the same digits.
 *
 * @example
 * ```ts
 * import { ExactSum } from "./exact_sum.ts";
 *
 * const sum = ExactSum.from("0.1");
 * sum.merge(ExactSum.from("0.2"));
 * console.assert(sum.toString() === "0.3");
 * ```
 */
export class ExactSum {
  /** `#limbs[i]` counts units of `BASE ** (i - #point)`. */
  #limbs = new Float64Array(16);
  /** Index of the limb that counts ones. */
  #point = 8;
  /** An upper bound of what can still be added to any limb before a carry is due. */
  #room = ROOM;

  /**
   * Reads a sum from plain decimal text, as {@linkcode ExactSum.toString} writes it: optional `-`, digits, and
   * optionally a point and digits.
   *
   * @throws {SyntaxError} If the text has another form.
   */
  static from(text: string): ExactSum {
    const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
    if (!match) {
      throw new SyntaxError(`Cannot read a sum: want plain decimal digits, got ${JSON.stringify(text.slice(0, 40))}`);
    }
    const [, sign, whole = "", fraction = ""] = match;
    const digits = new TextEncoder().encode(whole + fraction);
    const sum = new ExactSum();
    sum.addDigits(digits, 0, digits.length, -fraction.length, sign === "-");
    return sum;
  }

  /**
   * Adds the ASCII digits `bytes[from, to)`, of which the last counts units of `10 ** power`.
   *
   * The caller vouches that every byte is a digit.
   */
  addDigits(bytes: Uint8Array, from: number, to: number, power: number, negative: boolean): void {
    if (from >= to) return;
    let index = this.#limbOf(power, power + (to - from) - 1);
    this.#spend(BASE);
    const limbs = this.#limbs;
    let digit = power - LIMB_DIGITS * Math.floor(power / LIMB_DIGITS);
    for (let end = to; end > from; digit = 0) {
      const start = Math.max(from, end - (LIMB_DIGITS - digit));
      let group = 0;
      for (let i = start; i < end; i++) group = group * 10 + bytes[i]! - 48;
      group *= POWERS_OF_TEN[digit]!;
      limbs[index]! += negative ? -group : group;
      index++;
      end = start;
    }
  }

  /**
   * Adds `value * 10 ** power`.
   *
   * @param value An integer from -2^26 to 2^26.
   * @throws {RangeError} If `value` is not such an integer.
   */
  addUnits(value: number, power: number): void {
    if (!Number.isInteger(value) || Math.abs(value) > MAX_UNITS) {
      throw new RangeError(`Cannot add units: want an integer of at most ${MAX_UNITS} either way, got ${value}`);
    }
    const index = this.#limbOf(power, power);
    const scaled = value * POWERS_OF_TEN[power - LIMB_DIGITS * Math.floor(power / LIMB_DIGITS)]!;
    this.#spend(Math.abs(scaled));
    this.#limbs[index]! += scaled;
  }

  /** Adds another sum, which stays as it is in value. */
  merge(other: ExactSum): void {
    other.#carry();
    // only what counts, so that merging back and forth does not widen both for ever
    const first = other.#limbs.findIndex(isNotZero);
    if (first < 0) return;
    const limbs = other.#limbs.subarray(first, other.#limbs.findLastIndex(isNotZero) + 1);
    const lowest = first - other.#point;
    const shift = this.#limbAt(lowest, lowest + limbs.length - 1);
    this.#spend(BASE);
    for (let i = 0; i < limbs.length; i++) this.#limbs[shift + i]! += limbs[i]!;
  }

  /** The sum in plain decimal digits: no exponent, no zeros after the last decimal place that counts, never `-0`. */
  toString(): string {
    this.#carry();
    const limbs = this.#limbs.slice();
    const top = limbs.findLastIndex(isNotZero);
    if (top < 0) return "0";
    const negative = limbs[top]! < 0;
    let borrow = 0;
    for (let i = 0; i < limbs.length; i++) {
      const limb = (negative ? -limbs[i]! : limbs[i]!) - borrow;
      borrow = limb < 0 ? 1 : 0;
      limbs[i] = limb + borrow * BASE;
    }
    const digits = (from: number, to: number) => {
      const parts: string[] = [];
      for (let i = to - 1; i >= from; i--) parts.push(String(limbs[i]!).padStart(LIMB_DIGITS, "0"));
      return parts.join("");
    };
    const whole = digits(this.#point, limbs.length).replace(/^0+(?=\d)/, "");
    const fraction = trimEndZeros(digits(0, this.#point));
    return (negative ? "-" : "") + whole + (fraction === "" ? "" : "." + fraction);
  }

  /** Index of the limb that holds `10 ** power`, after making room up to `10 ** highest`. */
  #limbOf(power: number, highest: number): number {
    return this.#limbAt(Math.floor(power / LIMB_DIGITS), Math.floor(highest / LIMB_DIGITS));
  }

  /** Index of the limb of `BASE ** lowest`, after making room up to `BASE ** highest` and for a carry above it. */
  #limbAt(lowest: number, highest: number): number {
    const below = Math.max(0, -(lowest + this.#point));
    const above = Math.max(0, highest + this.#point + 3 - this.#limbs.length);
    if (below > 0 || above > 0) {
      // doubled, so that a row of ever longer numbers is copied but seldom
      const before = below > 0 ? Math.max(below, this.#limbs.length) : 0;
      const after = above > 0 ? Math.max(above, this.#limbs.length) : 0;
      const wider = new Float64Array(before + this.#limbs.length + after);
      wider.set(this.#limbs, before);
      this.#limbs = wider;
      this.#point += before;
    }
    return lowest + this.#point;
  }

  /** Makes sure that `magnitude` can be added to any limb. */
  #spend(magnitude: number): void {
    if (this.#room < magnitude) this.#carry();
    this.#room -= magnitude;
  }

  /** Brings every limb between -BASE and BASE. The top two are always free to take what comes up. */
  #carry(): void {
    if (this.#room === ROOM) return;
    const top = this.#limbs.length - 1;
    if (Math.abs(this.#limbs[top - 1]!) >= BASE || this.#limbs[top] !== 0) this.#limbAt(0, top - this.#point + 1);
    const limbs = this.#limbs;
    let carried = 0;
    for (let i = 0; i < limbs.length; i++) {
      const limb = limbs[i]! + carried;
      carried = Math.trunc(limb / BASE);
      limbs[i] = limb - carried * BASE;
    }
    this.#room = ROOM;
  }
}

function isNotZero(limb: number): boolean {
  return limb !== 0;
}

/** Without the zeros at the end; a regular expression would take quadratic time for many of them in the middle. */
function trimEndZeros(digits: string): string {
  let end = digits.length;
  while (end > 0 && digits.charCodeAt(end - 1) === 48) end--;
  return digits.slice(0, end);
}
