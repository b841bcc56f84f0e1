import { compareDecimals, type Decimal, fromPlainDigits, toPlainDigits, trimmed } from "./decimal.ts";

/** Digits that are looked at for a first comparison; more than a double can tell apart. */
const DIGITS_COMPARED = 20;

/**
 * The smallest or the largest of some numbers, exactly.
 *
 * Numbers are first compared as doubles. Rounding to a double keeps their order or makes two equal; only those are
 * then compared digit for digit.
 */
export class Extreme {
  /** 1 for the largest, -1 for the smallest. */
  readonly #sign: number;
  #value: number;
  /** `undefined` where there is none yet, and for a small number. */
  #large: Decimal | undefined;
  #mantissa = NaN;
  #power = 0;

  /** @param text In plain digits, or `null` where there is no number yet. */
  constructor(which: "min" | "max", text: string | null) {
    this.#sign = which === "max" ? 1 : -1;
    this.#value = -this.#sign * Infinity;
    if (text !== null) this.add(fromPlainDigits(text));
  }

  /** In plain digits, or `null` where there was no number. */
  get text(): string | null {
    const decimal = this.#decimal;
    return decimal ? toPlainDigits(decimal) : null;
  }

  /** Takes one that {@linkcode Extreme.text} gave. */
  merge(text: string): void {
    this.add(fromPlainDigits(text));
  }

  /** Takes a number of any size. */
  add(decimal: Decimal): void {
    const value = approximate(decimal);
    const ahead = this.#sign * (value - this.#value);
    if (ahead < 0) return;
    const current = this.#decimal;
    if (!(ahead > 0) && current && this.#sign * compareDecimals(decimal, current) <= 0) return;
    this.#value = value;
    this.#large = decimal;
  }

  /**
   * Takes `mantissa * 10 ** power`.
   *
   * @param value The double that is nearest to it.
   * @param mantissa An integer of at most 15 digits: two such numbers are equal if their doubles are.
   */
  addSmall(value: number, mantissa: number, power: number): void {
    const ahead = this.#sign * (value - this.#value);
    if (ahead < 0 || ahead === 0 && !this.#large) return;
    if (ahead === 0 && this.#sign * compareDecimals(ofSmall(mantissa, power), this.#large!) <= 0) return;
    this.#value = value;
    this.#large = undefined;
    this.#mantissa = mantissa;
    this.#power = power;
  }

  get #decimal(): Decimal | undefined {
    return this.#large ?? (Number.isNaN(this.#mantissa) ? undefined : ofSmall(this.#mantissa, this.#power));
  }
}

function ofSmall(mantissa: number, power: number): Decimal {
  const negative = mantissa < 0;
  return trimmed(negative, String(Math.abs(mantissa)), power);
}

/** The double that is nearest to a number, or to its first digits; infinite or 0 for what no double reaches. */
function approximate({ negative, digits, power }: Decimal): number {
  const first = digits.slice(0, DIGITS_COMPARED) || "0";
  return Number(`${negative ? "-" : ""}${first}e${power + digits.length - first.length}`);
}
