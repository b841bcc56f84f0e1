import { assert, assertEquals, assertMatch, assertThrows } from "@std/assert";
import fc from "fast-check";
import { MergeError } from "../lib/pure/errors.ts";
import { type Merged, PartialMerger } from "../lib/pure/merge_partials.ts";
import type { Partial } from "../lib/pure/partial.ts";
import { PartialLines } from "../lib/pure/partial_lines.ts";
import type { Range } from "../lib/pure/range.ts";
import { rangeOf } from "../lib/pure/shard.ts";
import { numberLines } from "./arbitrary_numbers.ts";
import { type Cut, cutLines, lineOf, partialOf } from "./cut_by_hand.ts";
import { oracleSum } from "./oracle.ts";
import { checkProperty } from "./property.ts";

const CASES = 300;

/** Any text of numbers, with and without CR, blank lines, bad lines and a last line feed. */
const cut: fc.Arbitrary<Cut> = fc.tuple(
  numberLines,
  fc.array(fc.constantFrom("", "\r", "x", " ")),
  fc.constantFrom("\n", "\r\n"),
  fc.boolean(),
).map(([numbers, others, end, hasEnd]) => cutLines([...numbers, ...others].join(end) + (hasEnd ? end : "")));

/** Ranges that cover a text of so many bytes once: its shards, or cut anywhere. */
function tilings(size: number): fc.Arbitrary<Range[]> {
  const shards = fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 1000 })).map((of) =>
    Array.from({ length: of }, (_, i) => rangeOf({ shard: i + 1, of }, "a file", size))
  );
  const cuts = fc.array(fc.nat({ max: size }), { maxLength: 20 }).map((places) => {
    const ends = [0, ...places.sort((a, b) => a - b), size];
    return ends.slice(1).map((to, i) => ({ from: ends[i]!, to }));
  });
  return fc.oneof(shards, cuts);
}

const job = cut.chain((cut) => fc.record({ cut: fc.constant(cut), ranges: tilings(cut.text.length) }));

function merge(partials: readonly Partial[], expectLines?: number): Merged {
  const merger = new PartialMerger();
  partials.forEach((partial, i) => merger.add(lineOf(partial), { file: "parts.jsonl", line: i + 1 }));
  return merger.finish(expectLines);
}

function refusal(partials: readonly Partial[], expectLines?: number): string {
  return (assertThrows(() => merge(partials, expectLines), MergeError) as Error).message;
}

Deno.test("any cut of any text, in any order and with repetitions, merges to what one run comes to", () => {
  const withOrder = fc.tuple(job, fc.infiniteStream(fc.nat({ max: 1000 })));
  checkProperty(
    fc.property(withOrder, ([{ cut, ranges }, random]) => {
      const partials = ranges.map((range, i) => partialOf(cut, range, `host${i % 3}/numbers.txt`));
      const more = partials.filter(() => random.next().value < 300).map((partial) => ({
        ...partial,
        input: { ...partial.input!, name: "/elsewhere/numbers.txt" },
      }));
      const keyed = [...partials, ...more].map((partial) => ({ partial, key: random.next().value }));
      const merged = merge(keyed.sort((a, b) => a.key - b.key).map(({ partial }) => partial), cut.lines.length);
      assertEquals(merged.sum, oracleSum(cut.lines));
      assertEquals(merged.count + merged.blank + merged.skipped, cut.lines.length);
      assertEquals(merged.repeated, more.filter(({ range }) => range!.from < range!.to).length);
    }),
    CASES,
  );
});

