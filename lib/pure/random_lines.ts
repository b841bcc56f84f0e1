import { randomBelow, randomBits } from "./random.ts";

/** What random numbers are wanted. */
export interface RandomNumbers {
  count: number;
  /** The smallest and the largest, in units of the last decimal place; at most 2^52 either way. */
  min: number;
  max: number;
  /** Decimal places. */
  decimals: number;
  /** From 0 to 2^32 - 1; the same seed gives the same numbers on every machine. */
  seed: number;
}

/** Some lines of text, and the sum of their numbers in units of the last decimal place. */
export interface RandomLines {
  text: string;
  units: bigint;
}

/** Numbers that are made in one go. */
const CHUNK = 8192;

/** Makes random numbers as text, one a line, some thousands at a time. */
export function* randomLines({ count, min, max, decimals, seed }: RandomNumbers): Generator<RandomLines, void> {
  const next = randomBelow(randomBits(seed), max - min + 1);
  for (let left = count; left > 0; left -= CHUNK) {
    let text = "";
    let units = 0n;
    let subtotal = 0;
    for (let i = Math.min(left, CHUNK); i > 0; i--) {
      const value = min + next();
      if (Math.abs(subtotal) >= 2 ** 52) {
        units += BigInt(subtotal);
        subtotal = 0;
      }
      subtotal += value;
      text += decimals === 0 ? `${value}\n` : `${placePoint(String(value), decimals)}\n`;
    }
    yield { text, units: units + BigInt(subtotal) };
  }
}

/** Puts a point before the last `decimals` digits of a whole number. */
export function placePoint(units: string, decimals: number): string {
  if (decimals === 0) return units;
  const sign = units.startsWith("-") ? "-" : "";
  const digits = units.slice(sign.length).padStart(decimals + 1, "0");
  return `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}
