// @ts-nocheck -- this is AssemblyScript, with types and functions that Deno does not know
// deno-lint-ignore-file
// deno-fmt-ignore-file -- the formatter drops the decorators

/*
 * The kernel: adds up lines of decimal numbers, exactly, at the speed of memory. AssemblyScript with SIMD, built
 * into kernel.wasm by tools/build_kernel.ts; kernel.ts wraps it.
 *
 * THE IDEA is to add columns, as one does on paper, and to leave the carrying to the very end. Every digit of a line
 * is added, with its line's sign, to an integer counter that is chosen by how far the digit stands from the line's
 * end and by how many digits follow the line's decimal mark:
 *
 *       -12.34      -1  -2   .  -3  -4        A vector instruction adds 16 columns at once. Nothing is multiplied,
 *         5.67           5   .   6   7        nothing is rounded, and no counter can overflow, since the lines that
 *     --------      ----------------------    went into it are counted: each adds at most 9 to a column.
 *       -6.67       -1   3   .   3   3
 *
 * A line is aligned by where it ends, so a vector is loaded from the 16 bytes before that end, and what stands there
 * before the line itself is masked out. Three paths, from fast to general:
 *
 * 1. A stretch of 4 KiB is scanned in chunks of 64 bytes, for bitmaps with a bit for each byte. A few shifts and ANDs
 *    of these prove of nearly every line that it is an optional minus and digits with decimal marks among them; and
 *    often that all lines of the stretch have their mark, if any, at the same place. Then their columns are added in
 *    registers, without another look at them (`addUniform`).
 * 2. Otherwise each line that is proven is added by itself, after a count of its marks (`addProven`).
 * 3. Lines of which nothing is proven are checked as a whole, those of up to 32 characters with vectors (`addLine`),
 *    others, and those with blanks around or with an exponent, byte by byte (`addUnusual`). What even that does not
 *    accept, a bad line perhaps, or one with 10,000 digits, goes to the list of odd lines, and the caller, who knows
 *    the whole grammar, looks at it. So the kernel may refuse too much, but must never accept too much.
 *
 * WHAT TO WATCH. A chunk is not a whole number of lines, so each bitmap's last bits are carried into the next chunk
 * (see `after`). The first line of a stretch may have begun in the stretch before, for which this one's bitmaps do not
 * vouch: nothing is proven of it. And proofs look back from a line's end, never ahead, for what is ahead may be in the
 * next stretch. Vectors reach up to 32 bytes before and 64 bytes behind the lines, where anything may stand: it is
 * read, and never counts. All scratch memory is used within one call only.
 */

const TAB: u32 = 9;
const LF: u32 = 10;
const CR: u32 = 13;
const SPACE: u32 = 32;
const PLUS: u32 = 43;
const MINUS: u32 = 45;
const ZERO: u32 = 48;
const LOWER_E: u32 = 101;

/** Added to a byte, makes digits, and no others, the greatest signed bytes, 118 to 127; and the byte before those. */
const DIGIT_SHIFT: u32 = 70;
const BELOW_DIGITS: u32 = 117;

// ---------------------------------------------------------------------------------------------------------------
// Memory. Its size is fixed when it is built (see tools/build_kernel.ts), for growth would detach the caller's views.
// ---------------------------------------------------------------------------------------------------------------

/** Where the caller puts lines: a block of 1 MiB, behind what is left of a line of 1 MiB, and some room. */
const AREA_BYTES: usize = (2 << 20) + (64 << 10);
const AREAS: usize = 3;
/** Where the wrapper copies lines that stand elsewhere. */
const STAGE_BYTES: usize = 256 << 10;
/** What may be read before and after an area: at least the 32 and 64 bytes that vectors reach beyond the lines. */
const PAD: usize = 128;
const AREA_STRIDE: usize = AREA_BYTES + 2 * PAD;
const INPUT: usize = memory.data(<i32>(AREAS * AREA_STRIDE + STAGE_BYTES + 2 * PAD), 64);

