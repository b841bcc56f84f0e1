// @ts-nocheck -- this is AssemblyScript, with types and functions that Deno does not know
// deno-lint-ignore-file
// deno-fmt-ignore-file -- the formatter drops the decorators

/*
 * Counters for columns of digits, and what adds characters to them. Two neighbours share a counter, a pair: ten times
 * the left digit and once the right one, with the line's sign.
 */

import { MINUS, ZERO } from "./characters.as";

/** The widest line for vectors, with its CR. */
export const WIDE: usize = 32;
/**
 * Kinds of lines: by how many bytes before the line feed the decimal mark stands, 1 to 32. Without a mark that is the
 * place of the CR, 1, or else 0.
 */
const KINDS: usize = WIDE + 1;
/** Counters of a kind: pair 15 is of the last two characters. */
const PAIRS: usize = WIDE / 2;
/** i32[KINDS][PAIRS]. They cannot overflow: the whole memory has room for fewer than 2^31 / 99 lines of two digits. */
const PAIRS_32: usize = memory.data(33 * 16 * 4, 64);
/** Lines that may be added to counters of 16 bits before they are emptied into those: 99 * 328 < 2^15. */
export const MAX_LINES_16: u32 = 328;
/** i16[17][PAIRS]: of lines of up to 16 characters. The first half of each kind's, and all of kind 16, stay empty. */
const SHORT_16: usize = memory.data(17 * 16 * 2, 64);
/** i16[KINDS][PAIRS]: of wider lines; they are few, and so emptied less often. */
const WIDE_16: usize = memory.data(33 * 16 * 2, 64);

/** i32[POWERS][8]: the pairs of 16 digits, by the power of ten of the last, 10^-128 first. */
const RUNS: usize = memory.data(256 * 8 * 4, 64);
/** i32[POWERS]: the sums by power of ten. */
const BY_POWER: usize = memory.data(256 * 4, 64);
const POWERS: usize = 256;
const ONES: usize = 128;
/** i32[POWERS][2]: the powers whose sums are not zero, and those sums. */
const SUMS: usize = memory.data(256 * 8, 64);

const WEIGHTS_OF_SIGN: usize = 16;
export const WEIGHTS_OF_LENGTH: usize = 2 * 16;
/**
 * i8[17][32][2][16]: the weights of 16 characters, by how far before their end the decimal mark stands, or 0 if it is
 * not among them; by how many of them belong to the line, where 17 stands for 16 that have more before them; and by
 * sign, with a minus first. Lengths from 18 on have no weight, and zeros stand before the first kind too: with a length
 * of -1, that of a line that is passed over, nothing counts. It stands behind the other tables, so that `addShort` can
 * subtract from its place.
 */
export const WEIGHTS: usize = memory.data((1 + 17 * 32) * 2 * 16, 64) + WEIGHTS_OF_LENGTH;
export const WEIGHTS_OF_KIND: usize = 32 * 2 * 16;
/** One shift makes a length an index of weights, or a kind one of counters; and twice it, a kind one of weights. */
export const SCALE: u32 = 5;
for (let kind: usize = 0; kind <= 16; kind++) {
  for (let length: usize = 0; length <= 17; length++) {
    for (let place: usize = 0; place < 16; place++) {
      const weight = weightOf(place, 16 - kind);
      // the first character of a line with a minus is that
      const minus = length > 16 || place + length > 16;
      const plus = place + length >= 16;
      const at = WEIGHTS + kind * WEIGHTS_OF_KIND + length * WEIGHTS_OF_LENGTH + place;
      store<i8>(at, minus ? -weight : 0);
      store<i8>(at + WEIGHTS_OF_SIGN, plus ? weight : 0);
    }
  }
}

/** Vectors of 16 times the same byte are loaded: a constant one would be made anew by V8 wherever a loop uses it. */
const ZEROS_16: usize = memory.data(16, 16);
v128.store(ZEROS_16, i8x16.splat(<i8>ZERO));

/** At most so many lines are in SHORT_16, and so many in WIDE_16. */
let shortLines: u32 = 0;
let wideLines: u32 = 0;
/** Whether anything is in RUNS. */
let hasRuns: bool = false;

