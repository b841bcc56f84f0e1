import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { addLines, emptyTally, NO_STATS, type StatsState } from "../lib/pure/add_lines.ts";
import { compareDecimals, fromPlainDigits, toPlainDigits } from "../lib/pure/decimal.ts";
import { ExactSum } from "../lib/pure/exact_sum.ts";
import { PLAIN_MARKS } from "../lib/pure/parse_number.ts";
import { makeStatistics } from "../lib/pure/statistics.ts";
import { numberText } from "./arbitrary_numbers.ts";
import { checkProperty } from "./property.ts";

/** A number as a fraction of two BigInts, by means that share nothing with lib/. */
function toFraction(text: string): { units: bigint; places: number } {
  const [, sign, whole = "", fraction = "", exponent = "0"] = /^([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/.exec(text)!;
  const places = fraction.length - Number(exponent);
  const units = BigInt(`${whole}${fraction}` || "0") * (places < 0 ? 10n ** BigInt(-places) : 1n);
  return { units: sign === "-" ? -units : units, places: Math.max(0, places) };
}

function statsOf(lines: readonly string[], before: StatsState = NO_STATS): StatsState {
  const tally = { ...emptyTally(), stats: makeStatistics(before) };
  const bytes = new TextEncoder().encode(lines.map((line) => `${line}\n`).join(""));
  assertEquals(addLines(tally, bytes, PLAIN_MARKS), bytes.length);
  return tally.stats.state;
}

Deno.test("makeStatistics() knows minimum, maximum and squares of what is easily worked out", () => {
  const cases: [lines: string[], min: string | null, max: string | null, squares: string][] = [
    [[], null, null, "0"],
    [["-0"], "0", "0", "0"],
    [["1", "2", "3"], "1", "3", "14"],
    [["-5", "0.1", "+7."], "-5", "7", "74.01"],
    [["1.50", "1.5", "15e-1"], "1.5", "1.5", "6.75"],
    [["1e400", "-1e400"], `-1${"0".repeat(400)}`, `1${"0".repeat(400)}`, `2${"0".repeat(800)}`],
    [["1e-30", "2e-30"], `0.${"0".repeat(29)}1`, `0.${"0".repeat(29)}2`, `0.${"0".repeat(59)}5`],
    // equal as doubles
    [
      ["0.1000000000000000000000001", "0.1"],
      "0.1",
      "0.1000000000000000000000001",
      "0.02000000000000000000000002000000000000000000000001",
    ],
    [
      ["-0.1000000000000000000000001", "-0.1"],
      "-0.1000000000000000000000001",
      "-0.1",
      "0.02000000000000000000000002000000000000000000000001",
    ],
    [
      ["9007199254740993", "9007199254740992"],
      "9007199254740992",
      "9007199254740993",
      String(
        9007199254740993n ** 2n + 9007199254740992n ** 2n,
      ),
    ],
    [
      ["0.1", "0.1000000000000000000000001"],
      "0.1",
      "0.1000000000000000000000001",
      "0.02000000000000000000000002000000000000000000000001",
    ],
  ];
  for (const [lines, min, max, squares] of cases) {
    const stats = statsOf(lines);
    assertEquals([stats.min, stats.max, stats.squares], [min, max, squares], lines.join(" "));
  }
});

Deno.test("makeStatistics() agrees with fractions of BigInts, wherever it is saved and taken up again", () => {
  checkProperty(
    fc.property(fc.array(numberText, { minLength: 1, maxLength: 30 }), fc.nat(), (lines, at) => {
      const cut = at % (lines.length + 1);
      const stats = statsOf(lines.slice(cut), statsOf(lines.slice(0, cut)));
      const whole = makeStatistics(statsOf(lines.slice(cut)));
      whole.merge(statsOf(lines.slice(0, cut)));
      assertEquals(whole.state, stats);

      const fractions = lines.map(toFraction);
      const places = Math.max(...fractions.map((fraction) => fraction.places));
      const units = fractions.map((fraction) => fraction.units * 10n ** BigInt(places - fraction.places));
      const smallest = units.reduce((a, b) => a < b ? a : b);
      const largest = units.reduce((a, b) => a > b ? a : b);
      const inUnits = (text: string, places: number) => {
        const fraction = toFraction(text);
        return fraction.units * 10n ** BigInt(places - fraction.places);
      };
      assertEquals(inUnits(stats.min!, places), smallest);
      assertEquals(inUnits(stats.max!, places), largest);
      assertEquals(inUnits(stats.squares, 2 * places), units.reduce((sum, unit) => sum + unit ** 2n, 0n));
      const counted = stats.histogram.split(" ").slice(1).reduce((sum, bin) => sum + Number(bin.split(":")[1]), 0);
      assertEquals(counted, lines.length);
    }),
    300,
  );
});

Deno.test("makeStatistics() takes no numbers from lines that are none", () => {
  const tally = { ...emptyTally(), stats: makeStatistics(NO_STATS) };
  addLines(tally, new TextEncoder().encode("1\n\nx9\n 2 \n"), PLAIN_MARKS, () => {});
  assertEquals([tally.count, tally.blank, tally.skipped, tally.stats.state.max], [2, 1, 1, "2"]);
});

Deno.test("makeStatistics() reads group marks and decimal commas", () => {
  const tally = { ...emptyTally(), stats: makeStatistics(NO_STATS) };
  addLines(tally, new TextEncoder().encode("1.234,5\n12.345.678.901.234.567,5\n"), { decimal: 44, group: 46 });
  assertEquals([tally.stats.state.min, tally.stats.state.max], ["1234.5", "12345678901234567.5"]);
});

Deno.test("plain digits become decimals and the same digits again, in the order of their values", () => {
  const texts = ["-1000", "-2.5", "-0.001", "0", "0.0009", "0.001", "1", "1.5", "10", "1000000000000000000000"];
  assertEquals(texts.map((text) => toPlainDigits(fromPlainDigits(text))), texts);
  const order = texts.map((a) => texts.map((b) => Math.sign(compareDecimals(fromPlainDigits(a), fromPlainDigits(b)))));
  for (const [i, row] of order.entries()) assertEquals(row, texts.map((_, j) => Math.sign(i - j)));
});

Deno.test("squares of ever the same number stay exact past what a double holds", () => {
  const stats = statsOf(new Array(1000).fill("99999999999999"));
  assertEquals(stats.squares, String(99999999999999n ** 2n * 1000n));
  assert(ExactSum.from(stats.squares));
});