Deno.test("any partial that is missing is named, and any that is too much is refused", () => {
  checkProperty(
    fc.property(job, fc.nat(), fc.nat(), fc.nat(), ({ cut, ranges }, drop, from, to) => {
      const partials = ranges.map((range) => partialOf(cut, range));
      const full = partials.filter(({ range }) => range!.from < range!.to);
      fc.pre(full.length > 0);
      const dropped = full[drop % full.length]!;
      const rest = partials.filter((partial) => partial !== dropped);
      if (rest.length === 0) return;
      const range = dropped.range!;
      assertMatch(refusal(rest), new RegExp(`bytes of numbers\\.txt are missing: ${range.from}-${range.to}\\.`));

      const size = cut.text.length;
      const extra = [from % (size + 1), to % (size + 1)].sort((a, b) => a - b) as [number, number];
      const [first, last] = extra;
      if (first === last || ranges.some((range) => range.from === first && range.to === last)) return;
      assertMatch(refusal([...partials, partialOf(cut, { from: first, to: last })]), /overlap|more than once/);
    }),
    CASES,
  );
});

Deno.test("two whole files that hold the same are not taken for one", () => {
  const cut = cutLines("1\n2\n");
  const [a, b] = ["a.txt", "b.txt"].map((name) => partialOf(cut, { from: 0, to: 4 }, name)) as [Partial, Partial];
  assertEquals([merge([a, a]).sum, merge([a, a]).repeated], ["3", 1]);
  for (const both of [[a, b], [b, a, a]]) assertMatch(refusal(both), /a\.txt.*b\.txt|b\.txt.*a\.txt/);
  assertMatch(refusal([a, b]), /say the same\. If these are two files, merge those of each by themselves/);
  const halves = ["a.txt", "b.txt"].flatMap((name) => [
    partialOf(cut, { from: 0, to: 2 }, name),
    partialOf(cut, { from: 2, to: 4 }, name),
  ]);
  assertMatch(refusal(halves), /say the same/);
});

const CUT = cutLines("1\n22\n333\n4444\n");
const parts = (...ends: number[]) => ends.slice(1).map((to, i) => partialOf(CUT, { from: ends[i]!, to }));

Deno.test("partials of another input, of other options, or of another kind are refused", () => {
  const [one, two] = parts(0, 5, 14) as [Partial, Partial];
  const stream = { ...two, input: undefined, range: undefined, lines: undefined };
  const others: Record<string, [Partial, RegExp]> = {
    "another size": [{ ...two, input: { ...two.input!, size: 15 } }, /parts\.jsonl:2 is of another input.*15 bytes/],
    "other ends": [{ ...two, input: { ...two.input!, ends: "f".repeat(16) } }, /:2 is of another input/],
    "other options": [{ ...two, options: { decimal_mark: "," } }, /:2 was summed with --decimal-mark ,/],
    "no range": [stream, /:2 has no range, unlike those before it/],
    "the same range with another sum": [{ ...one, sum: "24" }, /the bytes 0-5 say different things/],
    "the same range with other counts": [{ ...one, blank: 1 }, /the bytes 0-5 say different things/],
    "lines before its range": [{ ...two, lines: { from: 4, to: 14 } }, /does not fit its own range/],
    "a range beyond the end": [{ ...two, range: { from: 5, to: 15 } }, /does not fit its own range/],
    "lines that do not join": [{ ...two, lines: { from: 6, to: 14 } }, /lines around byte 5 .* do not join/],
    "a last line beyond the end": [{ ...two, lines: { from: 5, to: 13 } }, /does not fit its own range/],
  };
  assertEquals(merge([one, two]).sum, "4800");
  for (const [name, [other, message]] of Object.entries(others)) {
    assertMatch(refusal([one, other]), message, name);
    assertMatch(refusal([one, two, other]), /parts\.jsonl:3|say different things|do not join|overlap/, name);
  }
  assertMatch(refusal([stream, one], 4), /:2 has a range, unlike those before it/);
  assertMatch(refusal([{ ...one, range: { from: 5, to: 5 }, lines: { from: 5, to: 5 } }]), /lines in an empty range/);
});