/** Bytes of a stretch: at most 2,049 good lines then end in it, for a good line has at least one character. */
const STRETCH: usize = 4096;
/** Lines that may be added to counters of 16 bits, before they are emptied into those of 32: 9 * 3,640 < 2^15. */
const MAX_LINES_16: u32 = 3640;
const MAX_LINES_STRETCH: u32 = 2049;

/** The widest line for vectors; also the number of columns. */
const WIDE: usize = 32;
/** Kinds of lines: those with the decimal mark in the column of that number, and 32, those without one. */
const KINDS: usize = WIDE + 1;
/** i16[KINDS][WIDE]: column sums, where column 31 is the last character of the line. */
const COLUMNS_16: usize = memory.data(33 * 32 * 2, 64);
/** i32 of the same shape. It cannot overflow: the whole memory has room for fewer than 2^31 / 9 lines. */
const COLUMNS_32: usize = memory.data(33 * 32 * 4, 64);

/** i32[POWERS]: the sums by power of ten, 10^-128 first. */
const POWERS: usize = 256;
const ONES: usize = 128;
const BY_POWER: usize = memory.data(256 * 4, 64);
/** The largest exponent, and the widest line, that are added digit by digit: both together stay within POWERS. */
const MAX_EXPONENT: u32 = 63;
const MAX_CHARACTERS: usize = 64;
/** The longest line that is trimmed: for much longer ones the caller has a limit. */
const MAX_TRIMMED: usize = 256;

/** u32[MAX_ODD][3]: start, place of the line feed, and number of lines of this call before it, of each odd line. */
const ODD_LINES: usize = memory.data(8192 * 12, 64);
const ODD_BYTES: usize = 12;
const MAX_ODD: usize = 8192;
/** u32[]: places of the line feeds of one stretch, and room for some more that are written and never read. */
const LINE_FEEDS: usize = memory.data((4096 + 12) * 4, 64);
/** u32[65][2]: begin and end, in LINE_FEEDS, of ranges of lines of which nothing is proven. */
const STRANGE: usize = memory.data(65 * 8, 64);

/**
 * Vectors of 16 times the same byte. V8 makes a constant vector anew wherever a loop uses it; one that was loaded stays
 * in its register, and the whole kernel is a sixth faster.
 */
const LINE_FEEDS_16: usize = memory.data(16, 16);
const MINUSES_16: usize = memory.data(16, 16);
const MARKS_16: usize = memory.data(16, 16);
const ZEROS_16: usize = memory.data(16, 16);
const DIGIT_SHIFT_16: usize = memory.data(16, 16);
const BELOW_DIGITS_16: usize = memory.data(16, 16);
v128.store(LINE_FEEDS_16, i8x16.splat(<i8>LF));
v128.store(MINUSES_16, i8x16.splat(<i8>MINUS));
v128.store(ZEROS_16, i8x16.splat(<i8>ZERO));
v128.store(DIGIT_SHIFT_16, i8x16.splat(<i8>DIGIT_SHIFT));
v128.store(BELOW_DIGITS_16, i8x16.splat(<i8>BELOW_DIGITS));

/** Bytes 16 * 00, 32 * FF, 16 * 00. */
const MASKS: usize = memory.data(64, 64);
/** Load 16 bytes at KEEP + n for a mask of the last n of 16 bytes, for n from 0 to 32 (all, from 16 on). */
const KEEP: usize = MASKS;
/** Load 16 bytes at NEGATIVE for all ones, at NEGATIVE + 16 for all zeros. */
const NEGATIVE: usize = MASKS + 32;
memory.fill(MASKS + 16, 0xff, 32);

let odd: usize = 0;
let lines: u32 = 0;
/** At most this many lines are in COLUMNS_16. */
let lines16: u32 = 0;

