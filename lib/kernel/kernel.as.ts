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
 *       -6.67       -1   3   .   3   3        it are counted: each adds at most 99. See columns.as.ts.
 *
 * A line is aligned by where it ends, so a vector is loaded from the 16 bytes before that end, and multiplied with
 * weights: 10 and 1 for its digits, negative ones where it has a minus, and 0 for its decimal mark and for what stands
 * before the line itself. Three paths, from fast to general:
 *
 * 1. A stretch of 4 KiB is scanned in chunks of 64 bytes, which proves of nearly every line that it is an optional
 *    minus and digits, with one decimal mark at most among them (see scan.as.ts); and often that all lines have their
 *    mark, if any, at the same place. Then their columns are added in registers, without another look at them
 *    (`addUniform`).
 * 2. Otherwise each line that is proven is added by itself, at the place of its mark (`addProven`).
 * 3. Lines of which nothing is proven are read from left to right, which costs several times as much (`addLine`).
 *    What even that does not accept, a bad line perhaps, or one with 10,000 digits, goes to the list of odd lines, and
 *    the caller, who knows the whole grammar, looks at it. So the kernel may refuse too much, but must never accept
 *    too much.
 *
 * WHAT TO WATCH. The first line of a stretch may have begun in the stretch before, for which this one's scan does not
 * vouch: nothing is proven of it. And proofs look back from a line's end, never ahead, for what is ahead may be in the
 * next stretch. Vectors reach up to 32 bytes before and 64 bytes behind the lines, where anything may stand: it is
 * read, and never counts. All scratch memory is used within one call only.
 */

import { CR, LF, LOWER_E, MINUS, PLUS, SPACE, TAB, ZERO } from "./characters.as";
import {
  addRun, addShort, addUp, addWide, collect, forget, highestPower, loadZeros, lowestPower, makeRoom, MAX_LINES_16,
  pairsOf, powers, signOf, WEIGHTS, WEIGHTS_BYTES, WEIGHTS_OF_KIND, WIDE,
} from "./columns.as";
import {
  beginScan, beginStretch, feedsEnd, LINE_FEEDS, lineFeedAt, loadMarks, origin, scanAny, scanUniform, STRANGE,
  strangeEnd, STRETCH,
} from "./scan.as";

export { collect, highestPower, lowestPower, powers };
export { hashBegin, hashDigest, hashState, hashStateBytes, hashUpdate } from "./xxh64.as";

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

/** u32[MAX_ODD][3]: start, place of the line feed, and number of lines of this call before it, of each odd line. */
const ODD_LINES: usize = memory.data(8192 * 12, 64);
const ODD_BYTES: usize = 12;
const MAX_ODD: usize = 8192;

/** The largest exponent, and the longest line, that the counters have room for. */
const MAX_EXPONENT: u32 = 63;
const MAX_CHARACTERS: usize = 64;
/** The longest line that is trimmed: for much longer ones the caller has a limit. */
const MAX_TRIMMED: usize = 256;

let odd: usize = 0;
let lines: u32 = 0;

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

