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
 *       -12.34      -1  -2   .  -3  -4        Vector instructions add 16 columns at once, each two neighbours to
 *         5.67           5   .   6   7        one counter: ten times the left one and once the right one. Nothing is
 *     --------      ----------------------    rounded, and no counter can overflow, since the lines that went into
 *       -6.67       -1   3   .   3   3        it are counted: each adds at most 99.
 *
 * A line is aligned by where it ends, so a vector is loaded from the 16 bytes before that end, and multiplied with
 * weights: 10 and 1 for its digits, negative ones where it has a minus, and 0 for its decimal mark and for what stands
 * before the line itself. Three paths, from fast to general:
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

/** Bytes of a stretch, of which the bitmaps are made before its lines are added. */
const STRETCH: usize = 4096;

/** The widest line for vectors. */
const WIDE: usize = 32;
/** Kinds of lines: by how many bytes before the line's end its decimal mark stands, 1 to 32, or 0 if it has none. */
const KINDS: usize = WIDE + 1;
/** Counters of a kind: pair 15 is of the last two characters. */
const PAIRS: usize = WIDE / 2;
/** i16[KINDS][PAIRS], and what they are emptied into, i32 of the same shape. */
const PAIRS_16: usize = memory.data(33 * 16 * 2, 64);
/** It cannot overflow: the whole memory has room for fewer than 2^31 / 99 lines that have two digits. */
const PAIRS_32: usize = memory.data(33 * 16 * 4, 64);
/** Lines that may be added to counters of 16 bits before they are emptied: 99 * 330 < 2^15. */
const MAX_LINES_16: u32 = 330;

/**
 * i8[17][2][32][16]: the weights of 16 characters, by how far before their end the decimal mark stands, or 0 if it is
 * not among them; by sign, with a minus first; and by how many of them belong to the line, where 17 stands for 16 that
 * have more before them.
 */
const WEIGHTS: usize = memory.data(17 * 2 * 32 * 16, 64);
const WEIGHTS_BYTES: usize = 16;
const WEIGHTS_OF_SIGN: usize = 32 * 16;
const WEIGHTS_OF_KIND: usize = 2 * 32 * 16;
for (let kind: usize = 0; kind <= 16; kind++) {
  for (let length: usize = 0; length <= 17; length++) {
    for (let place: usize = 0; place < 16; place++) {
      const weight = weightOf(place, 16 - kind);
      // the first character of a line with a minus is that
      const minus = length > 16 || place + length > 16;
      const plus = place + length >= 16;
      const at = WEIGHTS + kind * WEIGHTS_OF_KIND + length * WEIGHTS_BYTES + place;
      store<i8>(at, minus ? -weight : 0);
      store<i8>(at + WEIGHTS_OF_SIGN, plus ? weight : 0);
    }
  }
}

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
/** u16[]: line feeds of one stretch, by their distance from its begin, and room for some that are never read. */
const LINE_FEEDS: usize = memory.data((4096 + 16) * 2, 64);
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

let odd: usize = 0;
let lines: u32 = 0;
/** At most this many lines are in PAIRS_16. */
let lines16: u32 = 0;
/** Where the stretch begins. */
let origin: usize = 0;

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

/** What the digit at a place of 16 characters counts in its pair, if the decimal mark is at `mark`, or nowhere for 16. */
function weightOf(place: usize, mark: usize): i8 {
  if (place == mark) return 0;
  return (place & 1) != 0 || (place ^ 1) == mark ? 1 : 10;
}

