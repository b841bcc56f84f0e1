// @ts-nocheck -- this is AssemblyScript, with types and functions that Deno does not know
// deno-lint-ignore-file
// deno-fmt-ignore-file -- the formatter drops the decorators

/*
 * Scans stretches of lines: where the line feeds are, and what is proven of the lines.
 *
 * Lines are proven by their neighbours. Each byte has a class: digit, mark, minus, CR, LF, or none; and each class may
 * follow some others only, as a mark may follow a digit only. If each byte of a line has a class that may follow that
 * of the byte before, the line is `[-] digits` with marks among the digits. Two tables of 16 classes, looked up by
 * overlapping bits of a byte, give the class as what they have in common; a third one gives the classes that may
 * follow. (Such lookups are how simdjson classifies JSON: Langdale, Lemire, "Parsing Gigabytes of JSON per Second",
 * VLDB Journal 28, 2019.) What is left to prove, that a line has one mark at most, needs bitmaps of line feeds and
 * marks only.
 */

import { CR, LF, MINUS, ZERO } from "./characters.as";

/** Bytes of a stretch. */
export const STRETCH: usize = 16384;
/** Bytes of a chunk: each has a bit in a bitmap, the lowest the first. */
const CHUNK: usize = 64;

/** u16[]: line feeds of one stretch, by their distance from its begin, and room for some that are never read. */
export const LINE_FEEDS: usize = memory.data((16384 + 16) * 2, 64);
/** u32[1 + 256][2]: begin and end, in LINE_FEEDS, of ranges of lines of which nothing is proven. */
export const STRANGE: usize = memory.data(257 * 8, 64);
/** u16[]: for each of LINE_FEEDS, all bits, or none if its line is strange; from stretch to stretch, all bits. */
const PROVEN: usize = memory.data((16384 + 16) * 2, 64);
memory.fill(PROVEN, 0xff, (16384 + 16) * 2);

const DIGIT_CLASS: u32 = 1;
const MARK_CLASS: u32 = 2;
const MINUS_CLASS: u32 = 4;
const CR_CLASS: u32 = 8;
const LF_CLASS: u32 = 16;

/** Classes by bits 2 to 5, and by bits 0 to 3, of a byte below 64: what is in both is the byte's class. */
const BY_HIGH: usize = memory.data(16, 16);
const BY_LOW: usize = memory.data(16, 16);
/** u8[2][2][16]: the classes that may follow, by bits 2 to 5 of a byte; for lines with a CR, for lines with marks. */
const FOLLOWERS: usize = memory.data(4 * 16, 16);
for (let crlf: usize = 0; crlf < 2; crlf++) {
  for (let marks: usize = 0; marks < 2; marks++) {
    const table = followersFor(crlf, marks);
    const end = crlf ? CR_CLASS : LF_CLASS;
    for (let digit = ZERO; digit < ZERO + 10; digit++) {
      store<u8>(table + highBits(digit), <u8>(DIGIT_CLASS | (marks ? MARK_CLASS : 0) | end));
    }
    // the high bits of a mark are those of the minus
    store<u8>(table + highBits(MINUS), <u8>DIGIT_CLASS);
    store<u8>(table + highBits(CR), <u8>LF_CLASS);
    store<u8>(table + highBits(LF), <u8>(DIGIT_CLASS | MINUS_CLASS));
  }
}

/** Vectors of 16 times the same byte, loaded for the reason that columns.as.ts gives. */
const LINE_FEEDS_16: usize = memory.data(16, 16);
const MARKS_16: usize = memory.data(16, 16);
const HIGH_BITS_16: usize = memory.data(16, 16);
const LOW_BITS_16: usize = memory.data(16, 16);
const SIXTY_FOUR_16: usize = memory.data(16, 16);
v128.store(LINE_FEEDS_16, i8x16.splat(<i8>LF));
v128.store(HIGH_BITS_16, i8x16.splat(0x3c));
v128.store(LOW_BITS_16, i8x16.splat(<i8>0x8f));
v128.store(SIXTY_FOUR_16, i8x16.splat(64));

