// @ts-nocheck -- this is AssemblyScript, with types and functions that Deno does not know
// deno-lint-ignore-file
// deno-fmt-ignore-file -- the formatter drops the decorators

/*
 * Adds lines that are proven to be numbers without exponent, plus sign or blanks. What the proof does not tell is the
 * length of a line.
 *
 * A CR counts as the line's last character. As a digit it is worth nothing, and where a line has no decimal mark it
 * stands at the place of one.
 */

import { addLine } from "./any_line.as";
import {
  addShort, addUp, addWide, loadZeros, makeRoom, MAX_LINES_16, pairsOf, SCALE, signOf, WEIGHTS, WEIGHTS_OF_KIND,
  WEIGHTS_OF_LENGTH, WIDE,
} from "./columns.as";
import { loadMarks, origin, provenAt } from "./scan.as";

/** Of four distances of line feeds, the bits that are not set if all are 15 at most. */
const LONG_BITS: u64 = 0xfff0_fff0_fff0_fff0;

/**
 * Adds lines that are proven to be `[-] digits [CR]` with the decimal mark, if any, at the same distance from each line
 * feed.
 *
 * @param feed Begin, and `feedsTo` end, of their part of LINE_FEEDS; the entry before is of the line before.
 * @param crlf 1 if each line feed comes after a CR, or 0.
 * @param distance Of the mark from the line feed, at most 16; 0 if there is none.
 */
export function addUniform(feed: usize, feedsTo: usize, crlf: usize, distance: usize, mark: u32): void {
  const zeros = loadZeros();
  // from a line feed's place: to the first character behind it, and to the 16 before it
  const begin = origin + 1;
  const window = origin - 16;
  const kind = select<usize>(distance, crlf, distance != 0);
  // for an index that is made of the distance from the line feed before, which is 1 more than a line's length
  const headWeights = WEIGHTS - 17 * WEIGHTS_OF_LENGTH;
  const weights = WEIGHTS + kind * WEIGHTS_OF_KIND - WEIGHTS_OF_LENGTH;
  const wideWeights = WEIGHTS + kind * WEIGHTS_OF_KIND + 17 * WEIGHTS_OF_LENGTH;
  let before = <usize>load<u16>(feed - 2);
  while (feed < feedsTo) {
    const stop = min(feed + MAX_LINES_16 * 2, feedsTo);
    let head = i64x2.splat(0);
    let last = i64x2.splat(0);
    // four lines at once, as long as all are short
    for (; feed + 8 <= stop; feed += 8) {
      const places = load<u64>(feed);
      const distances = places - ((places << 16) | <u64>before);
      if ((distances & LONG_BITS) != 0) break;
      const byLength = distances << SCALE;
      const first = entry(places, 0);
      const second = entry(places, 1);
      const third = entry(places, 2);
      const fourth = entry(places, 3);
      last = i16x8.add(last, pairsOfLine(begin + before, window + first, weights + entry(byLength, 0), zeros));
      last = i16x8.add(last, pairsOfLine(begin + first, window + second, weights + entry(byLength, 1), zeros));
      last = i16x8.add(last, pairsOfLine(begin + second, window + third, weights + entry(byLength, 2), zeros));
      last = i16x8.add(last, pairsOfLine(begin + third, window + fourth, weights + entry(byLength, 3), zeros));
      before = fourth;
    }
    for (; feed < stop; feed += 2) {
      const place = <usize>load<u16>(feed);
      const from = begin + before;
      const length = place - before - 1;
      const byLength = (place - before) << SCALE;
      if (length <= 16) {
        last = i16x8.add(last, pairsOfLine(from, window + place, weights + byLength, zeros));
      } else if (length <= WIDE) {
        head = i16x8.add(head, pairsOfLine(from, window + place - 16, headWeights + byLength, zeros));
        last = i16x8.add(last, pairsOfLine(from, window + place, wideWeights, zeros));
      } else {
        addLine(from, feed, mark);
      }
      before = place;
    }
    addUp(kind, head, last);
  }
}

