// @ts-nocheck -- this is AssemblyScript, with types and functions that Deno does not know
// deno-lint-ignore-file
// deno-fmt-ignore-file -- the formatter drops the decorators

/*
 * Adds a line of which nothing is proven, reading it from left to right, or puts it on the list of odd lines.
 */

import { CR, LOWER_E, MINUS, PLUS, SPACE, TAB, ZERO } from "./characters.as";
import { addDigits, addRun, loadZeros } from "./columns.as";
import { LINE_FEEDS, lineFeedAt } from "./scan.as";

/**
 * u32[MAX_ODD][3]: start, place of the line feed, and number of lines before it since `reset`, of each odd line. They
 * are in order, but for such that `addProven` finds too long: these come behind the strange ones of their stretch.
 */
const ODD_LINES: usize = memory.data(32768 * 12, 64);
const ODD_BYTES: usize = 12;
export const MAX_ODD: usize = 32768;

/** The largest exponent, and the longest line, that the counters have room for. */
const MAX_EXPONENT: u32 = 63;
const MAX_CHARACTERS: usize = 64;
/** The longest line that is trimmed: for much longer ones the caller has a limit. */
const MAX_TRIMMED: usize = 256;

const NINES_16: usize = memory.data(16, 16);
v128.store(NINES_16, i8x16.splat(9));
/** u8[16][16]: what leaves a mark out of 16 characters, by how many stand behind it. */
const WITHOUT_MARK: usize = memory.data(16 * 16, 16);
for (let places: usize = 0; places < 16; places++) {
  for (let i: usize = 0; i < 16; i++) store<u8>(WITHOUT_MARK + (places << 4) + i, <u8>(i + places < 16 ? i - 1 : i) & 0x8f);
}

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
 * Adds `[+-] digits [mark digits] [e [+-] digits]` of up to 64 characters. No digit may stand at `to`.
 *
 * @returns Whether it is of that form; if not, nothing was added.
 */
function addNumber(from: usize, to: usize, mark: u32): bool {
  const length = to - from;
  if (length - 1 >= MAX_CHARACTERS) return false;
  const sign = <u32>load<u8>(from);
  const start = isSign(sign);
  // where no digit stands; without the sign, the lowest bit is where the first digits end
  let others = othersAt(from, length) & ~<u64>start;
  const point = <usize>ctz(others);
  others &= others - 1;
  let end = point;
  let places: usize = 0;
  if (end < length && load<u8>(from + end) == mark) {
    end = <usize>ctz(others);
    places = end - point - 1;
  }
  if (point - start + places == 0) return false;
  let exponent: isize = 0;
  if (end < length) {
    if ((<u32>load<u8>(from + end) | 32) != LOWER_E || length - end < 2) return false;
    const exponentSign = <u32>load<u8>(from + end + 1);
    const exponentFrom = end + 1 + isSign(exponentSign);
    others &= <u64>-1 << <u64>exponentFrom;
    if (exponentFrom == length || length - exponentFrom > 4 || ctz(others) != <u64>length) return false;
    let value: u32 = 0;
    for (let i = exponentFrom; i < length; i++) value = value * 10 + load<u8>(from + i) - ZERO;
    if (value > MAX_EXPONENT) return false;
    exponent = select<isize>(-<isize>value, <isize>value, exponentSign == MINUS);
  }
  const power = exponent - <isize>places;
  if (places != 0 && end - start <= 16) {
    addDigits(withoutMark(from + end, places), end - start - 1, power, sign);
  } else {
    addRun(from + start, from + point, exponent, sign);
    addRun(from + end - places, from + end, power, sign);
  }
  return true;
}

/** 1 for a sign, or 0. */
@inline
function isSign(byte: u32): usize {
  return usize(((byte - PLUS) & ~(MINUS - PLUS)) == 0);
}

/** Where of 64 characters no digits stand: the lowest bit is the first. Of 32 or less, those behind are not looked at. */
@inline
function othersAt(at: usize, length: usize): u64 {
  const zeros = loadZeros();
  const nines = v128.load(NINES_16);
  let digits = digitsAt(at, zeros, nines);
  if (length > 32) digits |= digitsAt(at + 32, zeros, nines) << 32;
  return ~digits;
}

/** Where of 32 characters digits stand. */
@inline
function digitsAt(at: usize, zeros: v128, nines: v128): u64 {
  return <u64>(digitsIn(v128.load(at), zeros, nines) | (digitsIn(v128.load(at, 16), zeros, nines) << 16));
}

@inline
function digitsIn(characters: v128, zeros: v128, nines: v128): u32 {
  // digits, and no others, become the least unsigned bytes, 0 to 9
  const values = i8x16.sub(characters, zeros);
  return <u32>i8x16.bitmask(i8x16.eq(i8x16.min_u(values, nines), values));
}

/** The last 15 digits before `to`, with a mark before the last `places` (1 to 15) of them, behind a byte of no meaning. */
@inline
function withoutMark(to: usize, places: usize): v128 {
  return i8x16.relaxed_swizzle(v128.load(to - 16), v128.load(WITHOUT_MARK + (places << 4)));
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