/** Forgets all sums, counts and odd lines. */
export function reset(): void {
  forget();
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

/**
 * Adds the lines of [from, to), of which the last byte is a line feed, and puts odd ones on their list.
 *
 * @param mark The decimal mark: a point or a comma.
 * @returns Where it stopped: `to`, or the begin of a line, when the list of odd lines has to be emptied by `reset`.
 */
export function sum(from: usize, to: usize, mark: u32): usize {
  // the form that the lines are expected to have, first guessed from the last one
  let crlf = usize(load<u8>(to - 2) == CR);
  let distance = distanceOfMark(to - 1 - crlf, mark);
  beginScan(mark);
  let start = from;
  let chunk = from;
  while (chunk < to && odd + STRETCH <= MAX_ODD) {
    beginStretch(chunk);
    const limit = min(chunk + STRETCH, to);
    chunk = scanUniform(chunk, limit, crlf, distance);
    const uniformEnd = feedsEnd;
    if (chunk < limit) scanAny(chunk, limit, to, crlf);
    chunk = limit;
    if (feedsEnd == LINE_FEEDS) continue;

    addLine(start, LINE_FEEDS, mark);
    let next = LINE_FEEDS + 2;
    if (next < uniformEnd) {
      addUniform(next, uniformEnd, crlf, distance, mark);
      next = uniformEnd;
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
    if (uniformEnd != feedsEnd) {
      crlf = usize(load<u8>(lastFeed - 1) == CR);
      distance = distanceOfMark(lastFeed - crlf, mark);
    }
  }
  return start;
}

/** How far before `end`, at most 16 bytes, the decimal mark of the line that ends there stands; 0 if it does not. */
function distanceOfMark(end: usize, mark: u32): usize {
  for (let i: usize = 2; i <= 16; i++) {
    const byte = <u32>load<u8>(end - i);
    if (byte == mark) return i;
    if (byte == LF) return 0;
  }
  return 0;
}

// ---------------------------------------------------------------------------------------------------------------
// Many lines
// ---------------------------------------------------------------------------------------------------------------

/**
 * Adds lines that are proven to be `[-] digits` with the decimal mark, if any, at the same distance from each line's
 * end. What the proof does not tell is the length of a line.
 *
 * @param feed Begin, and `feedsTo` end, of their part of LINE_FEEDS; the entry before is of the line before.
 * @param crlf 1 if each line feed comes after a CR, or 0.
 * @param distance Of the mark from the line's end, at most 16; 0 if there is none.
 */
function addUniform(feed: usize, feedsTo: usize, crlf: usize, distance: usize, mark: u32): void {
  const zeros = loadZeros();
  // from a line feed's place: to the first character behind it, and to the 16 before it, or before its CR
  const begin = origin + 1;
  const window = origin - crlf - 16;
  // a line's length is so much less than the distance of line feeds
  const ends = 1 + crlf;
  const headWeights = WEIGHTS - (16 + ends) * WEIGHTS_BYTES;
  const weights = WEIGHTS + distance * WEIGHTS_OF_KIND - ends * WEIGHTS_BYTES;
  const wideWeights = WEIGHTS + distance * WEIGHTS_OF_KIND + 17 * WEIGHTS_BYTES;
  let before = <usize>load<u16>(feed - 2);
  while (feed < feedsTo) {
    const stop = min(feed + MAX_LINES_16 * 2, feedsTo);
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
    addUp(distance, head, last);
  }
}

/**
 * Adds lines that are proven to be `[-] digits` with at most one decimal mark among the digits, not at the begin nor at
 * the end. The parameters are those of `addUniform`.
 */
function addProven(feed: usize, feedsTo: usize, crlf: usize, mark: u32): void {
  const marks = loadMarks();
  const zeros = loadZeros();
  const begin = origin + 1;
  const window = origin - crlf - 16;
  const ends = 1 + crlf;
  let before = <usize>load<u16>(feed - 2);
  while (feed < feedsTo) {
    const stop = min(feed + MAX_LINES_16 * 2, feedsTo);
    makeRoom(<u32>((stop - feed) >> 1));
    while (feed < stop) {
      // two lines at once, as long as both are short
      for (; feed + 4 <= stop; feed += 4) {
        const places = load<u32>(feed);
        const first = <usize>(places & 0xffff);
        const second = <usize>(places >> 16);
        const toFirst = first - before;
        const toSecond = second - first;
        if ((toFirst | toSecond) > 15) break;
        addProvenShort(begin + before, window + first, toFirst - ends, marks, zeros);
        addProvenShort(begin + first, window + second, toSecond - ends, marks, zeros);
        before = second;
      }
      if (feed == stop) break;
      const place = <usize>load<u16>(feed);
      const length = place - before - ends;
      if (length <= 16) {
        addProvenShort(begin + before, window + place, length, marks, zeros);
      } else if (length <= WIDE) {
        const head = v128.load(window + place - 16);
        const last = v128.load(window + place);
        const places = (marksIn(last, marks) << 16) | marksIn(head, marks);
        addWide(head, last, length, kindOf(clz(places), length), signOf(load<u8>(begin + before)), zeros);
      } else {
        addLine(begin + before, feed, mark);
      }
      before = place;
      feed += 2;
    }
  }
}

/** Adds a proven line of up to 16 characters, the last of those at `window`. */
@inline
function addProvenShort(from: usize, window: usize, length: usize, marks: v128, zeros: v128): void {
  const last = v128.load(window);
  addShort(last, length, kindOf(clz(marksIn(last, marks)) - 16, length), signOf(load<u8>(from)), zeros);
}

/** Where of 16 characters the marks stand: the lowest bit is the first character. */
@inline
function marksIn(characters: v128, marks: v128): u32 {
  return i8x16.bitmask(i8x16.eq(characters, marks));
}

/** The kind of a line behind whose last mark, which may be one before the line, stand so many characters. */
@inline
function kindOf(behind: u32, length: usize): usize {
  return select<usize>(<usize>behind + 1, 0, <usize>behind < length);
}

// ---------------------------------------------------------------------------------------------------------------
// One line of which nothing is proven
// ---------------------------------------------------------------------------------------------------------------

/** Adds the line that begins at `from`, and ends with the line feed at `feed` of LINE_FEEDS, or puts it on the list. */
function addLine(from: usize, feed: usize, mark: u32): void {
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
