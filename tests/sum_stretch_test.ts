import { assert, assertEquals } from "@std/assert";
import { InputFile } from "../lib/disk/input_file.ts";
import { sumFileSync } from "../lib/drivers/sum_file_sync.ts";
import { sumStretchSync } from "../lib/drivers/sum_stretch.ts";
import { MIN_BUFFER_BYTES } from "../lib/pure/cut_blocks.ts";
import { MAX_LINE_BYTES, PLAIN_MARKS } from "../lib/pure/parse_number.ts";
import { initialState } from "../lib/pure/state.ts";
import { StretchMerger } from "../lib/pure/stretch.ts";
import { lacks } from "./granted.ts";
import { finish } from "./styles.ts";
import { tempFolder } from "./temp_folder.ts";

const STRETCH_BYTES = 64 * 1024;
const buffer = new Uint8Array(MIN_BUFFER_BYTES);

/** Sums a file in stretches, as several threads do. */
function sumInStretches(path: string): { sum: string; count: number; blank: number; skipped: number; reads: number } {
  using input = InputFile.openSync(path);
  let reads = 0;
  const counting = Object.assign(Object.create(input), {
    readSync: (into: Uint8Array) => (reads++, input.readSync(into)),
    seekSync: (offset: number) => input.seekSync(offset),
  });
  const merger = new StretchMerger(initialState(), path);
  for (let from = 0; from < input.size!; from += STRETCH_BYTES) {
    const to = from + STRETCH_BYTES < input.size! ? from + STRETCH_BYTES : Infinity;
    const stretch = { from, to, isLineStart: from === 0 };
    const options = { marks: PLAIN_MARKS, skip: true, blockBytes: STRETCH_BYTES };
    const result = sumStretchSync(counting, stretch, buffer, options);
    assert(merger.joins(result), `the stretch from ${from} does not join`);
    merger.add(stretch, result);
  }
  return { ...merger.totals, reads };
}

const test = (name: string, fn: (write: (text: string) => string) => Promise<void>) =>
  Deno.test({
    name,
    ignore: lacks("read", "write"),
    sanitizeOps: true,
    sanitizeResources: true,
    async fn() {
      await using folder = await tempFolder();
      await fn((text) => folder.write("data.txt", text));
    },
  });

test("sumStretchSync() loses no last line without a line feed, wherever a stretch ends in it", async (write) => {
  for (let shift = -8; shift <= 3; shift++) {
    for (const last of ["70000", "70000\n", "x0000", "     "]) {
      const path = write("1\n".repeat(STRETCH_BYTES).slice(0, 2 * STRETCH_BYTES + 2 * Math.floor(shift / 2)) + last);
      const { sum, count, blank, skipped } = await finish(sumFileSync(path, { onSkip: () => {} }));
      const { reads: _, ...found } = sumInStretches(path);
      assertEquals([shift, last, found], [shift, last, { sum, count, blank, skipped }]);
    }
  }
});

test("sumStretchSync() reads a line that is longer than many stretches twice, not once for each", async (write) => {
  for (const [before, end] of [["", ""], ["", "\n5"], ["3\n", "\n5\n"]]) {
    const path = write(`${before}${"7".repeat(8 * MAX_LINE_BYTES)}${end}`);
    const { sum, count, blank, skipped } = await finish(sumFileSync(path, { onSkip: () => {} }));
    const { reads, ...found } = sumInStretches(path);
    assertEquals(found, { sum, count, blank, skipped });
    // by the search for line starts, and by the one stretch in which the line starts, both some KiB at a time
    assert(reads < 3 * 8 * MAX_LINE_BYTES / 4096, `${reads} reads`);
  }
});
