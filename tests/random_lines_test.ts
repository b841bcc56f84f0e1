import { assert, assertEquals } from "@std/assert";
import { placePoint, randomLines, type RandomNumbers } from "../lib/pure/random_lines.ts";
import { xxh64 } from "../lib/kernel/kernel.ts";
import { oracleSum } from "./oracle.ts";

const USUAL: RandomNumbers = { count: 20_000, min: -1_000_000, max: 1_000_000, decimals: 0, seed: 7 };

function make(numbers: Partial<RandomNumbers>): { text: string; units: bigint } {
  let text = "";
  let units = 0n;
  for (const lines of randomLines({ ...USUAL, ...numbers })) {
    text += lines.text;
    units += lines.units;
  }
  return { text, units };
}

Deno.test("randomLines() gives the same bytes for a seed, on every machine", () => {
  const hash = (numbers: Partial<RandomNumbers>) => xxh64(new TextEncoder().encode(make(numbers).text)).toString(16);
  assertEquals(hash({}), "b53ee265770bba30");
  assertEquals(hash({ seed: 8 }), "63235999f25f8b31");
  assertEquals(hash({ decimals: 3, min: -5, max: 12_345 }), "4a68ae7f5c0227f");
  assertEquals(hash({ min: -(2 ** 52), max: 2 ** 52 }), "5133f82883b93124");
});

Deno.test("randomLines() makes just as many lines as asked for", () => {
  for (const count of [0, 1, 2, 8191, 8192, 8193, 20_000]) {
    assertEquals(make({ count }).text.split("\n").length - 1, count);
  }
  assertEquals(make({ count: 100 }).text, make({ count: 200 }).text.split("\n").slice(0, 100).join("\n") + "\n");
});

Deno.test("randomLines() stays within its bounds, and reaches both", () => {
  const numbers = make({ min: -3, max: 4 }).text.trimEnd().split("\n").map(Number);
  assertEquals([...new Set(numbers)].sort((a, b) => a - b), [-3, -2, -1, 0, 1, 2, 3, 4]);
  assertEquals(make({ min: 5, max: 5, count: 3 }).text, "5\n5\n5\n");
});

Deno.test("randomLines() tells the exact sum of its lines", () => {
  const kinds: Partial<RandomNumbers>[] = [
    {},
    { min: 2 ** 52, max: 2 ** 52, count: 9000 },
    { min: -(2 ** 52), max: -(2 ** 52) + 1, count: 9000 },
    { min: -(2 ** 52), max: 2 ** 52, count: 9000 },
    { decimals: 2, min: -12_345, max: 99 },
    { decimals: 15, min: -(2 ** 52), max: 2 ** 52, count: 9000 },
    { count: 0 },
  ];
  for (const kind of kinds) {
    const { text, units } = make(kind);
    const sum = oracleSum([placePoint(String(units), kind.decimals ?? 0)]);
    assertEquals(sum, oracleSum(text.split("\n")), JSON.stringify(kind));
  }
});

Deno.test("randomLines() holds no more at a time than some thousands of lines", () => {
  let most = 0;
  for (const { text } of randomLines({ ...USUAL, count: 100_000 })) most = Math.max(most, text.length);
  assert(most < 100_000, `${most} characters at once`);
});

Deno.test("placePoint() puts the point before the last places", () => {
  const cases: [string, number, string][] = [
    ["123", 0, "123"],
    ["-123", 0, "-123"],
    ["123", 2, "1.23"],
    ["-123", 2, "-1.23"],
    ["5", 2, "0.05"],
    ["-5", 3, "-0.005"],
    ["0", 2, "0.00"],
    ["100", 2, "1.00"],
  ];
  for (const [units, decimals, text] of cases) assertEquals(placePoint(units, decimals), text);
});
