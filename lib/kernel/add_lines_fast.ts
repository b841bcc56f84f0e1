import { addLine, type AddLines, addLines, emptyTally, type OnBadLine, type Tally } from "../pure/add_lines.ts";
import type { Marks } from "../pure/parse_number.ts";
import type * as wasm from "./kernel.wasm";

/** What kernel.wasm exports; kernel.as.ts says what each does. Pointers are offsets in its memory. */
export type KernelExports = typeof wasm;

const LF = 10;
const DOT = 46;
const COMMA = 44;
const LOWER_E = 101;
/** The numbers that describe an odd line: its begin, the place of its line feed, and how many lines are before it. */
const ODD_FIELDS = 3;
/** The numbers that describe a sum: a power of ten, and how many of that there are. */
const SUM_FIELDS = 2;

/** Lines `bytes[from, to)`, of which each byte stands in the kernel's memory too, `shift` further up. */
interface Stretch {
  bytes: Uint8Array;
  from: number;
  to: number;
  shift: number;
}

/** Where the work stopped, right after a line feed, and whether that was because of a bad line there. */
interface Progress {
  end: number;
  bad: boolean;
}

/**
 * Makes an {@linkcode AddLines} of an instance of the kernel.
 *
 * The kernel takes nearly all lines, and this the odd ones that it leaves. Lines that stand in the kernel's memory
 * are added where they are, others are copied there first. If `onBadLine` throws, the tally's counts are those of the
 * lines before, and its sum is worth nothing.
 *
 * @param kernel Its scratch memory is used during a call. `onBadLine` may use the same instance.
 */
export function createAddLines(kernel: KernelExports): AddLines {
  const memory = new Uint8Array(kernel.memory.buffer);
  const stageAt = kernel.area(kernel.areas());
  const stage = memory.subarray(stageAt, stageAt + kernel.stageBytes());
  const oddLines = new Uint32Array(memory.buffer, kernel.oddLines(), kernel.maxOddLines() * ODD_FIELDS);
  const sums = new Int32Array(memory.buffer, kernel.sums(), kernel.maxSums() * SUM_FIELDS);

  return function addLinesFast(tally, bytes, marks, onBadLine) {
    if (!isSafe(marks)) return addLines(tally, bytes, marks, onBadLine);
    const inPlace = bytes.buffer === memory.buffer;
    for (let from = 0; from < bytes.length;) {
      let { end, bad } = { end: from, bad: false };
      if (inPlace) {
        ({ end, bad } = addStretch(
          tally,
          { bytes, from, to: bytes.length, shift: bytes.byteOffset },
          marks,
          onBadLine,
        ));
      } else {
        const to = bytes.lastIndexOf(LF, from + stage.length - 1) + 1;
        if (to > from) {
          stage.set(bytes.subarray(from, to));
          ({ end, bad } = addStretch(tally, { bytes, from, to, shift: stageAt - from }, marks, onBadLine));
        } else {
          ({ end, bad } = addLongLine(tally, bytes, from, marks, onBadLine));
        }
      }
      if (bad) return end;
      from = end;
    }
    return bytes.length;
  };

  /** Adds lines of a stretch, at least one, until the list of odd ones is full. */
  function addStretch(tally: Tally, stretch: Stretch, marks: Marks, onBadLine: OnBadLine | undefined): Progress {
    const { bytes, from, to, shift } = stretch;
    kernel.reset();
    const end = kernel.sum(from + shift, to + shift, marks.decimal) - shift;
    const lines = kernel.lineCount();
    const odd = oddLines.slice(0, kernel.oddCount() * ODD_FIELDS);
    if (odd.length === 0 || onBadLine) addCollected(tally);
    // without onBadLine, nothing is known of the lines before a bad one but that it ends them
    const part = odd.length === 0 || onBadLine ? tally : emptyTally();
    let passed = 0;
    for (let i = 0; i < odd.length; i += ODD_FIELDS) {
      const start = odd[i]! - shift;
      const feed = odd[i + 1]! - shift;
      const before = odd[i + 2]!;
      // negative for a long line that is listed behind later ones; such a line is never bad, and the count comes right
      part.count += before - passed;
      passed = before + 1;
      if (addLine(part, bytes, start, feed, marks)) continue;
      if (!onBadLine) {
        // what was collected holds lines behind the bad one, so those before it are added once more, by themselves
        for (let next = from; next < start;) {
          const { end, bad } = addStretch(tally, { bytes, from: next, to: start, shift }, marks, onBadLine);
          if (bad) throw new Error(`Cannot add lines: the kernel first accepted and then refused the line at ${end}`);
          next = end;
        }
        return { end: start, bad: true };
      }
      onBadLine(start, feed);
      part.skipped++;
    }
    part.count += lines - passed;
    if (part !== tally) {
      addCollected(tally);
      tally.sum.merge(part.sum);
      tally.count += part.count;
      tally.blank += part.blank;
    }
    return { end, bad: false };
  }

  /** Adds what the kernel has collected since its reset. */
  function addCollected(tally: Tally): void {
    const end = kernel.collect() * SUM_FIELDS;
    for (let i = 0; i < end; i += SUM_FIELDS) {
      const power = sums[i]!;
      const value = sums[i + 1]!;
      const millions = Math.trunc(value / 1e6);
      // all at once would be too much for `addUnits` where there are more than 2^26
      if (millions !== 0) tally.sum.addUnits(millions, power + 6);
      if (value !== millions * 1e6) tally.sum.addUnits(value - millions * 1e6, power);
    }
  }
}

/** Whether the kernel, which knows of no group mark and leaves such lines, takes none for something else. */
function isSafe({ decimal, group }: Marks): boolean {
  return (decimal === DOT || decimal === COMMA) && group !== decimal && (group | 32) !== LOWER_E;
}

/** Adds the one line that begins at `from`. */
function addLongLine(
  tally: Tally,
  bytes: Uint8Array,
  from: number,
  marks: Marks,
  onBadLine: OnBadLine | undefined,
): Progress {
  const feed = bytes.indexOf(LF, from);
  if (!addLine(tally, bytes, from, feed, marks)) {
    if (!onBadLine) return { end: from, bad: true };
    onBadLine(from, feed);
    tally.skipped++;
  }
  return { end: feed + 1, bad: false };
}
