import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { RangeTable } from "../lib/pure/range_table.ts";
import { checkProperty } from "./property.ts";

const NOTHING = { gaps: [], overlaps: [], seams: [] };

function entry(from: number, to: number, digest = 0n) {
  return { range: { from, to }, lines: { from, to }, digest };
}

function tableOf(...ranges: readonly (readonly [from: number, to: number])[]): RangeTable {
  const table = new RangeTable();
  for (const [from, to] of ranges) table.add(entry(from, to));
  return table;
}

Deno.test("RangeTable.add() tells the same from another", () => {
  const table = new RangeTable();
  assertEquals(table.add(entry(0, 5, 7n)), "added");
  assertEquals(table.add(entry(0, 5, 7n)), "same");
  assertEquals(table.add(entry(0, 5, 8n)), "another");
  assertEquals(table.add(entry(0, 6, 7n)), "another");
  assertEquals(table.add(entry(5, 6, 7n)), "added");
  assertEquals([table.size, table.get(0), table.get(5), table.get(1)], [
    2,
    { from: 0, to: 5 },
    { from: 5, to: 6 },
    undefined,
  ]);
});

Deno.test("RangeTable.check() names gaps and overlaps", () => {
  assertEquals(tableOf().check(0), NOTHING);
  assertEquals(tableOf([5, 9], [0, 5]).check(9), NOTHING);
  assertEquals(tableOf().check(9), { ...NOTHING, gaps: [{ from: 0, to: 9 }] });
  assertEquals(tableOf([3, 5], [6, 7]).check(9).gaps, [{ from: 0, to: 3 }, { from: 5, to: 6 }, { from: 7, to: 9 }]);
  assertEquals(tableOf([0, 5], [4, 9]).check(9), { ...NOTHING, overlaps: [{ from: 4, to: 5 }] });
  // a way through all the bytes, and one range more inside
  assertEquals(tableOf([0, 5], [5, 9], [2, 3]).check(9), { ...NOTHING, overlaps: [{ from: 2, to: 3 }] });
});

Deno.test("RangeTable.check() names the places where lines do not join", () => {
  const table = new RangeTable();
  table.add({ range: { from: 0, to: 5 }, lines: { from: 0, to: 6 }, digest: 0n });
  table.add({ range: { from: 5, to: 9 }, lines: { from: 7, to: 8 }, digest: 0n });
  assertEquals(table.check(9), { ...NOTHING, seams: [5, 9] });
  assertEquals(tableOf([0, 5], [5, 9]).check(9), NOTHING);
});

Deno.test("RangeTable finds the bytes that are covered not at all or twice, for any ranges", () => {
  const ranges = fc.array(fc.tuple(fc.nat({ max: 12 }), fc.nat({ max: 12 })), { maxLength: 8 });
  checkProperty(
    fc.property(ranges, (pairs) => {
      const size = 13;
      const table = new RangeTable();
      const covered = Array<number>(size).fill(0);
      for (const [a, b] of pairs) {
        const [from, to] = [Math.min(a, b), Math.max(a, b) + 1];
        if (table.add(entry(from, to)) !== "added") continue;
        for (let at = from; at < to; at++) covered[at]!++;
      }
      const { gaps, overlaps } = table.check(size);
      const bytes = (ranges: typeof gaps) =>
        new Set(ranges.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, i) => from + i)));
      const places = (isMeant: (times: number) => boolean) =>
        covered.flatMap((times, at) => isMeant(times) ? [at] : []);
      assertEquals([...bytes(gaps)].sort((a, b) => a - b), places((times) => times === 0));
      assertEquals([...bytes(overlaps)].sort((a, b) => a - b), places((times) => times > 1));
    }),
    3000,
  );
});

Deno.test("RangeTable holds many ranges in any order, also beyond 2^32", () => {
  const table = new RangeTable();
  const step = 2 ** 33 + 7;
  const count = 20_000;
  for (let i = 0; i < count; i++) {
    const at = i * 7919 % count;
    assertEquals(table.add(entry(at * step, (at + 1) * step)), "added");
  }
  assertEquals([table.size, table.check(count * step)], [count, NOTHING]);
  assertEquals(table.add(entry(step, 2 * step)), "same");
});
