import { assertEquals, assertThrows } from "@std/assert";
import { BadLineError } from "../lib/pure/errors.ts";
import { MAX_LINE_BYTES, PLAIN_MARKS } from "../lib/pure/parse_number.ts";
import { type NumberAt, NumberSplitter } from "../lib/pure/split_numbers.ts";
import { HOSTILE_LINES } from "./hostile_lines.ts";
import { oracleSum } from "./oracle.ts";

const encode = (text: string) => new TextEncoder().encode(text);

function split(
  text: string | Uint8Array,
  offset = 0,
  splitter = new NumberSplitter("data.txt", PLAIN_MARKS),
): NumberAt[] {
  const bytes = typeof text === "string" ? encode(text) : text;
  return [...splitter.split({ kind: "lines", bytes, offset })];
}

Deno.test("NumberSplitter gives each number as it stands, with the offset after its line", () => {
  assertEquals(split("1\n -2.50 \r\n\n+1e3"), [
    { value: "1", offset: 2 },
    { value: "-2.50", offset: 11 },
    { value: "+1e3", offset: 16 },
  ]);
});

Deno.test("NumberSplitter counts offsets from the file's start, and skips a byte order mark only there", () => {
  assertEquals(split("\uFEFF5\n"), [{ value: "5", offset: 5 }]);
  assertEquals(split("5\n", 100), [{ value: "5", offset: 102 }]);
  assertThrows(() => split("\uFEFF5\n", 100), BadLineError, "a byte order mark inside the file");
});

Deno.test("NumberSplitter names a bad line by its number since the start, over several blocks", () => {
  const splitter = new NumberSplitter("data.txt", PLAIN_MARKS);
  split("1\n\n", 0, splitter);
  const error = assertThrows(() => split("2\nx\n", 3, splitter), BadLineError);
  assertEquals(error.message, 'data.txt:4 (byte 5): not a number: "x"');
});

Deno.test("NumberSplitter refuses a line beyond the limit", () => {
  assertEquals(split(`${"7".repeat(MAX_LINE_BYTES)}\r\n`)[0]!.value.length, MAX_LINE_BYTES);
  assertThrows(() => split(`${"7".repeat(MAX_LINE_BYTES + 1)}\n`), BadLineError, "longer than 1048576 bytes");
});

Deno.test("NumberSplitter takes each hostile line for what it is", () => {
  for (const { bytes, is } of HOSTILE_LINES) {
    const lines = Uint8Array.of(0x38, 10, ...bytes, 10);
    if (is !== "blank" && "bad" in is) {
      assertThrows(() => split(lines), BadLineError, `data.txt:2 (byte 2): ${is.bad}: `);
    } else {
      const [, ...values] = split(lines).map(({ value }) => value);
      assertEquals(values.map((value) => oracleSum([value])), is === "blank" ? [] : [is.value]);
    }
  }
});