/** Begin of input area `index`, or, for the index after the last, of the stage. */
export function area(index: u32): usize {
  return INPUT + <usize>index * AREA_STRIDE + PAD;
}
export function areas(): u32 {
  return <u32>AREAS;
}
export function areaBytes(): u32 {
  return <u32>AREA_BYTES;
}
export function stageBytes(): u32 {
  return <u32>STAGE_BYTES;
}
export function oddLines(): usize {
  return ODD_LINES;
}
export function maxOddLines(): u32 {
  return <u32>MAX_ODD;
}
export function powers(): usize {
  return BY_POWER;
}
export function lowestPower(): i32 {
  return -<i32>ONES;
}
export function highestPower(): i32 {
  return <i32>(POWERS - ONES) - 1;
}

// ---------------------------------------------------------------------------------------------------------------
// Bitmaps of 64 bytes: the lowest bit is the first byte.
// ---------------------------------------------------------------------------------------------------------------

/** The bitmap of four vectors of all-ones and all-zeros bytes. */
@inline
function bitmap(a: v128, b: v128, c: v128, d: v128): u64 {
  const low = <u32>i8x16.bitmask(a) | (<u32>i8x16.bitmask(b) << 16);
  const high = <u32>i8x16.bitmask(c) | (<u32>i8x16.bitmask(d) << 16);
  return <u64>low | (<u64>high << 32);
}

/** Where in a chunk's 64 bytes the byte stands. */
@inline
function placesOf(byte: v128, a: v128, b: v128, c: v128, d: v128): u64 {
  return bitmap(i8x16.eq(a, byte), i8x16.eq(b, byte), i8x16.eq(c, byte), i8x16.eq(d, byte));
}

/** All ones where the byte is a digit. */
@inline
function isDigit(bytes: v128, shift: v128, below: v128): v128 {
  return i8x16.gt_s(i8x16.add(bytes, shift), below);
}

/** The places `distance` (1 to 63) bytes after those of `now`; `before` is the same bitmap of the chunk before. */
@inline
function after(now: u64, before: u64, distance: u64): u64 {
  return (now << distance) | (before >> (64 - distance));
}

// ---------------------------------------------------------------------------------------------------------------
// Columns
// ---------------------------------------------------------------------------------------------------------------

/** Adds 16 signed bytes to 16 counters of 16 bits. */
@inline
function addBytes(counters: usize, bytes: v128): void {
  v128.store(counters, i16x8.add(v128.load(counters), i16x8.extend_low_i8x16_s(bytes)));
  v128.store(counters, i16x8.add(v128.load(counters, 16), i16x8.extend_high_i8x16_s(bytes)), 16);
}

/** Adds 8 integers of 16 bits to 8 counters of 32 bits. */
@inline
function addShorts(counters: usize, shorts: v128): void {
  v128.store(counters, i32x4.add(v128.load(counters), i32x4.extend_low_i16x8_s(shorts)));
  v128.store(counters, i32x4.add(v128.load(counters, 16), i32x4.extend_high_i16x8_s(shorts)), 16);
}

/** Bytes with the sign of their line: negated where `negative` is all ones. */
@inline
function signed(bytes: v128, negative: v128): v128 {
  return i8x16.sub(v128.xor(bytes, negative), negative);
}

/** Empties the counters of 16 bits into those of 32 bits. */
function widenColumns(): void {
  for (let i: usize = 0; i < KINDS * WIDE; i += 8) {
    const shorts = v128.load(COLUMNS_16 + (i << 1));
    if (!v128.any_true(shorts)) continue;
    addShorts(COLUMNS_32 + (i << 2), shorts);
    v128.store(COLUMNS_16 + (i << 1), i64x2.splat(0));
  }
  lines16 = 0;
}

@inline
function addAtPower(power: isize, value: i32): void {
  const at = BY_POWER + ((<usize>power + ONES) << 2);
  store<i32>(at, load<i32>(at) + value);
}

