/** The longest line, in bytes, without its line feed and an optional CR before it. */
export const MAX_LINE_BYTES = 1024 * 1024;
/** As many of an input's first bytes as its first line may have, with what is around it. */
export const FIRST_LINE_BYTES = MAX_LINE_BYTES + 8;
/** The largest exponent, either way. */
export const MAX_EXPONENT = 10_000;

/** How numbers are written. */
export interface Marks {
  /** The byte between a number's whole and its fraction: `.` or `,`. */
  decimal: number;
  /** The byte between groups of three digits before the decimal mark, or -1 where there is none. */
  group: number;
}

/** Numbers as `1234.5`: a point, and no groups. */
export const PLAIN_MARKS: Marks = { decimal: 46, group: -1 };

/** Where in the bytes the parts of a number stand. Each `from` is at most its `to`. */
export interface NumberParts {
  /** Whether there is a minus sign. */
  negative: boolean;
  /** Where the digits before the decimal mark begin, group marks among them. */
  wholeFrom: number;
  /** Where they end. */
  wholeTo: number;
  /** Where the digits after the decimal mark begin. */
  fractionFrom: number;
  /** Where they end. */
  fractionTo: number;
  /** From -{@linkcode MAX_EXPONENT} to {@linkcode MAX_EXPONENT}. */
  exponent: number;
}

const TAB = 9;
const CR = 13;
const SPACE = 32;
const PLUS = 43;
const MINUS = 45;
const ZERO = 48;
const LOWER_E = 101;

/** Whether the byte may stand around a number. */
export function isBlankByte(byte: number | undefined): boolean {
  return byte === SPACE || byte === TAB;
}

/** Where the line `bytes[from, to)` ends without a CR at its end. */
export function withoutCr(bytes: Uint8Array, from: number, to: number): number {
  return to > from && bytes[to - 1] === CR ? to - 1 : to;
}

/**
 * Finds the parts of the number that is all of `bytes[from, to)`, without anything around it:
 * `[+-]` digits, optional fraction, optional exponent, at least one digit before the exponent.
 *
 * @returns `undefined` if the bytes are not such a number; `explainLine` says why.
 */
export function parseNumber(
  bytes: Uint8Array,
  from: number,
  to: number,
  marks: Marks = PLAIN_MARKS,
): NumberParts | undefined {
  let i = from;
  const sign = bytes[i];
  if (i < to && (sign === MINUS || sign === PLUS)) i++;
  const wholeFrom = i;
  i = skipDigits(bytes, i, to);
  if (i < to && bytes[i] === marks.group) {
    i = skipGroups(bytes, wholeFrom, i, to, marks.group);
    if (i < 0) return undefined;
  }
  const wholeTo = i;
  let fractionFrom = i;
  if (i < to && bytes[i] === marks.decimal) {
    fractionFrom = i + 1;
    i = skipDigits(bytes, fractionFrom, to);
  }
  const fractionTo = i;
  if (wholeTo === wholeFrom && fractionTo === fractionFrom) return undefined;
  let exponent = 0;
  if (i < to) {
    if ((bytes[i]! | 32) !== LOWER_E) return undefined;
    const parsed = parseExponent(bytes, i + 1, to);
    if (parsed === undefined || Math.abs(parsed) > MAX_EXPONENT) return undefined;
    exponent = parsed;
  }
  return { negative: sign === MINUS, wholeFrom, wholeTo, fractionFrom, fractionTo, exponent };
}

/**
 * Reads the optional sign and the digits that are all of `bytes[from, to)`.
 *
 * @returns The exponent, ±Infinity if it has too many digits for a number, or `undefined` if the bytes are none.
 */
export function parseExponent(bytes: Uint8Array, from: number, to: number): number | undefined {
  const sign = from < to ? bytes[from] : undefined;
  const digits = sign === MINUS || sign === PLUS ? from + 1 : from;
  if (digits === to || skipDigits(bytes, digits, to) !== to) return undefined;
  let value = 0;
  for (let i = digits; i < to; i++) value = value * 10 + bytes[i]! - ZERO;
  return sign === MINUS ? -value : value;
}

/** The first place at or after `from` that is no digit, or `to`. */
export function skipDigits(bytes: Uint8Array, from: number, to: number): number {
  let i = from;
  while (i < to && bytes[i]! - ZERO >>> 0 <= 9) i++;
  return i;
}

/**
 * The end of the groups of three that begin at `mark`, after one to three digits from `first`; -1 if they are of
 * another size. Nobody writes `0.123` for 123: with the point for a group mark it is a fraction of another notation.
 */
function skipGroups(bytes: Uint8Array, first: number, mark: number, to: number, group: number): number {
  if (mark === first || mark - first > 3 || bytes[first] === ZERO) return -1;
  let i = mark;
  while (i < to && bytes[i] === group) {
    const next = skipDigits(bytes, i + 1, to);
    if (next !== i + 4) return -1;
    i = next;
  }
  return i;
}

const BYTE_ORDER_MARK = [0xEF, 0xBB, 0xBF];

/** Bytes of the UTF-8 byte order mark that `bytes` begin with: 3, or 0 where there is none. */
export function lengthOfByteOrderMark(bytes: Uint8Array): number {
  return BYTE_ORDER_MARK.every((byte, i) => bytes[i] === byte) ? BYTE_ORDER_MARK.length : 0;
}