/** Where `collect` lists the sums: of each the power of ten, and how many of that there are. */
export function sums(): usize {
  return SUMS;
}
export function maxSums(): u32 {
  return <u32>POWERS;
}

/** What the digit at a place of 16 characters counts in its pair, if the decimal mark is at `mark`, or nowhere for 16. */
function weightOf(place: usize, mark: usize): i8 {
  if (place == mark) return 0;
  return (place & 1) != 0 || (place ^ 1) == mark ? 1 : 10;
}

/** What `pairsOf`, `addShort` and `addWide` want as `zeros`. */
@inline
export function loadZeros(): v128 {
  return v128.load(ZEROS_16);
}

/** Which weights are for a line known to begin with a digit or a minus. */
@inline
export function signOf(first: u32): usize {
  // of these, only the minus has no bit of 16, which is WEIGHTS_OF_SIGN
  return <usize>(first & 16);
}

/** 8 pairs of the characters, with weights that stand in memory. */
@inline
export function pairsOf(characters: v128, weights: usize, zeros: v128): v128 {
  return weighted(characters, v128.load(weights), zeros);
}

/** 8 pairs of characters, weighted. What is below '0' counts as zero, and what is above '9' must have no weight. */
@inline
function weighted(characters: v128, weights: v128, zeros: v128): v128 {
  return i16x8.relaxed_dot_i8x16_i7x16_s(weights, i8x16.sub_sat_u(characters, zeros));
}

/** Sees to it that so many lines, at most MAX_LINES_16, may be added by `addShort`. */
@inline
export function makeRoom(count: u32): void {
  if (shortLines + count > MAX_LINES_16) widenShort();
  shortLines += count;
}

/**
 * Adds a line of up to 16 characters, the last of the 16 given. Here the number of instructions counts, and to subtract
 * a constant from an index takes none; so that is done here only.
 *
 * @param byKind 15 more than its kind, scaled.
 * @param byLength 1 more than its length, scaled.
 */
@inline
export function addShort(last: v128, byKind: usize, byLength: usize, sign: usize, zeros: v128): void {
  const weights = v128.load((byKind << SCALE) + byLength + sign, WEIGHTS - 15 * WEIGHTS_OF_KIND - WEIGHTS_OF_LENGTH);
  const counters = v128.load(byKind, SHORT_16 + 16 - 15 * PAIRS * 2);
  v128.store(byKind, i16x8.add(counters, weighted(last, weights, zeros)), SHORT_16 + 16 - 15 * PAIRS * 2);
}

/** Adds a line of 17 to 32 characters, the last of `head` and `last`. */
@inline
export function addWide(head: v128, last: v128, length: usize, kind: usize, sign: usize, zeros: v128): void {
  if (wideLines == MAX_LINES_16) widenWide();
  wideLines++;
  const kindOfHead: usize = kind > 16 ? kind - 16 : 0;
  const kindOfLast: usize = kind > 16 ? 0 : kind;
  const weights = WEIGHTS + sign;
  const counters = WIDE_16 + kind * (PAIRS * 2);
  addPairs(counters, pairsOf(head, weights + kindOfHead * WEIGHTS_OF_KIND + (length - 16) * WEIGHTS_OF_LENGTH, zeros));
  addPairs(counters + 16, pairsOf(last, weights + kindOfLast * WEIGHTS_OF_KIND + min<usize>(length, 17) * WEIGHTS_OF_LENGTH, zeros));
}

/** Adds the pairs of many lines of a kind, the sums of those of `head` and of `last`. */
@inline
export function addUp(kind: usize, head: v128, last: v128): void {
  const counters = PAIRS_32 + kind * (PAIRS * 4);
  addShorts(counters, head);
  addShorts(counters + 32, last);
}

/** Adds the digits of [from, to), any number of them, of which the last counts 10^power. */
@inline
export function addRun(from: usize, to: usize, power: isize, sign: u32): void {
  while (from != to) {
    const length = min<usize>(to - from, 16);
    addDigits(v128.load(to - 16), length, power, sign);
    to -= length;
    power += 16;
  }
}

