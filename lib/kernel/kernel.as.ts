// @ts-nocheck -- this is AssemblyScript, with types and functions that Deno does not know
// deno-lint-ignore-file
// deno-fmt-ignore-file -- the formatter drops the decorators

/*
 * The kernel: adds up lines of decimal numbers, exactly, at the speed of memory. AssemblyScript with SIMD, built
 * into kernel.wasm by tools/build_kernel.ts; kernel.ts wraps it.
 *
 * THE IDEA is to add columns, as one does on paper, and to leave the carrying to the very end. Every digit of a line
 * is added, with its line's sign, to an integer counter that is chosen by how far the digit stands from the line
 * feed and by how far the decimal mark does:
 *
 *       -12.34      -1  -2   .  -3  -4        Vector instructions add 16 columns at once, each two neighbours to
 *         5.67           5   .   6   7        one counter: ten times the left one and once the right one. Nothing is
 *     --------      ----------------------    rounded, and no counter can overflow, since the lines that went into
 *       -6.67       -1   3   .   3   3        it are counted: each adds at most 99. See columns.as.ts.
 *
 * A line is aligned by its line feed, so a vector is loaded from the 16 bytes before that, and multiplied with weights:
 * 10 and 1 for its digits, negative ones where it has a minus, and 0 for its decimal mark and for what stands before
 * the line itself. A CR counts nothing. Three paths, from fast to general:
 *
 * 1. A stretch of 16 KiB is scanned in chunks of 64 bytes, which proves of nearly every line that it is an optional
 *    minus and digits, with one decimal mark at most among them (see scan.as.ts); and often that all lines have their
 *    mark, if any, at the same place. Then their columns are added in registers, without another look at them
 *    (`addUniform`).
 * 2. Otherwise each line that is proven is added by itself, at the place of its mark (`addProven`).
 * 3. Lines of which nothing is proven are read from left to right, which costs several times as much (`addLine`). A
 *    processor that goes back and forth between 2 and 3 often guesses wrong, so a stretch's strange lines come before
 *    those that are left to 2, which passes them over. What even 3 does not accept, a bad line perhaps, or one with
 *    10,000 digits, goes to the list of odd lines, and the caller, who knows the whole grammar, looks at it. So the
 *    kernel may refuse too much, but must never accept too much.
 *
 * WHAT TO WATCH. The first line of a stretch may have begun in the stretch before, for which this one's scan does not
 * vouch: nothing is proven of it. And proofs look back from a line's end, never ahead, for what is ahead may be in the
 * next stretch. Vectors reach up to 32 bytes before and 64 bytes behind the lines, where anything may stand: it is
 * read, and never counts. All scratch memory is used within one call only.
 */

import { addLine, countLines, forgetLines, lineCount, MAX_ODD, maxOddLines, odd, oddCount, oddLines } from "./any_line.as";
import { CR, LF } from "./characters.as";
import { collect, forgetSums, maxSums, sums } from "./columns.as";
import { addProven, addUniform } from "./proven_lines.as";
import {
  beginScan, beginStretch, feedsEnd, forgetStrange, LINE_FEEDS, lineFeedAt, scanAny, scanUniform, setStrange, STRANGE,
  strangeEnd, STRETCH,
} from "./scan.as";

export { collect, lineCount, maxOddLines, maxSums, oddCount, oddLines, sums };
export {
  chainHash, hashBegin, hashDigest, hashPieces, hashState, hashStateBytes, hashUpdate, maxPieces, pieceHashes,
} from "./xxh64.as";

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

/** Forgets all sums, counts and odd lines. */
export function reset(): void {
  forgetSums();
  forgetLines();
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
  let distance = distanceOfMark(to - 1, mark);
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
    if (next < feedsEnd) {
      const strange = addStrange(next, mark);
      addProven(next, feedsEnd, crlf, mark);
      if (strange) forgetStrange();
    }

    countLines(<u32>((feedsEnd - LINE_FEEDS) >> 1));
    const lastFeed = lineFeedAt(feedsEnd - 2);
    start = lastFeed + 1;
    if (uniformEnd != feedsEnd) {
      crlf = usize(load<u8>(lastFeed - 1) == CR);
      distance = distanceOfMark(lastFeed, mark);
    }
  }
  return start;
}

/** Adds the lines from `feed` on of which nothing is proven, and marks them for `addProven`; tells if there are any. */
function addStrange(feed: usize, mark: u32): bool {
  let any = false;
  for (let range = STRANGE; range < strangeEnd; range += 8) {
    const to = min(<usize>load<u32>(range, 4), feedsEnd);
    for (feed = max(feed, <usize>load<u32>(range)); feed < to; feed += 2) {
      addLine(lineFeedAt(feed - 2) + 1, feed, mark);
      setStrange(feed);
      any = true;
    }
  }
  return any;
}

/** How far before its line feed, at most 16 bytes, a line has its decimal mark; 0 if it has none there. */
function distanceOfMark(lineFeed: usize, mark: u32): usize {
  for (let i: usize = 2; i <= 16; i++) {
    const byte = <u32>load<u8>(lineFeed - i);
    if (byte == mark) return i;
    if (byte == LF) return 0;
  }
  return 0;
}
