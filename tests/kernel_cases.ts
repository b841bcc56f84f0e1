/**
 * Made-up input for the kernel, and the ways to compare it with the reference. Shared by the tests and
 * tools/fuzz_kernel.ts.
 *
 * @module
 */
import type { KernelExports } from "../lib/kernel/add_lines_fast.ts";
import { type AddLines, addLines, emptyTally, type Tally } from "../lib/pure/add_lines.ts";
import { type Marks, MAX_LINE_BYTES, PLAIN_MARKS } from "../lib/pure/parse_number.ts";

/** Whole lines, and how they are given to the function under test. */
export interface Case {
  bytes: Uint8Array;
  marks: Marks;
  /** Each part's end, a line's end; and where in an input area it stands, or -1 for memory of its own. */
  parts: { to: number; at: number }[];
  /** What stands before and behind a part in an input area. */
  poison: number;
}

/** Numbers from 0 to 1, without it; always the same ones for a seed (mulberry32). */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const LF = 10;
const DOT = 46;
const encoder = new TextEncoder();
/** Bytes that a kernel might take for something else, among them some with 128 added. */
export const WRONG_BYTES = [
  ...encoder.encode("\0\t\n\r +,-./:;09<Ee_"),
  ...[0x1d, 0x3f, 0x4d, 0x75, 0x7f, 0x80, 0x8a, 0x8d, 0xad, 0xae, 0xb0, 0xb5, 0xb9, 0xba, 0xff],
];
const POISON = [...encoder.encode("\n\r0\0.,-5 "), 0xff, 0x8a];
/** How far before and behind the lines the poison reaches. */
const POISONED = 128;