/** Empties all columns into the sums by power, which the caller then reads. */
export function collect(): void {
  widenColumns();
  for (let kind: usize = 0; kind < KINDS; kind++) {
    const row = COLUMNS_32 + kind * WIDE * 4;
    for (let column: usize = 0; column < WIDE; column++) {
      const value = load<i32>(row + (column << 2));
      if (value == 0) continue;
      store<i32>(row + (column << 2), 0);
      // in the mark's own column nothing is added
      addAtPower(<isize>kind - <isize>column - (column < kind ? 1 : 0), value);
    }
  }
}

/** Forgets all sums, counts and odd lines. */
export function reset(): void {
  memory.fill(COLUMNS_16, 0, KINDS * WIDE * 2);
  memory.fill(COLUMNS_32, 0, KINDS * WIDE * 4);
  memory.fill(BY_POWER, 0, POWERS * 4);
  lines16 = 0;
  lines = 0;
  odd = 0;
}

/** Lines that were seen since `reset`, the odd ones among them. */
export function lineCount(): u32 {
  return lines;
}
export function oddCount(): u32 {
  return <u32>odd;
}

// ---------------------------------------------------------------------------------------------------------------
// One line by itself
// ---------------------------------------------------------------------------------------------------------------

/**
 * Adds `[+-] digits [mark digits]`, at least one digit, of 1 to 16 characters at [from, to), or of 17 to 32 if wide.
 *
 * @returns Whether it is of that form; if not, nothing was added.
 */
@inline
function addVector(from: usize, to: usize, mark: u32, wide: bool): bool {
  const length = to - from;
  const marks = i8x16.splat(<i8>mark);
  const zeros = v128.load(ZEROS_16);
  const shift = v128.load(DIGIT_SHIFT_16);
  const below = v128.load(BELOW_DIGITS_16);
  const last = v128.load(to - 16);
  const keepLast = v128.load(KEEP + length);
  const digitsLast = v128.and(isDigit(last, shift, below), keepLast);
  let all: u64 = i8x16.bitmask(keepLast);
  let digits: u64 = i8x16.bitmask(digitsLast);
  let markPlaces: u64 = i8x16.bitmask(v128.and(i8x16.eq(last, marks), keepLast));
  let head = last;
  let digitsHead = digitsLast;
  if (wide) {
    head = v128.load(to - 32);
    const keepHead = v128.load(KEEP + length - 16);
    digitsHead = v128.and(isDigit(head, shift, below), keepHead);
    all = <u64>i8x16.bitmask(keepHead) | (all << 16);
    digits = <u64>i8x16.bitmask(digitsHead) | (digits << 16);
    markPlaces = <u64>i8x16.bitmask(v128.and(i8x16.eq(head, marks), keepHead)) | (markPlaces << 16);
  }
  const first = load<u8>(from);
  const firstPlace = all & -all;
  const signPlace = firstPlace & -u64(((first - PLUS) & ~(MINUS - PLUS)) == 0);
  if ((digits | markPlaces | signPlace) != all) return false;
  if ((markPlaces & (markPlaces - 1)) != 0 || digits == 0) return false;

  const negative = v128.load(NEGATIVE + (<usize>(first != MINUS) << 4));
  const row = rowOf(markPlaces, wide);
  addBytes(row + 32, signed(v128.and(i8x16.sub(last, zeros), digitsLast), negative));
  if (wide) addBytes(row, signed(v128.and(i8x16.sub(head, zeros), digitsHead), negative));
  return true;
}

/** The column sums for a line with its only mark at this place of the last 16 characters, or 32 if wide. */
@inline
function rowOf(markPlaces: u64, wide: bool): usize {
  const kind: usize = wide
    ? <usize>ctz(markPlaces | (1 << 32))
    : <usize>ctz(<u32>markPlaces | (1 << 16)) + 16;
  return COLUMNS_16 + kind * WIDE * 2;
}

/** The mask for `signed`, of a line known to begin, at `from + offset`, with a digit or the minus. */
@inline
function signOf(from: usize, offset: usize): v128 {
  // of these, only the minus has no bit of 16
  return v128.load(NEGATIVE + (<usize>load<u8>(from + offset) & 16));
}

