import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { InputFile } from "../lib/disk/input_file.ts";
import { sumFile } from "../lib/drivers/sum_file.ts";
import { sumFileSync } from "../lib/drivers/sum_file_sync.ts";
import { sumStretchSync } from "../lib/drivers/sum_stretch.ts";
import { StretchPool } from "../lib/drivers/stretch_pool.ts";
import type { StretchRequest } from "../lib/drivers/stretch_worker.ts";
import { MIN_BUFFER_BYTES } from "../lib/pure/cut_blocks.ts";
import { FileError } from "../lib/pure/errors.ts";
import { MAX_LINE_BYTES, PLAIN_MARKS } from "../lib/pure/parse_number.ts";
import { initialState } from "../lib/pure/state.ts";
import { type SkippedLine, unpackSkippedLines } from "../lib/pure/skipped_lines.ts";
import { StretchMerger } from "../lib/pure/stretch.ts";
import type { Totals } from "../lib/pure/summation.ts";
import { lacks } from "./granted.ts";
import { finish } from "./styles.ts";
import { tempFolder } from "./temp_folder.ts";

const STRETCH_BYTES = 64 * 1024;
const buffer = new Uint8Array(MIN_BUFFER_BYTES);
const OPTIONS = { marks: PLAIN_MARKS, skip: false, blockBytes: STRETCH_BYTES };
const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

interface Found extends Totals {
  /** Where bad lines are: number, offset, text. */
  bad: string[];
}

/** Sums a file in one go. */
async function sumWhole(path: string): Promise<Found> {
  const bad: string[] = [];
  const onSkip = (line: SkippedLine) => void bad.push(describe(line));
  const { sum, count, blank, skipped } = await finish(sumFileSync(path, { onSkip }));
  return { sum, count, blank, skipped, bad };
}

function describe({ line, offset, bytes }: SkippedLine): string {
  return `${line} at ${offset}: ${new TextDecoder().decode(bytes.subarray(0, MAX_LINE_BYTES))}`;
}

/** Sums a file in stretches, as several threads do. */
function sumInStretches(path: string): Found & { reads: number } {
  using input = InputFile.openSync(path);
  const bad: string[] = [];
  let reads = 0;
  const counting = Object.assign(Object.create(input), {
    readSync: (into: Uint8Array) => (reads++, input.readSync(into)),
    seekSync: (offset: number) => input.seekSync(offset),
  });
  const merger = new StretchMerger(initialState(), path);
  for (let from = 0; from < input.size!; from += STRETCH_BYTES) {
    const to = from + STRETCH_BYTES < input.size! ? from + STRETCH_BYTES : Infinity;
    const stretch = { from, to, least: Math.min(to, input.size!), isLineStart: from === 0 };
    const options = { marks: PLAIN_MARKS, skip: true, blockBytes: STRETCH_BYTES };
    const result = sumStretchSync(counting, stretch, buffer, options);
    assert(merger.joins(result), `the stretch from ${from} does not join`);
    for (const { line, offset, bytes } of unpackSkippedLines(result.skippedLines)) {
      bad.push(describe({ line: merger.lines + line, offset: result.start + offset, bytes }));
    }
    merger.add(stretch, result);
  }
  const { sum, count, blank, skipped } = merger.totals;
  return { sum, count, blank, skipped, bad, reads };
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
      const { reads: _, ...found } = sumInStretches(path);
      assertEquals([shift, last, found], [shift, last, await sumWhole(path)]);
    }
  }
});

test("sumStretchSync() reads a line that is longer than many stretches twice, not once for each", async (write) => {
  for (const [before, end] of [["", ""], ["", "\n5"], ["3\n", "\n5\n"]]) {
    const path = write(`${before}${"7".repeat(8 * MAX_LINE_BYTES)}${end}`);
    const { reads, ...found } = sumInStretches(path);
    assertEquals(found, await sumWhole(path));
    // by the search for line starts, and by the one stretch in which the line starts, both some KiB at a time
    assert(reads < 3 * 8 * MAX_LINE_BYTES / 4096, `${reads} reads`);
  }
});

test("sumStretchSync() tells of each bad line where it is, however many there are", async (write) => {
  const lines = Array.from({ length: 60_000 }, (_, i) => i % 7 === 0 ? `${i}` : i % 1000 === 1 ? "" : `bad \xFF ${i}`);
  const path = write(`${lines.join("\n")}\n`);
  const { reads: _, ...found } = sumInStretches(path);
  assertEquals(found.bad.length > 50_000, true);
  assertEquals(found, await sumWhole(path));
});

test("sumStretchSync() refuses a file that was cut off after it was opened", async (write) => {
  const path = write("1\n".repeat(STRETCH_BYTES));
  using input = InputFile.openSync(path);
  const options = { marks: PLAIN_MARKS, skip: true, blockBytes: STRETCH_BYTES };
  const stretch = { from: STRETCH_BYTES, to: Infinity, least: 2 * STRETCH_BYTES, isLineStart: false };
  assertEquals(sumStretchSync(input, stretch, buffer, options).count, STRETCH_BYTES / 2);
  for (const size of [2 * STRETCH_BYTES - 2, STRETCH_BYTES, 5, 0]) {
    await Deno.truncate(path, size);
    assertThrows(() => sumStretchSync(input, stretch, buffer, options), FileError, "it became shorter meanwhile");
  }
});