/** A random case; always the same one for a seed. */
export function createCase(seed: number): Case {
  const random = createRandom(seed);
  const below = (n: number) => Math.floor(random() * n);
  const pick = <T>(values: readonly T[]): T => values[below(values.length)]!;
  const digits = (n: number) => {
    let text = "";
    for (let i = 0; i < n; i++) text += below(10);
    return text;
  };
  const minus = () => pick(["", "-"]);
  const sign = () => pick(["", "-", "", "-", "", "-", "", "+"]);
  const marks: Marks = { decimal: pick([46, 46, 44]), group: pick([-1, -1, 44, 46, 32]) };
  if (marks.group === marks.decimal) marks.group = -1;
  const mark = String.fromCharCode(marks.decimal);
  const group = marks.group < 0 ? "_" : String.fromCharCode(marks.group);

  // each draws what its lines have in common, and gives a function that draws a line
  const forms: (() => () => string)[] = [
    () => () => minus() + below(1e6),
    () => {
      const most = 1 + below(15);
      return () => minus() + digits(1 + below(most));
    },
    () => {
      const [places, most] = [1 + below(15), 1 + below(12)];
      return () => minus() + digits(1 + below(most)) + mark + digits(places);
    },
    () => {
      // a line with marks too many before one that is short, now and then
      const places = 1 + below(12);
      const extra = () => below(40) === 0 ? digits(below(3)) + mark : "";
      return () => below(40) === 0 ? digits(1 + below(places)) : digits(1 + below(4)) + mark + extra() + digits(places);
    },
    () => {
      const places = 1 + below(14);
      return () => sign() + digits(below(3)) + mark + digits(places);
    },
    () => () => sign() + digits(1 + below(8)) + (below(2) ? mark + digits(below(7)) : ""),
    () => {
      const end = pick(["", "\r"]);
      return () => sign() + digits(15 + below(25)) + (below(3) ? "" : mark + digits(below(20))) + end;
    },
    () => {
      const [length, end] = [15 + below(20), pick(["", "\r"])];
      return () => minus() + digits(length) + end;
    },
    () => () =>
      sign() + digits(1 + below(3)) + mark + digits(below(4)) + pick(["e", "E"]) + pick(["", "+", "-"]) + below(70),
    () => () =>
      sign() + digits(below(40)) + (below(2) ? mark + digits(below(30)) : "") + "e" + pick(["", "-"]) + below(12e3),
    () => () =>
      pick(["", " ", "\t", "  "]) + sign() + digits(1 + below(18)) + (below(2) ? mark + digits(below(5)) : "") +
      pick(["", " ", "\t"]) + (below(2) ? "\r" : ""),
    () => {
      // the largest columns
      const [first, nines, places] = [minus(), "9".repeat(1 + below(9)), "9".repeat(below(6))];
      return () => first + nines + (places ? mark + places : "");
    },
    () => {
      const places = below(6);
      const cr = pick([2, 300, 1e9]);
      return () => minus() + digits(1 + below(6)) + (places ? mark + digits(places) : "") + (below(cr) ? "\r" : "");
    },
    () => () => below(10) + (below(2) ? "\r" : ""),
    () => () => minus() + (1 + below(999)) + group + digits(3) + (below(2) ? group + digits(3) : "") + mark + digits(2),
    () => () => pick(["", "", "\r", " ", "\t \r", "7"]),
    () => () => minus() + "0".repeat(below(300)) + below(1000) + " ".repeat(below(pick([3, 300]))),
  ];

  const lines: string[] = [];
  let length = 0;
  const most = pick([50, 500, 5000, 20_000]);
  while (length < most) {
    const next = pick(forms)();
    const until = Math.min(most, length + pick([100, 3000, 9000, 20_000]));
    while (length < until) {
      const line = next() + "\n";
      lines.push(line);
      length += line.length;
    }
  }
  const bytes = encoder.encode(lines.join(""));
  const spoil = (at: number) => {
    // the last line feed stays
    const place = Math.max(0, Math.min(bytes.length - 2, at));
    bytes[place] = below(4) ? pick(WRONG_BYTES) : below(2) ? marks.decimal : below(256);
  };
  for (let n = pick([0, 0, 1, 1, 2, 3, 6]); n > 0; n--) {
    const at = below(bytes.length);
    switch (below(3)) {
      case 0:
        spoil(at);
        break;
      case 1:
        spoil(bytes.indexOf(LF, at) + below(9) - 4);
        break;
      case 2:
        spoil(at);
        spoil(at + below(12));
    }
  }

  const parts: Case["parts"] = [];
  const oneIn = pick([1, 3, 50, 3000, 1e9]);
  for (let i = 0; i < bytes.length; i++) {
    if (bytes[i] === LF && (i === bytes.length - 1 || below(oneIn) === 0)) {
      parts.push({ to: i + 1, at: pick([-1, 0, 0, below(200)]) });
    }
  }
  return { bytes, marks, parts, poison: pick(POISON) };
}