/** 8 pairs of characters, weighted. What is below '0' counts as zero, and what is above '9' must have no weight. */
@inline
function pairsOf(characters: v128, weights: usize, zeros: v128): v128 {
  return i16x8.relaxed_dot_i8x16_i7x16_s(v128.load(weights), i8x16.sub_sat_u(characters, zeros));
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

/** Empties the counters of 16 bits into those of 32 bits. */
function widenPairs(): void {
  for (let i: usize = 0; i < KINDS * PAIRS; i += 8) {
    const shorts = v128.load(PAIRS_16 + (i << 1));
    if (!v128.any_true(shorts)) continue;
    addShorts(PAIRS_32 + (i << 2), shorts);
    v128.store(PAIRS_16 + (i << 1), i64x2.splat(0));
  }
  lines16 = 0;
}

/** Sees to it that so many lines, at most MAX_LINES_16, may be added to PAIRS_16. */
@inline
function makeRoom(count: u32): void {
  if (lines16 + count > MAX_LINES_16) widenPairs();
  lines16 += count;
}

@inline
function addAtPower(power: isize, value: i32): void {
  const at = BY_POWER + ((<usize>power + ONES) << 2);
  store<i32>(at, load<i32>(at) + value);
}

/** The power of ten that a pair of a kind counts: that of its right column, or of its left one if that is the mark. */
function powerOf(kind: usize, pair: usize): isize {
  const mark: usize = WIDE - kind;
  const right: usize = 2 * pair + 1;
  const column: usize = right - usize(right == mark);
  return <isize>mark - <isize>column - <isize>(column < mark);
}

/** Empties all pairs into the sums by power, which the caller then reads. */
export function collect(): void {
  widenPairs();
  for (let kind: usize = 0; kind < KINDS; kind++) {
    for (let pair: usize = 0; pair < PAIRS; pair++) {
      const at = PAIRS_32 + ((kind * PAIRS + pair) << 2);
      const value = load<i32>(at);
      if (value == 0) continue;
      store<i32>(at, 0);
      addAtPower(powerOf(kind, pair), value);
    }
  }
}

/** Forgets all sums, counts and odd lines. */
export function reset(): void {
  memory.fill(PAIRS_16, 0, KINDS * PAIRS * 2);
  memory.fill(PAIRS_32, 0, KINDS * PAIRS * 4);
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
  const shift = v128.load(DIGIT_SHIFT_16);
  const below = v128.load(BELOW_DIGITS_16);
  const last = v128.load(to - 16);
  let head = last;
  let digitPlaces: u64 = <u32>i8x16.bitmask(isDigit(last, shift, below));
  let markPlaces: u64 = <u32>i8x16.bitmask(i8x16.eq(last, marks));
  if (wide) {
    head = v128.load(to - 32);
    digitPlaces = (digitPlaces << 16) | <u64><u32>i8x16.bitmask(isDigit(head, shift, below));
    markPlaces = (markPlaces << 16) | <u64><u32>i8x16.bitmask(i8x16.eq(head, marks));
  }
  // the line's alone: the lowest bit is its first character
  const before: u64 = (wide ? WIDE : 16) - length;
  digitPlaces >>= before;
  markPlaces >>= before;
  const all = (<u64>1 << length) - 1;
  const first = <u32>load<u8>(from);
  const signPlace = u64(((first - PLUS) & ~(MINUS - PLUS)) == 0);
  if ((digitPlaces | markPlaces | signPlace) != all) return false;
  if ((markPlaces & (markPlaces - 1)) != 0 || digitPlaces == 0) return false;
  const kind = kindOf(markPlaces, length);
  // a plus is left away
  addAligned(countersOf(kind), length - usize(first == PLUS), kind, first == MINUS ? 0 : WEIGHTS_OF_SIGN, head, last, wide, v128.load(ZEROS_16));
  return true;
}

/** The kind of a line whose only mark, if any, is at this place, counted from its first character. */
@inline
function kindOf(markPlaces: u64, length: usize): usize {
  return length - <usize>ctz(markPlaces | (<u64>1 << length));
}

/** Which weights are for a line known to begin with a digit or a minus. */
@inline
function signOf(first: u32): usize {
  // of these, only the minus has no bit of 16
  return <usize>(first & 16) * (WEIGHTS_OF_SIGN / 16);
}

@inline
function countersOf(kind: usize): usize {
  return PAIRS_16 + kind * (PAIRS * 2);
}

/** Adds a line of `length` characters, the last 32 or 16 of which are `head`, if wide, and `last`. */
@inline
function addAligned(counters: usize, length: usize, kind: usize, sign: usize, head: v128, last: v128, wide: bool, zeros: v128): void {
  if (!wide) {
    const weights = WEIGHTS + kind * WEIGHTS_OF_KIND + sign + length * WEIGHTS_BYTES;
    addPairs(counters + 16, pairsOf(last, weights, zeros));
    return;
  }
  const kindOfHead: usize = kind > 16 ? kind - 16 : 0;
  const kindOfLast: usize = kind > 16 ? 0 : kind;
  const weights = WEIGHTS + sign;
  addPairs(counters, pairsOf(head, weights + kindOfHead * WEIGHTS_OF_KIND + (length - 16) * WEIGHTS_BYTES, zeros));
  addPairs(counters + 16, pairsOf(last, weights + kindOfLast * WEIGHTS_OF_KIND + min<usize>(length, 17) * WEIGHTS_BYTES, zeros));
}

@inline
function addShort(from: usize, to: usize, mark: u32): bool {
  const length = to - from;
  if (length - 1 < 16) return addVector(from, to, mark, false);
  if (length - 1 < WIDE) return addVector(from, to, mark, true);
  return false;
}

/** Adds the line that begins at `from`, and ends with the line feed at `feed` of LINE_FEEDS. */
function addLine(from: usize, feed: usize, mark: u32): void {
  makeRoom(1);
  addCounted(from, feed, mark);
}

/** Adds a line for which there is room. */
function addCounted(from: usize, feed: usize, mark: u32): void {
  const lf = lineFeedAt(feed);
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
  store<u32>(entry, <u32>lineFeedAt(feed), 4);
  store<u32>(entry, lines + <u32>((feed - LINE_FEEDS) >> 1), 8);
  odd++;
}

/** Where the line feed stands. */
@inline
function lineFeedAt(feed: usize): usize {
  return origin + <usize>load<u16>(feed);
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

/**
 * Adds lines that the bitmaps of their stretch prove to be `[-] digits` with the decimal mark, if any, at the same
 * distance from each line's end. What the bitmaps do not tell is the length of a line.
 *
 * @param feed Begin, and `feedsEnd` end, of their part of LINE_FEEDS; the entry before is of the line before.
 * @param crlf 1 if each line feed comes after a CR, or 0.
 * @param distance Of the mark from the line's end, at most 16; 0 if there is none.
 */
function addUniform(feed: usize, feedsEnd: usize, crlf: usize, distance: usize, mark: u32): void {
  const zeros = v128.load(ZEROS_16);
  const counters = PAIRS_32 + distance * (PAIRS * 4);
  // from a line feed's place: to the first character behind it, and to the 16 before it, or before its CR
  const begin = origin + 1;
  const window = origin - crlf - 16;
  // a line's length is so much less than the distance of line feeds
  const ends = 1 + crlf;
  const headWeights = WEIGHTS - (16 + ends) * WEIGHTS_BYTES;
  const weights = WEIGHTS + distance * WEIGHTS_OF_KIND - ends * WEIGHTS_BYTES;
  const wideWeights = WEIGHTS + distance * WEIGHTS_OF_KIND + 17 * WEIGHTS_BYTES;
  let before = <usize>load<u16>(feed - 2);
  while (feed < feedsEnd) {
    const stop = min(feed + MAX_LINES_16 * 2, feedsEnd);
    let head = i64x2.splat(0);
    let last = i64x2.splat(0);
    // two lines at once, as long as both are short
    for (; feed + 4 <= stop; feed += 4) {
      const places = load<u32>(feed);
      const first = <usize>(places & 0xffff);
      const second = <usize>(places >> 16);
      const toFirst = first - before;
      const toSecond = second - first;
      if ((toFirst | toSecond) > 15) break;
      const ofFirst = weights + signOf(load<u8>(begin + before)) + toFirst * WEIGHTS_BYTES;
      last = i16x8.add(last, pairsOf(v128.load(window + first), ofFirst, zeros));
      const ofSecond = weights + signOf(load<u8>(begin + first)) + toSecond * WEIGHTS_BYTES;
      last = i16x8.add(last, pairsOf(v128.load(window + second), ofSecond, zeros));
      before = second;
    }
    for (; feed < stop; feed += 2) {
      const place = <usize>load<u16>(feed);
      const to = place - before;
      const sign = signOf(load<u8>(begin + before));
      if (to <= 16 + ends) {
        last = i16x8.add(last, pairsOf(v128.load(window + place), weights + sign + to * WEIGHTS_BYTES, zeros));
      } else if (to > WIDE + ends) {
        addLine(begin + before, feed, mark);
      } else {
        const characters = v128.load(window + place - 16);
        head = i16x8.add(head, pairsOf(characters, headWeights + sign + to * WEIGHTS_BYTES, zeros));
        last = i16x8.add(last, pairsOf(v128.load(window + place), wideWeights + sign, zeros));
      }
      before = place;
    }
    addShorts(counters, head);
    addShorts(counters + 32, last);
  }
}

/**
 * Adds lines that are proven to be `[-] digits` with any number of decimal marks among the digits, not at the begin
 * nor at the end. The parameters are those of `addUniform`.
 */
function addProven(feed: usize, feedsEnd: usize, crlf: usize, mark: u32): void {
  const marks = v128.load(MARKS_16);
  const zeros = v128.load(ZEROS_16);
  const begin = origin;
  let from = begin + <usize>load<u16>(feed - 2) + 1;
  while (feed < feedsEnd) {
    const stop = min(feed + MAX_LINES_16 * 2, feedsEnd);
    makeRoom(<u32>((stop - feed) >> 1));
    for (; feed < stop; feed += 2) {
      const start = from;
      from = begin + <usize>load<u16>(feed) + 1;
      const end = from - 1 - crlf;
      const length = end - start;
      const last = v128.load(end - 16);
      const places: u32 = i8x16.bitmask(i8x16.eq(last, marks));
      if (length <= 16) {
        const own = (places << <u32>length) >> 16;
        if ((own & (own - 1)) == 0) {
          const kind: usize = own == 0 ? 0 : length - <usize>ctz(own);
          addAligned(countersOf(kind), length, kind, signOf(load<u8>(start)), last, last, false, zeros);
          continue;
        }
      } else if (length <= WIDE) {
        const head = v128.load(end - 32);
        const own = ((<u64>places << 16) | <u64><u32>i8x16.bitmask(i8x16.eq(head, marks))) >> (WIDE - length);
        if ((own & (own - 1)) == 0) {
          const kind = kindOf(own, length);
          addAligned(countersOf(kind), length, kind, signOf(load<u8>(start)), head, last, true, zeros);
          continue;
        }
      }
      addCounted(start, feed, mark);
    }
  }
}

/** Writes the places of the first four bits, in the stretch, and gives the other bits back. */
@inline
function putFour(at: usize, chunk: u64, bits: u64): u64 {
  const second = bits & (bits - 1);
  const third = second & (second - 1);
  const fourth = third & (third - 1);
  store<u64>(at, chunk + (ctz(bits) | (ctz(second) << 16) | (ctz(third) << 32) | (ctz(fourth) << 48)));
  return fourth & (fourth - 1);
}

/** The same for two bits. */
@inline
function putTwo(at: usize, chunk: u64, bits: u64): u64 {
  const second = bits & (bits - 1);
  store<u32>(at, <u32>chunk + <u32>(ctz(bits) | (ctz(second) << 16)));
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
    origin = chunk;
    let feedsEnd = LINE_FEEDS;
    let strangeEnd = STRANGE;
    // the chunk's distance from the stretch's begin, four times
    let place: u64 = 0;
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
      if (broken == 0) {
        let uneven = rest;
        if (distance != 0) {
          for (let i: u64 = 2; i < distance; i++) digitsBefore &= after(digits, digits0, i);
          uneven = (ends & ~digitsBefore) | (ends ^ after(rest, rest0, distance));
        }
        broken = (strange | uneven) & valid;
      }

      feeds0 = feeds;
      digits0 = digits;
      ends0 = ends;
      rest0 = rest;
      strange &= valid;
      if (strange != 0) {
        // from the line of the first to the line of the last strange byte
        const first = <usize>popcnt(feeds & ((strange & -strange) - 1));
        const last = <usize>popcnt(feeds & ((<u64>1 << (63 - clz(strange))) - 1));
        store<u32>(strangeEnd, <u32>(feedsEnd + (first << 1)));
        store<u32>(strangeEnd, <u32>(feedsEnd + (last << 1) + 2), 4);
        strangeEnd += 8;
      }

      // the number of line feeds is hard to predict, and writing too many costs less than a wrong guess
      const count = <usize>popcnt(feeds);
      feeds = putFour(feedsEnd, place, feeds);
      if (count > 4) {
        feeds = putFour(feedsEnd + 8, place, feeds);
        feeds = putTwo(feedsEnd + 16, place, feeds);
        for (let i: usize = 10; i < count; i += 4) feeds = putFour(feedsEnd + (i << 1), place, feeds);
      }
      feedsEnd += count << 1;
      place += 0x0040_0040_0040_0040;
    }
    if (feedsEnd == LINE_FEEDS) continue;

    addLine(start, LINE_FEEDS, mark);
    let next = LINE_FEEDS + 2;
    if (broken == 0) {
      if (next < feedsEnd) addUniform(next, feedsEnd, crlf, <usize>distance, mark);
      next = feedsEnd;
    }
    for (let range = STRANGE; range < strangeEnd && next < feedsEnd; range += 8) {
      const until = min(<usize>load<u32>(range), feedsEnd);
      if (next < until) {
        addProven(next, until, crlf, mark);
        next = until;
      }
      const rangeEnd = min(<usize>load<u32>(range, 4), feedsEnd);
      for (; next < rangeEnd; next += 2) addLine(lineFeedAt(next - 2) + 1, next, mark);
    }
    if (next < feedsEnd) addProven(next, feedsEnd, crlf, mark);

    lines += <u32>((feedsEnd - LINE_FEEDS) >> 1);
    const lastFeed = lineFeedAt(feedsEnd - 2);
    start = lastFeed + 1;
    if (broken != 0) {
      crlf = usize(load<u8>(lastFeed - 1) == CR);
      distance = distanceOfMark(lastFeed - crlf, mark);
    }
  }
  return start;
}

export { hashBegin, hashDigest, hashState, hashStateBytes, hashUpdate } from "./xxh64.as";
