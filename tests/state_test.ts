import { assertEquals } from "@std/assert";
import { initialState, linesOf } from "../lib/pure/state.ts";

Deno.test("initialState() knows of nothing", () => {
  const { fingerprint, ...rest } = initialState();
  assertEquals(rest, { offset: 0, sum: "0", count: 0, blank: 0, skipped: 0 });
  assertEquals(fingerprint, {
    chain: "0000000000000000",
    head: "ef46db3751d8e999", // XXH64 of no bytes
    last: "ef46db3751d8e999",
    rest: "ef46db3751d8e999",
  });
});

Deno.test("linesOf() counts every line in one of three", () => {
  assertEquals(linesOf({ count: 5, blank: 30, skipped: 200 }), 235);
});