/** Cases at the limits of counters, lists and line lengths, which chance seldom meets. */
export function* limitCases(): Generator<Case> {
  const whole = (text: string, decimal = DOT): Case => {
    const bytes = encoder.encode(text);
    return { bytes, marks: { decimal, group: -1 }, parts: [{ to: bytes.length, at: 0 }], poison: LF };
  };
  // the largest columns, in lines that are uniform, proven and neither
  const short = ["9", "-9", "+9", "99", "-99", "9.9", "-9.9", "+9.9", "9\r", "99\r", "-99999999.99"];
  for (const line of [...short, "9".repeat(20), "9".repeat(20) + "\r", "+" + "9".repeat(31)]) {
    yield whole((line + "\n").repeat(20_000));
    yield whole((line + "\n9.99\n").repeat(10_000));
    yield whole((line + "\nx\n" + (line + "\n").repeat(30)).repeat(600));
  }
  // more odd lines than their list takes, bad ones among them
  for (const line of ["", "\r", "1e500"]) {
    yield whole((line + "\n").repeat(40_000) + "x\n" + line + "\n");
  }
  yield whole("x\n1\n".repeat(40_000));
  // some proven ones among them, so that the list would end within a stretch
  for (const blank of [5, 7, 30]) yield whole(("\n".repeat(blank) + "5\n").repeat(78_000 / blank) + "x\n");
  // odd lines of which much is proven, by themselves and among others
  const long = "7".repeat(70);
  yield whole((long + "\n").repeat(20_000) + "x\n" + long + "\n");
  yield whole(`1\n${long}\n\n2.5\nx\n-${long}\n+3\n`.repeat(5000));
  // exponents and lengths around every limit of the kernel's
  const ladder: string[] = ["1e+", "1e-", ".", "-.", "+", "-", "1e1e1", "1ex", "1ex5", "1e+x5", "1e-.5", "1e5x"];
  // exponents that an overflow would make small, the largest powers, and what is not quite an e
  ladder.push("1e4294967296", "1e4294967297", "1e-4294967299", `${"7".repeat(61)}e63`);
  ladder.push(`.${"7".repeat(59)}e-63`, `.${"7".repeat(59)}e-64`, `${"7".repeat(60)}e-63`, "1eA", "1e:", "1e-:");
  ladder.push(`.${"7".repeat(57)}e-99`, `${"7".repeat(60)}e99`);
  for (let byte = 33; byte < 127; byte++) ladder.push(`12${String.fromCharCode(byte)}5`);
  for (let n = 0; n <= 300; n++) {
    const digits = "1234567890".repeat(30).slice(0, n);
    ladder.push(`1e${n}`, `-12.5E-${n}`, `${digits}e${n}`, `.${digits}1e-${n}`, digits, `-${digits}.5`, `.${digits}`);
    ladder.push(`${" ".repeat(n)}12`, `+3.5${"\t".repeat(n)}\r`, `${digits}e+000${n}`, `e${n}`, `1e${digits}`);
  }
  yield whole(ladder.join("\n") + "\n");
  for (const line of ladder) yield whole(line + "\n");
  // the mark at every place of lines of every width, with and without a CR
  for (const end of ["\n", "\r\n"]) {
    let text = "";
    for (let whole = 1; whole <= 31; whole++) {
      for (let places = 1; whole + places <= 31; places++) text += `-${"7".repeat(whole)}.${"8".repeat(places)}${end}`;
    }
    yield whole((text + `12${end}1e5${end}`).repeat(3));
  }
  for (const extra of [0, 1]) {
    yield whole("1\n" + " ".repeat(MAX_LINE_BYTES - 1 + extra) + "7\n2\n");
    yield whole("1\n" + " ".repeat(MAX_LINE_BYTES - 1 + extra) + "7\r\n2\n");
    yield whole("1\n" + "7".repeat(MAX_LINE_BYTES + extra) + "\n2\n");
  }
}

/**
 * What a function makes of a case, as text: first without `onBadLine`, then with it.
 *
 * @param kernel In whose input area the parts are put; without it each is memory of its own.
 */
export function outcome(add: AddLines, { bytes, marks, parts, poison }: Case, kernel?: KernelExports): string {
  const place = (from: number, to: number, at: number) => {
    const part = bytes.subarray(from, to);
    return kernel && at >= 0 ? putPoisoned(kernel, part, at, poison) : part;
  };
  const results: string[] = [];
  for (const skip of [false, true]) {
    const tally = emptyTally();
    const bad: string[] = [];
    let end = 0;
    for (const { to, at } of parts) {
      const from = end;
      const onBadLine = (start: number, feed: number) => bad.push(describeBadLine(tally, from + start, from + feed));
      end = from + add(tally, place(from, to, at), marks, skip ? onBadLine : undefined);
      if (end < to) break;
    }
    results.push(describe(tally, bad, end));
  }
  return results.join("\n");
}

/** What the reference makes of a case, all in one part. */
export function expected({ bytes, marks, poison }: Case): string {
  return outcome(addLines, { bytes, marks, parts: [{ to: bytes.length, at: -1 }], poison });
}

/** Puts lines into an input area, `at` bytes from its begin, between poison. */
function putPoisoned(kernel: KernelExports, lines: Uint8Array, at: number, poison: number): Uint8Array {
  const start = kernel.area(0) + at;
  const memory = new Uint8Array(kernel.memory.buffer);
  memory.fill(poison, start - POISONED, start);
  memory.set(lines, start);
  memory.fill(poison, start + lines.length, start + lines.length + POISONED);
  return memory.subarray(start, start + lines.length);
}

