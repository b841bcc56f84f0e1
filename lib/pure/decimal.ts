import type { NumberParts } from "./parse_number.ts";

/** A decimal number: `±digits * 10 ** power`. */
export interface Decimal {
  negative: boolean;
  /** Without zeros at either end; none for zero. */
  digits: string;
  power: number;
}

/** The number whose parts stand in the bytes; group marks are passed over. */
export function decimalOf(bytes: Uint8Array, parts: NumberParts): Decimal {
  const { negative, wholeFrom, wholeTo, fractionFrom, fractionTo, exponent } = parts;
  const text = new TextDecoder().decode(bytes.subarray(wholeFrom, wholeTo)).replace(/\D/g, "") +
    new TextDecoder().decode(bytes.subarray(fractionFrom, fractionTo));
  return trimmed(negative, text, exponent - (fractionTo - fractionFrom));
}

/** Reads plain digits, as {@linkcode toPlainDigits} writes them. */
export function fromPlainDigits(text: string): Decimal {
  const [whole = "", fraction = ""] = text.replace("-", "").split(".");
  return trimmed(text.startsWith("-"), whole + fraction, -fraction.length);
}

/** Writes a number without exponent and without zeros that say nothing. */
export function toPlainDigits({ negative, digits, power }: Decimal): string {
  if (digits === "") return "0";
  const sign = negative ? "-" : "";
  if (power >= 0) return sign + digits + "0".repeat(power);
  const padded = digits.padStart(1 - power, "0");
  return `${sign}${padded.slice(0, power)}.${padded.slice(power)}`;
}

/** Less than 0 if `a` is the smaller one, 0 if they are equal, more than 0 otherwise. */
export function compareDecimals(a: Decimal, b: Decimal): number {
  const sign = signOf(a);
  if (sign !== signOf(b)) return sign - signOf(b);
  const length = a.power + a.digits.length - b.power - b.digits.length;
  if (length !== 0) return sign * length;
  return a.digits === b.digits ? 0 : a.digits < b.digits ? -sign : sign;
}

/** -1, 0 or 1. */
function signOf({ negative, digits }: Decimal): number {
  return digits === "" ? 0 : negative ? -1 : 1;
}

/** A number from digits that may have zeros at either end. */
export function trimmed(negative: boolean, text: string, power: number): Decimal {
  let from = 0;
  let to = text.length;
  while (from < to && text.charCodeAt(from) === 48) from++;
  while (to > from && text.charCodeAt(to - 1) === 48) to--;
  return { negative: negative && from < to, digits: text.slice(from, to), power: power + text.length - to };
}