/** Where the stretch begins. */
export let origin: usize = 0;
/** End of the stretch's line feeds in LINE_FEEDS, and of its ranges in STRANGE. */
export let feedsEnd: usize = 0;
export let strangeEnd: usize = 0;

/** Of the chunk before the one to be scanned next: where its marks are, and what may follow its last 16 bytes. */
let marksBefore: u64 = 0;
const FOLLOWERS_BEFORE: usize = memory.data(16, 16);

/** The mark of the lines to be scanned. */
@inline
export function loadMarks(): v128 {
  return v128.load(MARKS_16);
}

/** Where a line feed stands, of which `feed` is the entry in LINE_FEEDS. */
@inline
export function lineFeedAt(feed: usize): usize {
  return origin + <usize>load<u16>(feed);
}

/** Of the line whose line feed is at `feed`, and of those behind it if T has room for more: all bits, or none. */
@inline
export function provenAt<T>(feed: usize): T {
  return load<T>(feed, PROVEN - LINE_FEEDS);
}

/** Marks a line as strange. */
@inline
export function setStrange(feed: usize): void {
  store<u16>(feed, 0, PROVEN - LINE_FEEDS);
}

/** Takes that back for all lines of the stretch. */
@inline
export function forgetStrange(): void {
  memory.fill(PROVEN, 0xff, feedsEnd - LINE_FEEDS);
}

/** Begins to scan lines, of which the first begins the first stretch. */
export function beginScan(mark: u32): void {
  v128.store(MARKS_16, i8x16.splat(<i8>mark));
  v128.store(BY_HIGH, i64x2.splat(0));
  v128.store(BY_LOW, i64x2.splat(0));
  for (let digit = ZERO; digit < ZERO + 10; digit++) putClass(digit, DIGIT_CLASS);
  putClass(mark, MARK_CLASS);
  putClass(MINUS, MINUS_CLASS);
  putClass(CR, CR_CLASS);
  putClass(LF, LF_CLASS);
  marksBefore = 0;
  v128.store(FOLLOWERS_BEFORE, i8x16.splat(<i8>(DIGIT_CLASS | MINUS_CLASS)));
}

/** Begins a stretch. */
@inline
export function beginStretch(at: usize): void {
  origin = at;
  feedsEnd = LINE_FEEDS;
  strangeEnd = STRANGE;
}

/**
 * Scans whole chunks of [chunk, limit) as long as their lines are proven, and all have their mark, if any, at the same
 * distance from their line feed.
 *
 * @param crlf 1 if each line feed comes after a CR, or 0.
 * @param distance Of the mark from the line feed, at most 16; 0 if there is none.
 * @returns Where it stopped.
 */
export function scanUniform(chunk: usize, limit: usize, crlf: usize, distance: usize): usize {
  if (distance == 0) return scan(chunk, limit, limit, crlf, 0, true, false);
  return scan(chunk, limit, limit, crlf, distance, true, true);
}

/** Scans all chunks of [chunk, limit). Of the last one, bytes at or after `to` do not count. */
export function scanAny(chunk: usize, limit: usize, to: usize, crlf: usize): void {
  // of the line in which it begins, the chunks before have not proved that it has no second mark
  putStrange(strangeEnd, feedsEnd, 0, 0);
  strangeEnd += 8;
  scan(chunk, limit, to, crlf, 0, false, true);
}