function describeBadLine({ count, blank, skipped }: Tally, from: number, to: number): string {
  return `${from}-${to} is line ${count + blank + skipped + 1}`;
}

function describe({ sum, count, blank, skipped }: Tally, bad: string[], end: number): string {
  return `${sum} of ${count}, ${blank} blank, ${skipped} skipped (${bad.join("; ")}), stopped at ${end}`;
}

/** Bytes that the kernel scans before it adds them, as scan.as.ts has it. */
const STRETCH = 16_384;

/** How {@linkcode sweep} goes. */
export interface SweepOptions {
  /** How many bytes, from the begin of a stretch and on both sides of its end, are swept. */
  reach: number;
  wrongBytes: readonly number[];
}

/** The bytes that the kernel has most to do with, where they may matter: a few seconds for all forms. */
export const QUICK_SWEEP: SweepOptions = { reach: 1000, wrongBytes: [...encoder.encode("\n\r-./"), 0xb5] };

/** The forms of lines that are swept. */
export const SWEPT_FORMS: readonly ((random: () => number) => string)[] = [
  (random) => `${minusOrNot(random)}${(random() * 1e4).toFixed(2)}`,
  (random) => `${minusOrNot(random)}${Math.floor(random() * 1e6)}`,
  (random) => `${Math.floor(random() * 10)}`,
  (random) => `${(random() * 100).toFixed(5)}`,
  (random) => `${minusOrNot(random)}${(random() * 1e4).toFixed(3)}\r`,
  (random) => `${minusOrNot(random)}${Math.floor(random() * 1e6)}\r`,
  (random) => `${minusOrNot(random)}${Math.floor(random() * 1e15)}${Math.floor(random() * 1e6)}`,
  (random) => `${minusOrNot(random)}${"1234567890".repeat(4).slice(0, 12 + Math.floor(random() * 20))}\r`,
  (random) =>
    `${minusOrNot(random)}${(random() * 10 ** (1 + Math.floor(random() * 6))).toFixed(Math.floor(random() * 5))}`,
];

function minusOrNot(random: () => number): string {
  return random() < 0.5 ? "-" : "";
}

/**
 * Puts one wrong byte at every place, within reach of the ends, of a stretch of one form; and two wrong bytes near each
 * other at every place where the kernel's stretches begin and end.
 *
 * @returns The number of comparisons, and what is wrong with the first that differs from the reference.
 */
export function sweep(
  add: AddLines,
  kernel: KernelExports,
  form: (random: () => number) => string,
  { reach, wrongBytes }: SweepOptions,
): { comparisons: number; difference?: string } {
  const random = createRandom(1);
  let text = "";
  while (text.length < STRETCH + Math.min(reach, 600)) text += form(random) + "\n";
  const bytes = putPoisoned(kernel, encoder.encode(text), 0, LF);
  let comparisons = 0;

  for (let place = 0; place < bytes.length - 1; place++) {
    if (place === reach && place < STRETCH - reach) place = STRETCH - reach;
    // only a few lines differ from the stretch as it was: the reference has to look at these only
    const from = place === 0 ? 0 : bytes.lastIndexOf(LF, place - 1) + 1;
    const nearEdge = place < 80 || Math.abs(place - STRETCH) < 80;
    let to = bytes.indexOf(LF, place) + 1;
    for (let lines = nearEdge ? 8 : 1; lines > 0 && to < bytes.length; lines--) to = bytes.indexOf(LF, to) + 1;
    const before = emptyTally();
    addLines(before, bytes.subarray(0, from), PLAIN_MARKS);
    const behind = emptyTally();
    addLines(behind, bytes.subarray(to), PLAIN_MARKS);
    const compare = () => {
      comparisons++;
      const want = expectedWithin(bytes, from, to, before, behind);
      const got = outcomeInPlace(add, bytes);
      return want === got
        ? undefined
        : `place ${place} of ${JSON.stringify(text.slice(0, 30))}: got ${got}, want ${want}`;
    };

    const right = bytes[place]!;
    for (const wrong of wrongBytes) {
      bytes[place] = wrong;
      const difference = compare();
      if (difference) return { comparisons, difference };
    }
    for (let next = place + 1; nearEdge && next < Math.min(place + 10, to - 1); next++) {
      const rightNext = bytes[next]!;
      for (const [first, second] of [[DOT, DOT], [DOT, LF], [LF, DOT], [LF, 45]] as const) {
        bytes[place] = first;
        bytes[next] = second;
        const difference = compare();
        if (difference) return { comparisons, difference };
      }
      bytes[next] = rightNext;
    }
    bytes[place] = right;
  }
  return { comparisons };
}

