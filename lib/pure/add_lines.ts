import { ExactSum } from "./exact_sum.ts";
import {
  isBlankByte,
  type Marks,
  MAX_LINE_BYTES,
  type NumberParts,
  parseNumber,
  PLAIN_MARKS,
  withoutCr,
} from "./parse_number.ts";

/** What is known of a stretch of whole lines. Every line is counted in exactly one of the three. */
export interface Tally {
  sum: ExactSum;
  /** Lines that hold a number. */
  count: number;
  /** Lines that hold nothing but spaces, tabs and a CR. */
  blank: number;
  /** Bad lines that were passed over. */
  skipped: number;
  /** What else is to be known of the numbers; only {@linkcode addLines} fills it. */
  stats?: NumberStats | undefined;
}

/** Called for a bad line `bytes[from, to)`, without its line feed; the tally counts just the lines before it. */
export type OnBadLine = (from: number, to: number) => void;

/**
 * Adds whole lines to a tally.
 *
 * @param bytes Lines, each with its line feed.
 * @param onBadLine Called in the file's order for each bad line, which is then passed over. Without it the first
 * bad line ends the work.
 * @returns Where the first bad line begins, and the tally holds exactly the lines before it; or `bytes.length`.
 */
export type AddLines = (tally: Tally, bytes: Uint8Array, marks: Marks, onBadLine?: OnBadLine) => number;

/** A tally of no lines. */
export function emptyTally(): Tally {
  return { sum: new ExactSum(), count: 0, blank: 0, skipped: 0 };
}

/**
 * {@linkcode AddLines} in plain TypeScript: the reference that the kernel must agree with, and the path where
 * wasm is not wanted.
 */
export const addLines: AddLines = (tally, bytes, marks, onBadLine) => {
  for (let from = 0; from < bytes.length;) {
    const to = bytes.indexOf(10, from);
    if (!addLine(tally, bytes, from, to, marks)) {
      if (!onBadLine) return from;
      onBadLine(from, to);
      tally.skipped++;
    }
    from = to + 1;
  }
  return bytes.length;
};

/**
 * Adds one line `bytes[from, to)`, without its line feed, of any accepted form.
 *
 * @returns Whether it is a number or blank; if not, the tally is as it was.
 */
export function addLine(
  tally: Tally,
  bytes: Uint8Array,
  from: number,
  to: number,
  marks: Marks = PLAIN_MARKS,
): boolean {
  let start = from;
  let end = withoutCr(bytes, from, to);
  if (end - start > MAX_LINE_BYTES) return false;
  while (start < end && isBlankByte(bytes[start])) start++;
  while (start < end && isBlankByte(bytes[end - 1])) end--;
  if (start === end) {
    tally.blank++;
    return true;
  }
  const parts = parseNumber(bytes, start, end, marks);
  if (!parts) return false;
  addNumber(tally.sum, bytes, parts, marks);
  tally.stats?.add(bytes, parts);
  tally.count++;
  return true;
}

/** Adds the number whose parts stand in the bytes. */
export function addNumber(sum: ExactSum, bytes: Uint8Array, parts: NumberParts, marks: Marks = PLAIN_MARKS): void {
  const { negative, wholeFrom, wholeTo, fractionFrom, fractionTo, exponent } = parts;
  sum.addDigits(bytes, fractionFrom, fractionTo, exponent - (fractionTo - fractionFrom), negative);
  if (marks.group >= 0 && bytes.subarray(wholeFrom, wholeTo).includes(marks.group)) {
    const digits = bytes.slice(wholeFrom, wholeTo).filter((byte) => byte !== marks.group);
    sum.addDigits(digits, 0, digits.length, exponent, negative);
  } else {
    sum.addDigits(bytes, wholeFrom, wholeTo, exponent, negative);
  }
}

/** What is known of numbers beside their sum, as a checkpoint holds it. Every part of it is exact. */
export interface StatsState {
  /** The smallest number, in plain decimal digits; `null` where there is none. */
  min: string | null;
  /** The largest, likewise. */
  max: string | null;
  /** The sum of the squares. */
  squares: string;
  /** How the numbers are distributed, as `Histogram` writes it. */
  histogram: string;
}

/** What is known of numbers beside their sum, while they are being added. */
export interface NumberStats {
  /** Takes the number whose parts stand in the bytes. */
  add(bytes: Uint8Array, parts: NumberParts): void;
  /** Takes all numbers of another. */
  merge(other: StatsState): void;
  /** What is known by now. */
  readonly state: StatsState;
}

/** Makes a {@linkcode NumberStats} that goes on from a state. */
export type MakeStats = (state: StatsState) => NumberStats;

/** What is known of no numbers. */
export const NO_STATS: StatsState = { min: null, max: null, squares: "0", histogram: "" };