/** What they have in common: the code is made three times, with `uniform` and `hasMarks` known. */
@inline
function scan(
  from: usize, limit: usize, to: usize, crlf: usize, distance: usize, uniform: bool, hasMarks: bool,
): usize {
  const zero = i64x2.splat(0);
  const lineFeeds = v128.load(LINE_FEEDS_16);
  const mark = loadMarks();
  const highBits = v128.load(HIGH_BITS_16);
  const lowBits = v128.load(LOW_BITS_16);
  const sixtyFour = v128.load(SIXTY_FOUR_16);
  const byHigh = v128.load(BY_HIGH);
  const byLow = v128.load(BY_LOW);
  const followers = v128.load(followersFor(crlf, usize(hasMarks)));
  let marks0 = hasMarks ? marksBefore : 0;
  let followers0 = v128.load(FOLLOWERS_BEFORE);
  const back = <u64>distance;
  // whether the line in which the chunk begins has a mark before it
  let marked: u64 = 0;
  // the chunk's distance from the stretch's begin, four times
  let place = <u64>(from - origin) * 0x0001_0001_0001_0001;
  let feedsTo = feedsEnd;
  let strangeTo = strangeEnd;
  let chunk = from;
  for (; uniform ? chunk + CHUNK <= limit : chunk < limit; chunk += CHUNK) {
    // first one half, then the other: the vectors of both at once would be more than a processor has registers for
    const a = v128.load(chunk);
    const highA = highBitsOf(a, highBits);
    const followersA = i8x16.relaxed_swizzle(followers, highA);
    // not zero where a byte's class may follow the byte before
    const fitsA = v128.and(classOf(a, highA, byHigh, byLow, lowBits, sixtyFour), behind(followers0, followersA));
    const b = v128.load(chunk, 16);
    const highB = highBitsOf(b, highBits);
    const followersB = i8x16.relaxed_swizzle(followers, highB);
    const fitsB = v128.and(classOf(b, highB, byHigh, byLow, lowBits, sixtyFour), behind(followersA, followersB));
    const feedsAB = placesOf(lineFeeds, a, b);
    const marksAB: u32 = hasMarks ? placesOf(mark, a, b) : 0;
    const misfitsAB = uniform ? anyZero(fitsA, fitsB, zero) : placesOf(zero, fitsA, fitsB);
    if (uniform && misfitsAB != 0) break;
    const c = v128.load(chunk, 32);
    const highC = highBitsOf(c, highBits);
    const followersC = i8x16.relaxed_swizzle(followers, highC);
    const fitsC = v128.and(classOf(c, highC, byHigh, byLow, lowBits, sixtyFour), behind(followersB, followersC));
    const d = v128.load(chunk, 48);
    const highD = highBitsOf(d, highBits);
    const followersD = i8x16.relaxed_swizzle(followers, highD);
    const fitsD = v128.and(classOf(d, highD, byHigh, byLow, lowBits, sixtyFour), behind(followersC, followersD));
    let feeds = <u64>feedsAB | (<u64>placesOf(lineFeeds, c, d) << 32);
    const marks = hasMarks ? <u64>marksAB | (<u64>placesOf(mark, c, d) << 32) : 0;
    const misfitsCD = uniform ? anyZero(fitsC, fitsD, zero) : placesOf(zero, fitsC, fitsD);
    if (uniform && misfitsCD != 0) break;

    if (uniform) {
      if (hasMarks) {
        // each line feed has a mark at that distance and each mark such a line feed; between there is no mark, nor a
        // line feed, which would have its mark at that distance, and the other's between
        let uneven = feeds ^ after(marks, marks0, back);
        for (let i: u64 = 2; i + 2 <= back; i++) uneven |= feeds & after(marks, marks0, i);
        if (uneven != 0) break;
      }
    } else {
      // a carry runs from a line's first mark to its line feed: it meets a second one
      const once = ~feeds + marks;
      const carried = once + marked;
      marked = u64(once < marks) | u64(carried < once);
      let strange = (carried & marks) | <u64>misfitsAB | (<u64>misfitsCD << 32);
      if (to - chunk < CHUNK) {
        const valid = (<u64>1 << (to - chunk)) - 1;
        feeds &= valid;
        strange &= valid;
      }
      if (strange != 0) {
        // from the line of the first to the line of the last strange byte
        const first = <usize>popcnt(feeds & ((strange & -strange) - 1));
        const last = <usize>popcnt(feeds & ((<u64>1 << (63 - clz(strange))) - 1));
        putStrange(strangeTo, feedsTo, first, last);
        strangeTo += 8;
      }
    }
    marks0 = marks;
    followers0 = followersD;
    feedsTo = putPlaces(feedsTo, place, feeds);
    place += <u64>CHUNK * 0x0001_0001_0001_0001;
  }
  marksBefore = marks0;
  v128.store(FOLLOWERS_BEFORE, followers0);
  feedsEnd = feedsTo;
  strangeEnd = strangeTo;
  return chunk;
}