test("StretchPool has room once a thread has started, for as many stretches as are wanted", async (write) => {
  const path = write("1\n22\n");
  using input = InputFile.openSync(path);
  using pool = new StretchPool(path, input.hints(), OPTIONS, 1);
  pool.start();
  assertEquals(pool.hasRoom(1), false);
  while (!pool.hasRoom(1)) await wait(1);
  const results = [1, 2].map(() => pool.sum({ from: 0, to: Infinity, least: 5, isLineStart: true }));
  assertEquals([pool.hasRoom(2), pool.hasRoom(3)], [false, true]);
  assertEquals((await Promise.all(results)).map(({ sum }) => sum), ["23", "23"]);
  assertEquals(pool.hasRoom(1), true);
});

test("StretchPool has no room with threads that opened no file, or another", async (write) => {
  const path = write("1\n");
  using input = InputFile.openSync(path);
  const hints = input.hints();
  using missing = new StretchPool(`${path}.missing`, hints, OPTIONS, 2);
  missing.start();
  using other = new StretchPool(path, { ...hints, inode: hints.inode! + 1 }, OPTIONS, 2);
  other.start();
  using right = new StretchPool(path, hints, OPTIONS, 2);
  right.start();
  while (!right.hasRoom(1)) await wait(1);
  await wait(100); // for the others
  assertEquals([missing.hasRoom(1), other.hasRoom(1)], [false, false]);
});

test("StretchPool tells that a thread failed, and gives it nothing more", async (write) => {
  const path = write("1\n");
  using input = InputFile.openSync(path);
  using pool = new StretchPool(path, input.hints(), { ...OPTIONS, blockBytes: 0 }, 1); // no read can ask for that
  pool.start();
  while (!pool.hasRoom(1)) await wait(1);
  await assertRejects(() => pool.sum({ from: 0, to: Infinity, least: 2, isLineStart: true }), Error, "a worker failed");
  assertEquals(pool.hasRoom(1), false);
});

test("sumFile() gives the same with any number of threads, and from wherever it goes on", async (write) => {
  const lines = Array.from(
    { length: 400_000 },
    (_, i) => i % 1000 === 7 ? "" : `${i % 3 === 0 ? "-" : ""}${i * 7919}.5`,
  );
  const path = write(`${lines.join("\n")}\n`.repeat(9)); // five stretches, and some
  const { sum, count, blank } = await sumWhole(path);
  for (const workers of [1, 2, 3, 5]) {
    const checkpoint = `${path}.${workers}.json`;
    for await (const { offset } of sumFile(path, { workers, checkpoint })) if (offset > 9e6) break;
    const { resumedFrom, ...result } = await finish(sumFile(path, { workers: 6 - workers, checkpoint }));
    assert(resumedFrom > 9e6, `${resumedFrom}`);
    assertEquals([result.sum, result.count, result.blank], [sum, count, blank], `${workers} threads`);
  }
});

test("sumFile() leaves stretches to another thread as soon as that has started, and ends it", async (write) => {
  const lines = 4_000_000; // four stretches
  const path = write("1234567\n".repeat(lines));
  const started = Promise.withResolvers<void>();
  let [left, alive] = [0, 0];
  const { Worker } = globalThis;
  globalThis.Worker = class extends Worker {
    constructor(...args: ConstructorParameters<typeof Worker>) {
      super(...args);
      alive++;
      this.addEventListener("message", () => started.resolve(), { once: true });
    }
    override postMessage(message: StretchRequest): void {
      if ("stretch" in message) left++;
      super.postMessage(message);
    }
    override terminate(): void {
      alive--;
      super.terminate();
    }
  };
  const run = sumFile(path, { workers: 2 });
  try {
    await run.next();
    await run.next();
    await started.promise;
    assertEquals([left, alive], [0, 1]);
    assertEquals((await finish(run)).count, lines);
    assert(left > 0, "it was given none");
    assertEquals(alive, 0);
  } finally {
    globalThis.Worker = Worker;
    await run.return(undefined as never);
  }
});

test("sumFile() with several threads tells of bad lines, and ends, as plain generators do", async (write) => {
  const path = write(`${"1\n22\nbad\n".repeat(10)}${"12345678\n".repeat(2_000_000)}worse\n3\n`.repeat(2) + "last");
  const bad: string[] = [];
  const onSkip = (line: SkippedLine) => void bad.push(describe(line));
  const { sum, count, blank, skipped } = await finish(sumFile(path, { workers: 2, onSkip }));
  assertEquals({ sum, count, blank, skipped, bad }, await sumWhole(path));
});
