import { assertEquals, assertThrows } from "@std/assert";
import { describeLineOptions, lineOptionsOf, marksOf, sameLineOptions } from "../lib/pure/line_options.ts";

Deno.test("lineOptionsOf() names only what is not the default", () => {
  assertEquals(lineOptionsOf({}), {});
  assertEquals(lineOptionsOf({ decimalMark: ".", groupMark: undefined }), {});
  assertEquals(lineOptionsOf({ decimalMark: "," }), { decimal_mark: "," });
  assertEquals(lineOptionsOf({ decimalMark: ",", groupMark: "." }), { decimal_mark: ",", group_mark: "." });
});

Deno.test("sameLineOptions() compares what they say, in any order", () => {
  assertEquals(sameLineOptions({}, {}), true);
  assertEquals(sameLineOptions({ a: 1, b: "x" }, { b: "x", a: 1 }), true);
  assertEquals(sameLineOptions({ a: 1 }, {}), false);
  assertEquals(sameLineOptions({}, { a: 1 }), false);
  assertEquals(sameLineOptions({ a: 1 }, { a: 2 }), false);
  assertEquals(sameLineOptions({ a: 1 }, { a: "1" }), false);
  assertEquals(sameLineOptions({ a: 1 }, { b: 1 }), false);
});

Deno.test("describeLineOptions() says them as one would type them", () => {
  assertEquals(describeLineOptions({}), "no such options");
  assertEquals(describeLineOptions({ decimal_mark: ",", group_mark: "." }), "--decimal-mark , --group-mark .");
});

Deno.test("marksOf() gives the bytes of the marks", () => {
  assertEquals(marksOf({}), { decimal: 46, group: -1 });
  assertEquals(marksOf({ decimalMark: ",", groupMark: "." }), { decimal: 44, group: 46 });
  assertEquals(marksOf({ groupMark: "'" }), { decimal: 46, group: 39 });
});

Deno.test("marksOf() refuses two marks that are the same", () => {
  assertThrows(() => marksOf({ groupMark: "." }), RangeError, "both");
  assertThrows(() => marksOf({ decimalMark: ",", groupMark: "," }), RangeError, "both");
});
