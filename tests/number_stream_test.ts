import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { numberStreamSync } from "../lib/drivers/number_stream_sync.ts";
import type { NumberStreamOptions } from "../lib/drivers/number_stream_options.ts";
import { BadLineError, FileError } from "../lib/pure/errors.ts";
import type { NumberAt } from "../lib/pure/split_numbers.ts";
import { lacks } from "./granted.ts";
import { type Style, STYLES } from "./styles.ts";
import { tempFolder } from "./temp_folder.ts";

const ignore = lacks("read", "write");

interface Case {
  text: string;
  numbers: [value: string, offset: number][];
  options?: NumberStreamOptions;
}

const CASES: readonly Case[] = [
  { text: "", numbers: [] },
  { text: "1\n2\n", numbers: [["1", 2], ["2", 4]] },
  { text: "1\n2", numbers: [["1", 2], ["2", 3]] },
  { text: "1\r\n2\r\n", numbers: [["1", 3], ["2", 6]] },
  { text: "\n\n 7 \n\n", numbers: [["7", 6]] },
  { text: "\uFEFF5\n6\n", numbers: [["5", 5], ["6", 7]] },
  { text: "007\n+1.50\n-0\n1E3\n", numbers: [["007", 4], ["+1.50", 10], ["-0", 13], ["1E3", 17]] },
  { text: "123456789012345678901234567890\n", numbers: [["123456789012345678901234567890", 31]] },
  {
    text: "1.000,5\n2\n",
    numbers: [["1.000,5", 8], ["2", 10]],
    options: { decimalMark: ",", groupMark: "." },
  },
];

async function collect(style: Style, path: string, offset = 0, options: NumberStreamOptions = {}): Promise<NumberAt[]> {
  const found: NumberAt[] = [];
  for await (const number of style.numbers(path, offset, options)) found.push(number);
  return found;
}

Deno.test("both streams of numbers give each with the offset after its line", { ignore }, async () => {
  await using folder = await tempFolder();
  for (const { text, numbers, options } of CASES) {
    const path = folder.write("numbers.txt", text);
    const wanted = numbers.map(([value, offset]) => ({ value, offset }));
    for (const style of STYLES) {
      for (const blockBytes of [1, 2, 3, 5, 64, undefined]) {
        const place = `${style.name}, ${JSON.stringify(text)}, blocks of ${blockBytes}`;
        assertEquals(await collect(style, path, 0, { ...options, blockBytes }), wanted, place);
      }
    }
  }
});

Deno.test("both streams of numbers go on at any offset that they gave", { ignore }, async () => {
  await using folder = await tempFolder();
  for (const { text, options } of CASES) {
    const path = folder.write("numbers.txt", text);
    for (const style of STYLES) {
      const all = await collect(style, path, 0, options);
      for (const [i, { offset }] of all.entries()) {
        assertEquals(await collect(style, path, offset, options), all.slice(i + 1));
      }
    }
  }
});

Deno.test("both streams of numbers name a bad line, and give what is before it", { ignore }, async () => {
  await using folder = await tempFolder();
  const path = folder.write("numbers.txt", "1\n\n12a\n3\n");
  for (const style of STYLES) {
    for (const blockBytes of [1, 4, 64]) {
      const found: string[] = [];
      const error = await assertRejects(async () => {
        for await (const { value } of style.numbers(path, 0, { blockBytes })) found.push(value);
      }, BadLineError);
      assertEquals(found, ["1"]);
      assertEquals([error.place.file, error.place.line, error.place.offset], [path, 3, 3]);
    }
  }
});

Deno.test("both streams of numbers name a line that is too long", { ignore }, async () => {
  await using folder = await tempFolder();
  const path = folder.write("numbers.txt", `1\n${"2".repeat(2 ** 21)}\n3\n`);
  for (const style of STYLES) {
    const error = await assertRejects(() => collect(style, path), BadLineError);
    assertEquals([error.place.file, error.place.line, error.place.offset], [path, 2, 2]);
    assert(error.reason.includes("1 MiB") || error.reason.includes("1048576"), error.reason);
  }
});

Deno.test("both streams of numbers close the file when their loop is left", { ignore }, async () => {
  await using folder = await tempFolder();
  const path = folder.write("numbers.txt", "1\n2\n3\n");
  for (const style of STYLES) {
    for await (const { value } of style.numbers(path)) if (value === "2") break; // the sanitizer would find the file
    await assertRejects(() => collect(style, folder.at("none.txt")), FileError);
  }
});

Deno.test("numberStreamSync() never waits", { ignore }, async () => {
  await using folder = await tempFolder();
  const path = folder.write("numbers.txt", "1\n2\nx\n");
  const stream = numberStreamSync(path);
  assertEquals(stream.next().value, { value: "1", offset: 2 });
  assertEquals(stream.next().value, { value: "2", offset: 4 });
  assertThrows(() => stream.next(), BadLineError);
});
