// @ts-nocheck -- this is AssemblyScript, with types and functions that Deno does not know
// deno-lint-ignore-file
// deno-fmt-ignore-file -- the formatter drops the decorators

/*
 * Adds lines that are proven to be numbers without exponent, plus sign or blanks. What the proof does not tell is the
 * length of a line.
 */

import { addLine } from "./any_line.as";
import {
  addShort, addUp, addWide, loadZeros, makeRoom, MAX_LINES_16, pairsOf, signOf, WEIGHTS, WEIGHTS_BYTES, WEIGHTS_OF_KIND,
  WIDE,
} from "./columns.as";
import { loadMarks, origin } from "./scan.as";

/**
 * Adds lines that are proven to be `[-] digits` with the decimal mark, if any, at the same distance from each line's
 * end. What the proof does not tell is the length of a line.
 *
 * @param feed Begin, and `feedsTo` end, of their part of LINE_FEEDS; the entry before is of the line before.
 * @param crlf 1 if each line feed comes after a CR, or 0.
 * @param distance Of the mark from the line's end, at most 16; 0 if there is none.
 */
export function addUniform(feed: usize, feedsTo: usize, crlf: usize, distance: usize, mark: u32): void {
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
export function addProven(feed: usize, feedsTo: usize, crlf: usize, mark: u32): void {
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
