/**
 * Any table, well made or not, cut into any blocks, stopped anywhere and continued in either style: the same sum,
 * counts, rows and offsets as an independent reader's.
 */
import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import type { SumOptions } from "../lib/drivers/sum_options.ts";
import { badLineError } from "../lib/pure/bad_line.ts";
import { BlockCutter, MIN_BUFFER_BYTES } from "../lib/pure/cut_blocks.ts";
import { RecordEnds } from "../lib/pure/record_ends.ts";
import { numberText } from "./arbitrary_numbers.ts";
import { readColumn } from "./csv_oracle.ts";
import { lacks } from "./granted.ts";
import { checkProperty } from "./property.ts";
import { finish, leave, STYLES } from "./styles.ts";
import { tempFolder } from "./temp_folder.ts";

const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
const noise = fc.string({ unit: fc.constantFrom("a", "1", ",", ";", '"', "\n", "\r", " ", "é"), maxLength: 6 });
const field = fc.oneof(
  { weight: 4, arbitrary: numberText },
  { weight: 2, arbitrary: numberText.map(quoted) },
  { weight: 2, arbitrary: noise.map(quoted) },
  { weight: 2, arbitrary: fc.constantFrom("", " ", "NA", " NA ", '""', "x", "12a", '5" pipe', '"NA"', "\r") },
  { weight: 1, arbitrary: noise },
);
const lineEnd = fc.constantFrom("\n", "\n", "\n", "\r\n", "\n\n");

/** Tables of which most rows have three fields. */
const table = fc.record({
  delimiter: fc.constantFrom(",", ";", "\t"),
  rows: fc.array(
    fc.tuple(
      fc.oneof(
        { weight: 8, arbitrary: fc.array(field, { minLength: 3, maxLength: 3 }) },
        { weight: 1, arbitrary: fc.array(field, { minLength: 1, maxLength: 4 }) },
      ),
      lineEnd,
    ),
    { maxLength: 12 },
  ),
  header: fc.boolean(),
  last: fc.option(field, { nil: "" }),
}).map(({ delimiter, rows, header, last }) => ({
  delimiter,
  header,
  text: `a${delimiter}b${delimiter}c\n${rows.map(([fields, end]) => fields.join(delimiter) + end).join("")}${last}`,
}));

/** Text as Latin-1, so that characters are bytes. */
function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

Deno.test("RecordEnds finds the ends of rows, whatever the blocks", () => {
  checkProperty(
    fc.property(table, fc.integer({ min: 1, max: 40 }), ({ text, delimiter }, blockBytes) => {
      const bytes = bytesOf(text);
      const found: number[] = [];
      const ends = new RecordEnds(delimiter.charCodeAt(0), 0);
      const cutter = new BlockCutter(new Uint8Array(MIN_BUFFER_BYTES), blockBytes, 0, Infinity, ends);
      for (let at = 0; !cutter.ended;) {
        const block = cutter.next();
        if (block) found.push(block.offset + block.bytes.length);
        if (block || cutter.ended) continue;
        const part = bytes.subarray(at, at + cutter.space().length);
        cutter.space().set(part);
        cutter.took(part.length === 0 ? null : part.length);
        at += part.length;
      }
      const { ends: expected } = readColumn(text, { column: 1, header: false, delimiter });
      assert(found.every((end) => expected.includes(end)), `${found} are not all among ${expected}`);
      assertEquals(found.at(-1), text.length);
      if (blockBytes === 1) assertEquals(found, expected);
    }),
    500,
  );
});

Deno.test("any table, any blocks, any stops and turns of style: as an independent reader has it", {
  ignore: lacks("read", "write"),
  sanitizeOps: true,
  sanitizeResources: true,
  sanitizeExit: true,
}, async () => {
  const seed = Math.floor(Math.random() * 2 ** 31);
  console.log(`the seed is ${seed}`);
  await using folder = await tempFolder();
  const checkpoint = folder.at("checkpoint.json");
  const run = fc.record({
    style: fc.constantFrom(...STYLES),
    bytes: fc.nat({ max: 60 }),
    blockBytes: fc.option(fc.integer({ min: 1, max: 40 }), { nil: undefined }),
    verify: fc.boolean(),
  });
  const property = fc.asyncProperty(
    table,
    fc.integer({ min: 1, max: 3 }),
    fc.array(run, { maxLength: 4 }),
    run,
    async ({ text, delimiter, header }, column, stops, final) => {
      const path = folder.write("table.csv", bytesOf(text));
      await Deno.remove(checkpoint).catch(() => {});
      const bad = new Set<number>();
      const options: SumOptions = {
        ...header ? { column: "abc"[column - 1] } : { column },
        delimiter,
        na: ["NA"],
        checkpoint,
        onSkip: (row) => {
          bad.add(row.line);
          assert(badLineError(row).message.includes(`row ${row.line}, column `));
        },
      };
      for (const { style, bytes, ...how } of stops) {
        await leave(
          style.sum(path, { ...options, ...how }),
          (progress) => progress.phase === "summing" && progress.offset - progress.resumedFrom >= bytes,
        );
      }
      const { sum, count, blank, skipped } = await finish(final.style.sum(path, { ...options, ...final }));
      const { ends: _, ...expected } = readColumn(text, { column, header, delimiter, na: ["NA"] });
      assertEquals({ sum, count, blank, skipped, bad: [...bad].sort((a, b) => a - b) }, expected);
    },
  );
  await fc.assert(property, { seed, numRuns: 150 });
});