/** The values of digits; a minus, a decimal mark, and what else is below '0', becomes zero. */
@inline
function valuesOf(bytes: v128, zeros: v128): v128 {
  return i8x16.sub_sat_u(bytes, zeros);
}

@inline
function addShort(from: usize, to: usize, mark: u32): bool {
  const length = to - from;
  if (length - 1 < 16) return addVector(from, to, mark, false);
  if (length - 1 < WIDE) return addVector(from, to, mark, true);
  return false;
}

/** Adds the line whose line feed is at `load(feed)`. */
function addLine(from: usize, feed: usize, mark: u32): void {
  const lf = <usize>load<u32>(feed);
  const to = lf - usize(load<u8>(lf - 1) == CR);
  if (!addShort(from, to, mark)) addUnusual(from, to, feed, mark);
}

/** Adds a line of some other form, or leaves it to the caller. For a blank line, `to` may be before `from`. */
function addUnusual(from: usize, to: usize, feed: usize, mark: u32): void {
  if (<isize>(to - from) > 0 && to - from <= MAX_TRIMMED) {
    let start = from;
    let end = to;
    while (start < end && isBlank(load<u8>(start))) start++;
    while (start < end && isBlank(load<u8>(end - 1))) end--;
    if (((start != from || end != to) && addShort(start, end, mark)) || addByDigit(start, end, mark)) return;
  }
  const entry = ODD_LINES + odd * ODD_BYTES;
  store<u32>(entry, <u32>from);
  store<u32>(entry, load<u32>(feed), 4);
  store<u32>(entry, lines + <u32>((feed - LINE_FEEDS) >> 2), 8);
  odd++;
}

@inline
function isBlank(byte: u32): bool {
  return byte == SPACE || byte == TAB;
}

/**
 * Adds `[+-] digits [mark digits] [e [+-] digits]` of up to 64 characters, digit by digit.
 *
 * @returns Whether it is of that form; if not, nothing was added.
 */
function addByDigit(from: usize, to: usize, mark: u32): bool {
  if (to - from - 1 >= MAX_CHARACTERS) return false;
  const sign = load<u8>(from);
  const start = from + usize(sign == PLUS || sign == MINUS);
  const point = skipDigits(start, to);
  let end = point;
  let digits = end - start;
  if (end < to && load<u8>(end) == mark) {
    end = skipDigits(point + 1, to);
    digits += end - point - 1;
  }
  if (digits == 0) return false;
  let exponent: isize = 0;
  if (end < to) {
    if ((<u32>load<u8>(end) | 32) != LOWER_E || to - end < 2) return false;
    const exponentSign = load<u8>(end + 1);
    const exponentFrom = end + 1 + usize(exponentSign == PLUS || exponentSign == MINUS);
    if (exponentFrom == to || to - exponentFrom > 4 || skipDigits(exponentFrom, to) != to) return false;
    let value: u32 = 0;
    for (let i = exponentFrom; i < to; i++) value = value * 10 + load<u8>(i) - ZERO;
    if (value > MAX_EXPONENT) return false;
    exponent = exponentSign == MINUS ? -<isize>value : <isize>value;
  }
  let power = exponent + <isize>(point - start) - 1;
  for (let i = start; i < end; i++) {
    if (i == point) continue;
    const digit = <i32>load<u8>(i) - <i32>ZERO;
    addAtPower(power, sign == MINUS ? -digit : digit);
    power--;
  }
  return true;
}

/** The first place at or after `from` that is no digit, or `to`. */
@inline
function skipDigits(from: usize, to: usize): usize {
  let i = from;
  while (i < to && <u32>load<u8>(i) - ZERO < 10) i++;
  return i;
}

// ---------------------------------------------------------------------------------------------------------------
// Many lines
// ---------------------------------------------------------------------------------------------------------------