/** Adds the last digits of 16 characters, as many as `length`, of which the last one counts 10^power. */
@inline
export function addDigits(characters: v128, length: usize, power: isize, sign: u32): void {
  hasRuns = true;
  // with a minus the weights leave one character out, which here is no part of them
  const weights = WEIGHTS + select<usize>(WEIGHTS_OF_LENGTH, WEIGHTS_OF_SIGN, sign == MINUS);
  const counters = RUNS + ((<usize>power + ONES) << 5);
  addShorts(counters, pairsOf(characters, weights + length * WEIGHTS_OF_LENGTH, loadZeros()));
}

/** Adds 8 pairs to counters of 16 bits. */
@inline
function addPairs(counters: usize, pairs: v128): void {
  v128.store(counters, i16x8.add(v128.load(counters), pairs));
}

/** Adds 8 integers of 16 bits to 8 counters of 32 bits. */
@inline
function addShorts(counters: usize, shorts: v128): void {
  v128.store(counters, i32x4.add(v128.load(counters), i32x4.extend_low_i16x8_s(shorts)));
  v128.store(counters, i32x4.add(v128.load(counters, 16), i32x4.extend_high_i16x8_s(shorts)), 16);
}

/** Empties the counters of short lines into those of 32 bits. */
function widenShort(): void {
  for (let kind: usize = 0; kind <= 16; kind++) widen(SHORT_16 + kind * (PAIRS * 2) + 16, kind * PAIRS + 8);
  shortLines = 0;
}

/** The same for wide lines. */
function widenWide(): void {
  for (let i: usize = 0; i < KINDS * PAIRS; i += 8) widen(WIDE_16 + (i << 1), i);
  wideLines = 0;
}

/** Empties 8 counters of 16 bits into those of 32 bits from number `index` on. */
@inline
function widen(shorts: usize, index: usize): void {
  addShorts(PAIRS_32 + (index << 2), v128.load(shorts));
  v128.store(shorts, i64x2.splat(0));
}

/** The power of ten that a pair of a kind counts: that of its right column, or of its left one if that is the mark. */
function powerOf(kind: usize, pair: usize): isize {
  const mark: usize = WIDE - kind;
  const right: usize = 2 * pair + 1;
  const column: usize = right - usize(right == mark);
  return <isize>mark - <isize>column - <isize>(column < mark);
}

/** Moves a counter's value to the sum of its power of ten. */
@inline
function move(counter: usize, power: isize): void {
  const value = load<i32>(counter);
  if (value == 0) return;
  store<i32>(counter, 0);
  const at = BY_POWER + ((<usize>power + ONES) << 2);
  store<i32>(at, load<i32>(at) + value);
}

/** Empties all counters into the list of sums, and returns how many there are. */
export function collect(): u32 {
  widenShort();
  if (wideLines != 0) widenWide();
  for (let kind: usize = 0; kind < KINDS; kind++) {
    for (let pair: usize = 0; pair < PAIRS; pair++) move(PAIRS_32 + ((kind * PAIRS + pair) << 2), powerOf(kind, pair));
  }
  if (hasRuns) {
    for (let i: usize = 0; i < POWERS * 8; i++) {
      move(RUNS + (i << 2), <isize>(i >> 3) - <isize>ONES + 2 * (7 - <isize>(i & 7)));
    }
  }
  hasRuns = false;
  return listSums();
}

/** Lists the sums by power that are not zero. */
function listSums(): u32 {
  let count: u32 = 0;
  for (let i: usize = 0; i < POWERS; i++) {
    const value = load<i32>(BY_POWER + (i << 2));
    if (value == 0) continue;
    const entry = SUMS + (<usize>count << 3);
    store<i32>(entry, <i32>i - <i32>ONES);
    store<i32>(entry, value, 4);
    count++;
  }
  return count;
}

/** Forgets all sums. */
export function forgetSums(): void {
  memory.fill(SHORT_16, 0, 17 * PAIRS * 2);
  memory.fill(WIDE_16, 0, KINDS * PAIRS * 2);
  memory.fill(PAIRS_32, 0, KINDS * PAIRS * 4);
  memory.fill(BY_POWER, 0, POWERS * 4);
  if (hasRuns) memory.fill(RUNS, 0, POWERS * 8 * 4);
  hasRuns = false;
  shortLines = 0;
  wideLines = 0;
}