// ---------------------------------------------------------------------------------------------------------------
// Classes
// ---------------------------------------------------------------------------------------------------------------

function highBits(byte: u32): usize {
  return <usize>((byte >> 2) & 15);
}

function followersFor(crlf: usize, marks: usize): usize {
  return FOLLOWERS + (crlf << 5) + (marks << 4);
}

function putClass(byte: u32, its: u32): void {
  const high = BY_HIGH + highBits(byte);
  const low = BY_LOW + <usize>(byte & 15);
  store<u8>(high, <u8>(load<u8>(high) | its));
  store<u8>(low, <u8>(load<u8>(low) | its));
}

/** Bits 2 to 5 of each byte. */
@inline
function highBitsOf(bytes: v128, mask: v128): v128 {
  return i16x8.shr_u(v128.and(bytes, mask), 2);
}

/** Each byte's class, or 0. From 64 on, its highest bit makes the lookup give 0, on any machine. */
@inline
function classOf(bytes: v128, high: v128, byHigh: v128, byLow: v128, lowBits: v128, sixtyFour: v128): v128 {
  const low = v128.and(i8x16.add_sat_u(bytes, sixtyFour), lowBits);
  return v128.and(i8x16.relaxed_swizzle(byHigh, high), i8x16.relaxed_swizzle(byLow, low));
}

/** The vector that begins with the last byte of `before`, and goes on with `now`. */
@inline
function behind(before: v128, now: v128): v128 {
  return i8x16.shuffle(before, now, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30);
}

// ---------------------------------------------------------------------------------------------------------------
// Bitmaps
// ---------------------------------------------------------------------------------------------------------------

/** Where in half a chunk's bytes the byte stands. */
@inline
function placesOf(byte: v128, a: v128, b: v128): u32 {
  return <u32>i8x16.bitmask(i8x16.eq(a, byte)) | (<u32>i8x16.bitmask(i8x16.eq(b, byte)) << 16);
}

/** Not zero if any byte is. */
@inline
function anyZero(a: v128, b: v128, zero: v128): u32 {
  return <u32>i8x16.bitmask(i8x16.eq(i8x16.min_u(a, b), zero));
}

/** The places `distance` (1 to 63) bytes after those of `now`; `before` is the same bitmap of the chunk before. */
@inline
function after(now: u64, before: u64, distance: u64): u64 {
  return (now << distance) | (before >> (64 - distance));
}

/**
 * Writes the places of the bits, in the stretch, and returns where they end.
 *
 * Their number is hard to predict, and writing too many costs less than a wrong guess.
 */
@inline
function putPlaces(at: usize, chunk: u64, bits: u64): usize {
  const count = <usize>popcnt(bits);
  let rest = putFour(at, chunk, bits);
  if (count > 4) {
    rest = putFour(at + 8, chunk, rest);
    rest = putTwo(at + 16, chunk, rest);
    for (let i: usize = 10; i < count; i += 4) rest = putFour(at + (i << 1), chunk, rest);
  }
  return at + (count << 1);
}

/** Writes, as an entry of STRANGE, which lines are strange: the first and the last of those that end from `feed` on. */
@inline
function putStrange(at: usize, feed: usize, first: usize, last: usize): void {
  store<u32>(at, <u32>(feed + (first << 1)));
  store<u32>(at, <u32>(feed + (last << 1) + 2), 4);
}

/** Writes the places of the first four bits, and gives the other bits back. */
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