/** The pairs of 16 characters of a line that begins at `from`; `weights` are those for a minus. */
@inline
function pairsOfLine(from: usize, characters: usize, weights: usize, zeros: v128): v128 {
  return pairsOf(v128.load(characters), weights + signOf(load<u8>(from)), zeros);
}

/**
 * Adds lines that are proven to be `[-] digits [CR]` with at most one decimal mark among the digits, not at the begin
 * nor at the end, and passes over the strange ones among them. The parameters are those of `addUniform`.
 */
export function addProven(feed: usize, feedsTo: usize, crlf: usize, mark: u32): void {
  const marks = loadMarks();
  const zeros = loadZeros();
  const begin = origin + 1;
  const window = origin - 16;
  const noMark = (crlf + 15) << SCALE;
  let before = <usize>load<u16>(feed - 2);
  while (feed < feedsTo) {
    const stop = min(feed + MAX_LINES_16 * 2, feedsTo);
    makeRoom(<u32>((stop - feed) >> 1));
    while (feed < stop) {
      // four lines at once, as long as all are short; a strange one counts as nothing, shorter than an empty one
      for (; feed + 8 <= stop; feed += 8) {
        const places = load<u64>(feed);
        const proven = provenAt<u64>(feed);
        if (proven == 0) {
          before = entry(places, 3);
          continue;
        }
        const distances = (places - ((places << 16) | <u64>before)) & proven;
        if ((distances & LONG_BITS) != 0) break;
        const byLength = distances << SCALE;
        const first = entry(places, 0);
        const second = entry(places, 1);
        const third = entry(places, 2);
        const fourth = entry(places, 3);
        addProvenShort(begin + before, window + first, entry(byLength, 0), noMark, marks, zeros);
        addProvenShort(begin + first, window + second, entry(byLength, 1), noMark, marks, zeros);
        addProvenShort(begin + second, window + third, entry(byLength, 2), noMark, marks, zeros);
        addProvenShort(begin + third, window + fourth, entry(byLength, 3), noMark, marks, zeros);
        before = fourth;
      }
      // or one by one
      const groupEnd = min(feed + 8, stop);
      for (; feed < groupEnd; feed += 2) {
        const place = <usize>load<u16>(feed);
        const from = begin + before;
        const distance = (place - before) & <usize>provenAt<u16>(feed);
        before = place;
        const length = distance - 1;
        if (distance <= 17) {
          addProvenShort(from, window + place, distance << SCALE, noMark, marks, zeros);
        } else if (length <= WIDE) {
          const head = v128.load(window + place - 16);
          const last = v128.load(window + place);
          const behind = <usize>clz((marksIn(last, marks) << 16) | marksIn(head, marks));
          addWide(head, last, length, select<usize>(behind + 1, crlf, behind < length), signOf(load<u8>(from)), zeros);
        } else {
          addLine(from, feed, mark);
        }
      }
    }
  }
}

/** Adds a proven line of up to 16 characters. What `byLength` and `noMark` are, `addShort` tells of its parameters. */
@inline
function addProvenShort(from: usize, characters: usize, byLength: usize, noMark: usize, marks: v128, zeros: v128): void {
  const last = v128.load(characters);
  // of the last mark, which may stand before the line; that the kind is 15 less is left to `addShort`
  const ofMark = <usize>clz(marksIn(last, marks)) << SCALE;
  const byKind = select<usize>(ofMark, noMark, ofMark < byLength + (15 << SCALE));
  addShort(last, byKind, byLength, signOf(load<u8>(from)), zeros);
}

/** Where of 16 characters the marks stand: the lowest bit is the first character. */
@inline
function marksIn(characters: v128, marks: v128): u32 {
  return i8x16.bitmask(i8x16.eq(characters, marks));
}

/** One of four numbers of 16 bits. */
@inline
function entry(four: u64, index: u64): usize {
  return <usize>((four >> (index * 16)) & 0xffff);
}