/** {@linkcode outcome} of bytes in an input area, where they are. */
function outcomeInPlace(add: AddLines, bytes: Uint8Array): string {
  const stopped = emptyTally();
  const first = describe(stopped, [], add(stopped, bytes, PLAIN_MARKS));
  const tally = emptyTally();
  const bad: string[] = [];
  const end = add(tally, bytes, PLAIN_MARKS, (from, to) => bad.push(describeBadLine(tally, from, to)));
  return first + "\n" + describe(tally, bad, end);
}

/** What the reference would make of bytes, of whose lines those outside of [from, to) are known. */
function expectedWithin(bytes: Uint8Array, from: number, to: number, before: Tally, behind: Tally): string {
  const changed = bytes.subarray(from, to);
  const stopped = emptyTally();
  let end = addLines(stopped, changed, PLAIN_MARKS);
  mergeTally(stopped, before);
  if (end === changed.length) {
    mergeTally(stopped, behind);
    end = bytes.length - from;
  }
  const tally = emptyTally();
  const bad: string[] = [];
  tally.count = before.count;
  tally.blank = before.blank;
  addLines(tally, changed, PLAIN_MARKS, (start, feed) => bad.push(describeBadLine(tally, from + start, from + feed)));
  mergeTally(tally, { ...before, count: 0, blank: 0 });
  mergeTally(tally, behind);
  return describe(stopped, [], from + end) + "\n" + describe(tally, bad, bytes.length);
}

function mergeTally(tally: Tally, other: Tally): void {
  tally.sum.merge(other.sum);
  tally.count += other.count;
  tally.blank += other.blank;
}

/** Lines of one form, amid which {@linkcode trySplices} puts others. */
export const SPLICED_FORMS = ["7\n", "12.34\n", "-1.5\n", "12.3456\n", "123\r\n", "1.25\r\n", "1.5\n27\n"];

/**
 * Puts every text of up to `most` of the characters amid lines of one form, where two chunks of the kernel's meet.
 *
 * @returns The number of comparisons, and the first text that differs from the reference.
 */
export function trySplices(
  add: AddLines,
  kernel: KernelExports,
  form: string,
  { characters, most }: { characters: string; most: number },
): { comparisons: number; difference?: string } {
  let comparisons = 0;
  for (const place of [59, 61]) {
    const before = form.repeat(60).slice(0, place);
    const behind = form.repeat(60).slice(place, place + 20) + "\n" + form.repeat(12);
    for (let length = 1; length <= most; length++) {
      for (let n = 0; n < characters.length ** length; n++) {
        let text = "";
        for (let rest = n; text.length < length; rest = Math.floor(rest / characters.length)) {
          text += characters[rest % characters.length];
        }
        const bytes = encoder.encode(before + text + behind);
        const made = { bytes, marks: PLAIN_MARKS, parts: [{ to: bytes.length, at: 0 }], poison: LF };
        comparisons++;
        if (outcome(add, made, kernel) === expected(made)) continue;
        return { comparisons, difference: `${JSON.stringify(text)} at ${place} of ${JSON.stringify(form)}` };
      }
    }
  }
  return { comparisons };
}