Deno.test("many gaps are counted, and a few of them named", () => {
  const cut = cutLines("1\n".repeat(100));
  const odd = Array.from({ length: 50 }, (_, i) => partialOf(cut, { from: 4 * i, to: 4 * i + 2 }));
  assertMatch(refusal(odd), /^100 of the 200 bytes .*: 2-4, 6-8, 10-12, 14-16, 18-20 and 45 more\..*--range 2-4,/);
});

Deno.test("nothing to merge is an error, never 0; an empty file is 0", () => {
  assertMatch(refusal([]), /nothing to merge/);
  assertMatch(refusal([], 0), /nothing to merge/);
  const empty = partialOf(cutLines(""), { from: 0, to: 0 });
  assertEquals(merge([empty, empty]).sum, "0");
});

Deno.test("partials without a range all count, and need the number of lines", () => {
  const [one, two] = parts(0, 5, 14).map((partial) => ({
    ...partial,
    input: undefined,
    range: undefined,
    lines: undefined,
  })) as [Partial, Partial];
  assertMatch(refusal([one, two]), /--expect-lines N/);
  assertEquals(merge([one, two], 4).sum, "4800");
  assertEquals(merge([one, one], 4).sum, "46");
  assertMatch(refusal([one], 4), /have 2 lines, and 4 were expected: 2 missing/);
  assertMatch(refusal([one, two, one], 4), /have 6 lines, and 4 were expected: 2 too many/);
});

Deno.test("the number of lines is checked with ranges too, without those that came twice", () => {
  const [one, two] = parts(0, 5, 14) as [Partial, Partial];
  assertEquals(merge([one, two, one], 4).sum, "4800");
  assertMatch(refusal([one, two], 5), /have 4 lines, and 5 were expected/);
});

Deno.test("PartialLines passes over blank lines and blanks at a line's end, and names the line that is damaged", () => {
  const [one, two] = parts(0, 5, 14).map(lineOf).map((line) => new TextDecoder().decode(line)) as [string, string];
  const take = (text: string) => {
    const merger = new PartialMerger();
    const lines = new PartialLines("parts.jsonl", merger);
    lines.take({ kind: "lines", bytes: new TextEncoder().encode(text), offset: 0 });
    lines.finish();
    return merger.finish(undefined).sum;
  };
  assertEquals(take(`\n${one}\t\r\n\n ${""}\n${two}`), "4800");
  const said = (text: string) => (assertThrows(() => take(text), MergeError) as Error).message;
  assertMatch(said(`${one}\n\n${two.slice(0, -10)}\n`), /^parts\.jsonl:3 .*cut off or damaged/);
  assertMatch(said(`${one}\n${two.replace("4777", "4778")}\n`), /^parts\.jsonl:2 .*does not match its check/);
  assertMatch(said(`${one}\nWARNING: a log line\n${two}\n`), /^parts\.jsonl:2 .*not a partial/);
  assertMatch(said(`${one}${two}\n`), /^parts\.jsonl:1 /);
});

Deno.test("PartialLines reads a partial that is longer than a block", () => {
  const digits = "9".repeat(2_100_000);
  const range = { from: 0, to: 5_000_000 };
  const long: Partial = { ...parts(0, 14)[0]!, input: { name: "n", size: range.to, ends: "0".repeat(16) } };
  const bytes = lineOf({ ...long, range, lines: range, sum: digits });
  const take = (pieces: Uint8Array[]) => {
    const merger = new PartialMerger();
    const lines = new PartialLines("parts.jsonl", merger);
    for (const bytes of pieces) lines.take({ kind: "overlong", bytes, offset: 0 });
    lines.finish();
    return merger.finish(undefined).sum;
  };
  assert(take([bytes.subarray(0, 1_500_000), bytes.subarray(1_500_000)]) === digits);
  const endless = Array.from({ length: 5 }, () => new Uint8Array(1_000_000));
  assertMatch((assertThrows(() => take(endless), MergeError) as Error).message, /:1 is longer than anything/);
});