/** Lines whose columns, of -9 to 9 each, may be added in counters of 8 bits. */
const MAX_LINES_8: usize = 14;

/**
 * Adds lines that the bitmaps of their stretch prove to be `[-] digits` with the decimal mark, if any, at the same
 * distance from each line's end. What the bitmaps do not tell is the length of a line: more than 32 characters are
 * too many.
 *
 * @param feed Begin, and `feedsEnd` end, of their part of LINE_FEEDS; the entry before is of the line before.
 * @param crlf 1 if each line feed comes after a CR, or 0.
 * @param distance Of the mark from the line's end; 0 if there is none.
 * @returns Whether they were added; if not, nothing was.
 */
function addUniform(feed: usize, feedsEnd: usize, crlf: usize, distance: u64): bool {
  // counters of 16 bits, columns 0 to 31 from left to right; a stretch has no more lines than these can take
  let columns0 = i64x2.splat(0);
  let columns8 = i64x2.splat(0);
  let columns16 = i64x2.splat(0);
  let columns24 = i64x2.splat(0);
  const zeros = v128.load(ZEROS_16);
  // a window is the 16 bytes before the end of a line's number; previous is the 16 before the last line feed
  const behind = 16 + crlf;
  let previous = <usize>load<u32>(feed - 4) - 16;
  while (feed < feedsEnd) {
    const stop = min(feed + MAX_LINES_8 * 4, feedsEnd);
    let last = i64x2.splat(0);
    let head = i64x2.splat(0);
    let wide = false;
    for (; feed < stop; feed += 4) {
      const window = <usize>load<u32>(feed) - behind;
      const width = window - previous; // one more than the line's length
      const negative = signOf(previous, 17);
      last = i8x16.add(last, signed(v128.and(valuesOf(v128.load(window), zeros), v128.load(KEEP - 1 + width)), negative));
      if (width > 17) {
        if (width > WIDE + 1) return false;
        const more = v128.and(valuesOf(v128.load(window - 16), zeros), v128.load(KEEP - 17 + width));
        head = i8x16.add(head, signed(more, negative));
        wide = true;
      }
      previous = window + crlf;
    }
    columns16 = i16x8.add(columns16, i16x8.extend_low_i8x16_s(last));
    columns24 = i16x8.add(columns24, i16x8.extend_high_i8x16_s(last));
    if (wide) {
      columns0 = i16x8.add(columns0, i16x8.extend_low_i8x16_s(head));
      columns8 = i16x8.add(columns8, i16x8.extend_high_i8x16_s(head));
    }
  }
  const row = COLUMNS_32 + (WIDE - <usize>distance) * WIDE * 4;
  addShorts(row, columns0);
  addShorts(row + 32, columns8);
  addShorts(row + 64, columns16);
  addShorts(row + 96, columns24);
  return true;
}

/**
 * Adds lines that are proven to be `[-] digits` with any number of decimal marks among the digits, not at the begin
 * nor at the end. The parameters are those of `addUniform`.
 */
function addProven(feed: usize, feedsEnd: usize, crlf: usize, mark: u32): void {
  const marks = v128.load(MARKS_16);
  const zeros = v128.load(ZEROS_16);
  let previous = <usize>load<u32>(feed - 4);
  for (; feed < feedsEnd; feed += 4) {
    const lf = <usize>load<u32>(feed);
    const end = lf - crlf;
    const length = end - previous - 1;
    const negative = signOf(previous, 1);
    const last = v128.load(end - 16);
    const keepLast = v128.load(KEEP + length);
    const lastValues = signed(v128.and(valuesOf(last, zeros), keepLast), negative);
    let markPlaces: u64 = i8x16.bitmask(v128.and(i8x16.eq(last, marks), keepLast));
    let simple = false;
    if (length <= 16) {
      simple = (markPlaces & (markPlaces - 1)) == 0;
      if (simple) addBytes(rowOf(markPlaces, false) + 32, lastValues);
    } else if (length <= WIDE) {
      const head = v128.load(end - 32);
      const keepHead = v128.load(KEEP - 16 + length);
      markPlaces = <u64>i8x16.bitmask(v128.and(i8x16.eq(head, marks), keepHead)) | (markPlaces << 16);
      simple = (markPlaces & (markPlaces - 1)) == 0;
      if (simple) {
        const row = rowOf(markPlaces, true);
        addBytes(row + 32, lastValues);
        addBytes(row, signed(v128.and(valuesOf(head, zeros), keepHead), negative));
      }
    }
    if (!simple) addLine(previous + 1, feed, mark);
    previous = lf;
  }
}

