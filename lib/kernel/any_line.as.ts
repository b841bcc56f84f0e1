// @ts-nocheck -- this is AssemblyScript, with types and functions that Deno does not know
// deno-lint-ignore-file
// deno-fmt-ignore-file -- the formatter drops the decorators

/*
 * Adds a line of which nothing is proven, reading it from left to right, or puts it on the list of odd lines.
 */

import { CR, LOWER_E, MINUS, PLUS, SPACE, TAB, ZERO } from "./characters.as";
import { addRun } from "./columns.as";
import { LINE_FEEDS, lineFeedAt } from "./scan.as";

/** u32[MAX_ODD][3]: start, place of the line feed, and number of lines of this call before it, of each odd line. */
const ODD_LINES: usize = memory.data(8192 * 12, 64);
const ODD_BYTES: usize = 12;
export const MAX_ODD: usize = 8192;

/** The largest exponent, and the longest line, that the counters have room for. */
const MAX_EXPONENT: u32 = 63;
const MAX_CHARACTERS: usize = 64;
/** The longest line that is trimmed: for much longer ones the caller has a limit. */
const MAX_TRIMMED: usize = 256;

export let odd: usize = 0;
/** Lines in the stretches before this one, the odd ones among them. */
let lines: u32 = 0;

export function oddLines(): usize {
  return ODD_LINES;
}
export function maxOddLines(): u32 {
  return <u32>MAX_ODD;
}
export function oddCount(): u32 {
  return <u32>odd;
}
/** Lines that were seen since `reset`, the odd ones among them. */
export function lineCount(): u32 {
  return lines;
}

/** Counts the lines of a stretch, when all are added or on the list. */
@inline
export function countLines(count: u32): void {
  lines += count;
}

/** Forgets counts and odd lines. */
export function forgetLines(): void {
  lines = 0;
  odd = 0;
}

/** Adds the line that begins at `from`, and ends with the line feed at `feed` of LINE_FEEDS, or puts it on the list. */
export function addLine(from: usize, feed: usize, mark: u32): void {
  const lf = lineFeedAt(feed);
  const to = lf - usize(load<u8>(lf - 1) == CR);
  // before `from`, it belongs to the line before
  if (<isize>(to - from) > 0 && to - from <= MAX_TRIMMED) {
    if (addNumber(from, to, mark)) return;
    const start = skipBlanks(from, to);
    const end = skipBlanksBack(start, to);
    if ((start != from || end != to) && addNumber(start, end, mark)) return;
  }
  const entry = ODD_LINES + odd * ODD_BYTES;
  store<u32>(entry, <u32>from);
  store<u32>(entry, <u32>lf, 4);
  store<u32>(entry, lines + <u32>((feed - LINE_FEEDS) >> 1), 8);
  odd++;
}

/**
 * Adds `[+-] digits [mark digits] [e [+-] digits]` of up to 64 characters.
 *
 * @returns Whether it is of that form; if not, nothing was added.
 */
function addNumber(from: usize, to: usize, mark: u32): bool {
  if (to - from - 1 >= MAX_CHARACTERS) return false;
  const sign = <u32>load<u8>(from);
  const start = from + isSign(sign);
  const point = skipDigits(start, to);
  let end = point;
  let places: usize = 0;
  if (end < to && load<u8>(end) == mark) {
    end = skipDigits(point + 1, to);
    places = end - point - 1;
  }
  if (point - start + places == 0) return false;
  let exponent: isize = 0;
  if (end < to) {
    if ((<u32>load<u8>(end) | 32) != LOWER_E || to - end < 2) return false;
    const exponentSign = <u32>load<u8>(end + 1);
    const exponentFrom = end + 1 + isSign(exponentSign);
    if (exponentFrom == to || to - exponentFrom > 4 || skipDigits(exponentFrom, to) != to) return false;
    let value: u32 = 0;
    for (let i = exponentFrom; i < to; i++) value = value * 10 + load<u8>(i) - ZERO;
    if (value > MAX_EXPONENT) return false;
    exponent = select<isize>(-<isize>value, <isize>value, exponentSign == MINUS);
  }
  addRun(start, point, exponent, sign);
  addRun(end - places, end, exponent - <isize>places, sign);
  return true;
}

/** 1 for a sign, or 0. */
@inline
function isSign(byte: u32): usize {
  return usize(((byte - PLUS) & ~(MINUS - PLUS)) == 0);
}

/** The first place at or after `from` that is no digit, or `to`. */
@inline
function skipDigits(from: usize, to: usize): usize {
  for (let at = from; at < to; at += 16) {
    // digits, and no others, become the least unsigned bytes, 0 to 9
    const values = i8x16.sub(v128.load(at), i8x16.splat(<i8>ZERO));
    const others = <u32>i8x16.bitmask(i8x16.gt_u(values, i8x16.splat(9)));
    if (others != 0) return min(at + <usize>ctz(others), to);
  }
  return to;
}

/** The first place at or after `from` that is no blank, or `to`. */
function skipBlanks(from: usize, to: usize): usize {
  for (let at = from; at < to; at += 16) {
    const others = ~blanksAt(at) & 0xffff;
    if (others != 0) return min(at + <usize>ctz(others), to);
  }
  return to;
}

/** Just after the last place before `to` that is no blank; there is one at `from`, or nothing between the two. */
function skipBlanksBack(from: usize, to: usize): usize {
  for (let at = to; at > from; at -= 16) {
    const others = ~blanksAt(at - 16) << 16;
    if (others != 0) return at - <usize>clz(others);
  }
  return from;
}

/** Where the blanks are of the 16 characters there: the lowest bit is the first. */
@inline
function blanksAt(at: usize): u32 {
  const characters = v128.load(at);
  const isSpace = i8x16.eq(characters, i8x16.splat(<i8>SPACE));
  return i8x16.bitmask(v128.or(isSpace, i8x16.eq(characters, i8x16.splat(<i8>TAB))));
}
