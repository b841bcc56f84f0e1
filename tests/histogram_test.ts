import { assert, assertEquals } from "@std/assert";
import { formatHistogram } from "../lib/cli/format_histogram.ts";
import { boundOf, coarsen, Histogram } from "../lib/pure/histogram.ts";

/** Counts plain integers. */
function histogramOf(numbers: Iterable<number>): Histogram {
  const histogram = new Histogram();
  for (const number of numbers) {
    const digits = String(Math.abs(number));
    histogram.add(number < 0, Number(digits.padEnd(2, "0").slice(0, 2)), digits.length - 1);
  }
  return histogram;
}

Deno.test("Histogram counts by sign and two digits, and reads what it writes", () => {
  const histogram = histogramOf([0, 1, 1, 19, 100, -12, -130]);
  assertEquals(histogram.toString(), "0 -183:1 -92:1 0:1 +0:2 +99:1 +180:1");
  assertEquals(new Histogram(histogram.toString()).toString(), histogram.toString());
  assertEquals(new Histogram().toString(), "");
});

Deno.test("boundOf() says where bins begin, and the bins of two digits lie in those of one", () => {
  assertEquals(boundOf(0, 0), { digits: 10, power: -1 });
  assertEquals(boundOf(99, 0), { digits: 19, power: 0 });
  assertEquals(boundOf(-1, 0), { digits: 99, power: -2 });
  assertEquals(boundOf(-1, 1), { digits: 9, power: -1 });
  assertEquals(boundOf(3, 2), { digits: 1, power: 3 });
  assertEquals(boundOf(-2, 4), { digits: 1, power: -200 });
  for (let index = -200; index < 200; index++) {
    const fine = boundOf(index, 0);
    const coarse = boundOf(coarsen(index, 0, 1), 1);
    assertEquals(Math.floor(fine.digits / 10), coarse.digits);
    assertEquals(fine.power + 1, coarse.power);
  }
});

Deno.test("Histogram becomes coarser in place of larger, the same for every order and split", () => {
  const numbers = Array.from({ length: 3000 }, (_, i) => ({ negative: i % 2 === 0, lead: 10 + i % 90, exponent: i }));
  const texts = [numbers, numbers.toReversed()].map((order) => {
    const histogram = new Histogram();
    for (const { negative, lead, exponent } of order) histogram.add(negative, lead, exponent);
    return histogram.toString();
  });
  const merged = new Histogram();
  for (let from = 0; from < numbers.length; from += 700) {
    const part = new Histogram();
    for (const { negative, lead, exponent } of numbers.slice(from, from + 700)) part.add(negative, lead, exponent);
    merged.merge(part.toString());
  }
  assertEquals(texts[1], texts[0]);
  assertEquals(merged.toString(), texts[0]);
  assert(merged.bins.length <= 2000);
  assert(merged.level >= 3);
  assertEquals(merged.bins.reduce((sum, { count }) => sum + count, 0), 3000);
});

Deno.test("formatHistogram() draws every row between the first and the last, in at most 24", () => {
  assertEquals(
    formatHistogram(histogramOf([-3, 0, 10, 11, 14, 45]).toString(), true),
    `>-4 to -3  1  ##############
        0  1  ##############
10 to <20  3  ########################################
20 to <30  0
30 to <40  0
40 to <50  1  ##############
Every count is exact; a row is one significant digit wide, so rows widen with the numbers.
`,
  );
  assertEquals(
    formatHistogram(histogramOf([10, 12, 12, 12]).toString(), false),
    `10 to <11  1  █████████████▍
11 to <12  0
12 to <13  3  ████████████████████████████████████████
Every count is exact; a row is two significant digits wide, so rows widen with the numbers.
`,
  );
  assertEquals(formatHistogram("", true), "no numbers, no histogram\n");
});