/** Writes the places of the first four bits, behind `base`, and gives the other bits back. */
@inline
function putFour(at: usize, base: u32, bits: u64): u64 {
  store<u32>(at, base + <u32>ctz(bits));
  const second = bits & (bits - 1);
  store<u32>(at, base + <u32>ctz(second), 4);
  const third = second & (second - 1);
  store<u32>(at, base + <u32>ctz(third), 8);
  const fourth = third & (third - 1);
  store<u32>(at, base + <u32>ctz(fourth), 12);
  return fourth & (fourth - 1);
}

/** The same for two bits. */
@inline
function putTwo(at: usize, base: u32, bits: u64): u64 {
  store<u32>(at, base + <u32>ctz(bits));
  const second = bits & (bits - 1);
  store<u32>(at, base + <u32>ctz(second), 4);
  return second & (second - 1);
}

/** How far before `end`, at most 16 bytes, the decimal mark of the line that ends there stands; 0 if it does not. */
function distanceOfMark(end: usize, mark: u32): u64 {
  for (let i: u32 = 2; i <= 16; i++) {
    const byte = <u32>load<u8>(end - i);
    if (byte == mark) return i;
    if (byte == LF) return 0;
  }
  return 0;
}

/**
 * Adds the lines of [from, to), of which the last byte is a line feed, and puts odd ones on their list.
 *
 * @param mark The decimal mark: a byte below '0' that is no sign, blank, CR or line feed.
 * @returns Where it stopped: `to`, or the begin of a line, when the list of odd lines has to be emptied by `reset`.
 */
export function sum(from: usize, to: usize, mark: u32): usize {
  // the form that the lines are expected to have, first guessed from the last one
  let crlf = usize(load<u8>(to - 2) == CR);
  let distance = distanceOfMark(to - 1 - crlf, mark);
  // bitmaps of the chunk before: before the first chunk there is a line feed
  let feeds0: u64 = 1 << 63;
  let digits0: u64 = 0;
  let ends0: u64 = 0;
  let rest0: u64 = 0;

  const lineFeeds = v128.load(LINE_FEEDS_16);
  const minus = v128.load(MINUSES_16);
  const shift = v128.load(DIGIT_SHIFT_16);
  const below = v128.load(BELOW_DIGITS_16);
  v128.store(MARKS_16, i8x16.splat(<i8>mark));
  const marks = v128.load(MARKS_16);

  let start = from;
  let chunk = from;
  while (chunk < to && odd + STRETCH <= MAX_ODD) {
    let feedsEnd = LINE_FEEDS;
    let strangeEnd = STRANGE;
    let broken: u64 = 0;
    for (const limit = min(chunk + STRETCH, to); chunk < limit; chunk += 64) {
      const a = v128.load(chunk);
      const b = v128.load(chunk, 16);
      const c = v128.load(chunk, 32);
      const d = v128.load(chunk, 48);
      const valid: u64 = chunk + 64 > to ? (<u64>1 << (to - chunk)) - 1 : -1;
      let feeds = placesOf(lineFeeds, a, b, c, d) & valid;
      const digits = bitmap(
        isDigit(a, shift, below), isDigit(b, shift, below), isDigit(c, shift, below), isDigit(d, shift, below),
      );
      const minuses = placesOf(minus, a, b, c, d);

      // A line is proven if no bit of it is strange:
      let strange: u64 = 0;
      // 1. its line feed comes after a CR, and it has no other CR
      let ends = feeds;
      if (crlf) {
        ends = placesOf(i8x16.splat(<i8>CR), a, b, c, d);
        strange = feeds ^ after(ends, ends0, 1);
      }
      // 2. a digit is its last character
      let digitsBefore = after(digits, digits0, 1);
      strange |= ends & ~digitsBefore;
      // 3. what is neither digit nor end of line nor a minus that begins one is a mark that does not begin one
      const begins = after(feeds, feeds0, 1);
      const rest = ~(digits | feeds | ends | (minuses & begins));
      if (rest != 0) strange |= rest & ~(placesOf(marks, a, b, c, d) & ~begins);

      // The stretch is uniform if moreover no line has a mark; or if each mark stands before an end, and each end
      // after a mark, at that distance and with nothing but digits between
      let uneven = rest;
      if (distance != 0) {
        for (let i: u64 = 2; i < distance; i++) digitsBefore &= after(digits, digits0, i);
        uneven = (ends & ~digitsBefore) | (ends ^ after(rest, rest0, distance));
      }

      feeds0 = feeds;
      digits0 = digits;
      ends0 = ends;
      rest0 = rest;
      if ((strange | uneven) != 0) {
        strange &= valid;
        broken |= strange | (uneven & valid);
        if (strange != 0) {
          // from the line of the first to the line of the last strange byte
          const first = <usize>popcnt(feeds & ((strange & -strange) - 1));
          const last = <usize>popcnt(feeds & ((<u64>1 << (63 - clz(strange))) - 1));
          store<u32>(strangeEnd, <u32>(feedsEnd + (first << 2)));
          store<u32>(strangeEnd, <u32>(feedsEnd + (last << 2) + 4), 4);
          strangeEnd += 8;
        }
      }

      // the number of line feeds is hard to predict, and writing too many costs less than a wrong guess
      const base = <u32>chunk;
      const count = <usize>popcnt(feeds);
      feeds = putFour(feedsEnd, base, feeds);
      if (count > 4) {
        feeds = putFour(feedsEnd + 16, base, feeds);
        feeds = putTwo(feedsEnd + 32, base, feeds);
        for (let i: usize = 10; i < count; i += 4) feeds = putFour(feedsEnd + (i << 2), base, feeds);
      }
      feedsEnd += count << 2;
    }
    if (feedsEnd == LINE_FEEDS) continue;

    addLine(start, LINE_FEEDS, mark);
    let next = LINE_FEEDS + 4;
    if (broken == 0 && addUniform(next, feedsEnd, crlf, distance)) next = feedsEnd;
    for (let range = STRANGE; range < strangeEnd && next < feedsEnd; range += 8) {
      const until = min(<usize>load<u32>(range), feedsEnd);
      if (next < until) {
        addProven(next, until, crlf, mark);
        next = until;
      }
      const rangeEnd = min(<usize>load<u32>(range, 4), feedsEnd);
      for (; next < rangeEnd; next += 4) addLine(<usize>load<u32>(next - 4) + 1, next, mark);
    }
    if (next < feedsEnd) addProven(next, feedsEnd, crlf, mark);

    const count = <u32>((feedsEnd - LINE_FEEDS) >> 2);
    lines += count;
    lines16 += min(count, MAX_LINES_STRETCH);
    if (lines16 > MAX_LINES_16 - MAX_LINES_STRETCH) widenColumns();
    const lastFeed = <usize>load<u32>(feedsEnd - 4);
    start = lastFeed + 1;
    if (broken != 0) {
      crlf = usize(load<u8>(lastFeed - 1) == CR);
      distance = distanceOfMark(lastFeed - crlf, mark);
    }
  }
  return start;
}

export { hashBegin, hashDigest, hashState, hashStateBytes, hashUpdate } from "./xxh64.as";
