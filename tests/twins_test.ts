import { assert, assertEquals, assertRejects } from "@std/assert";
import { CheckpointFile } from "../lib/disk/checkpoint_file.ts";
import type { SumOptions } from "../lib/drivers/sum_options.ts";
import { BadLineError, FileError } from "../lib/pure/errors.ts";
import { oracleSum } from "./oracle.ts";
import { lacks } from "./granted.ts";
import { everyStep, finish, STYLES } from "./styles.ts";
import { tempFolder } from "./temp_folder.ts";

/** A file, and what it comes to in both styles, whatever the size of the blocks. */
interface Case {
  name: string;
  text: string | Uint8Array;
  sum: string;
  count: number;
  blank?: number;
  skipped?: number;
  /** Where the checkpoint ends up; the file's end unless given. */
  offset?: number;
  options?: SumOptions;
}

const SKIP: SumOptions = { onSkip: () => {} };

const CASES: readonly Case[] = [
  { name: "an empty file", text: "", sum: "0", count: 0 },
  { name: "one number", text: "7\n", sum: "7", count: 1 },
  { name: "no line feed at the end", text: "1\n23", sum: "24", count: 2, offset: 2 },
  { name: "nothing but a number without a line feed", text: "5", sum: "5", count: 1, offset: 0 },
  { name: "CR and LF", text: "1\r\n2\r\n\r\n-4\r\n", sum: "-1", count: 3, blank: 1 },
  { name: "a CR at the very end", text: "1\n2\r", sum: "3", count: 2, offset: 2 },
  { name: "a byte order mark", text: "\uFEFF1\n2\n", sum: "3", count: 2 },
  { name: "a byte order mark and nothing else", text: "\uFEFF", sum: "0", count: 0, offset: 0 },
  { name: "a byte order mark and a number without a line feed", text: "\uFEFF12", sum: "12", count: 1, offset: 0 },
  { name: "a byte order mark and a blank line", text: "\uFEFF\n5\n", sum: "5", count: 1, blank: 1 },
  { name: "blank lines", text: "\n \n\t\r\n5\n\n", sum: "5", count: 1, blank: 4 },
  { name: "blanks around numbers", text: " 1\n2 \n\t-3\t\r\n", sum: "0", count: 3 },
  { name: "decimals", text: "0.1\n0.2\n", sum: "0.3", count: 2 },
  { name: "more than a double holds", text: "9007199254740992\n1\n1\n", sum: "9007199254740994", count: 3 },
  { name: "far apart numbers", text: "1e16\n1\n-1e16\n", sum: "1", count: 3 },
  { name: "all forms of a number", text: ".5\n5.\n+5.25\n1e3\n2E-7\n007\n", sum: "1017.7500002", count: 6 },
  { name: "nothing left of the sum", text: "-0\n1.50\n-1.5\n", sum: "0", count: 3 },
  { name: "a bad line passed over", text: "1\n12a\n3\n", sum: "4", count: 2, skipped: 1, options: SKIP },
  { name: "a bad first line passed over", text: "price\n3\n", sum: "3", count: 1, skipped: 1, options: SKIP },
  {
    name: "a bad last line without a line feed passed over",
    text: "1\nx",
    sum: "1",
    count: 1,
    skipped: 1,
    offset: 2,
    options: SKIP,
  },
  {
    name: "marks of another land",
    text: "1.234,5\n-0,25\n",
    sum: "1234.25",
    count: 2,
    options: { decimalMark: ",", groupMark: "." },
  },
  { name: "a long line", text: `1\n${"9".repeat(5000)}\n2\n`, sum: `1${"0".repeat(4999)}2`, count: 3 },
];

Deno.test("the twins agree on every case and every size of blocks", { ignore: lacks("read", "write") }, async (t) => {
  for (const { name, text, sum, count, blank = 0, skipped = 0, offset, options = {} } of CASES) {
    await t.step(name, async () => {
      await using folder = await tempFolder();
      const path = folder.write("numbers.txt", text);
      const { size } = await Deno.stat(path);
      const sizes = size > 1000 ? [997, undefined] : [1, 2, 3, 4, 5, 7, 64, undefined];
      let checkpoint: string | undefined;
      for (const blockBytes of sizes) {
        for (const style of STYLES) {
          const place = `${style.name}, blocks of ${blockBytes}`;
          // a save waits for the disk: once with the smallest blocks and once with usual ones is enough
          const isSaved = blockBytes === sizes[0] || blockBytes === undefined;
          const keep = isSaved ? { checkpoint: folder.at("checkpoint.json"), restart: true } : {};
          const result = await finish(style.sum(path, { ...options, ...keep, blockBytes }));
          const found = [result.sum, result.count, result.blank, result.skipped, result.offset];
          assertEquals(found, [sum, count, blank, skipped, offset ?? size], place);
          if (!isSaved) continue;
          assertEquals(result.saved, offset ?? size, place);
          checkpoint ??= folder.read("checkpoint.json");
          assertEquals(folder.read("checkpoint.json"), checkpoint, place);
        }
      }
    });
  }
});

Deno.test("the cases of the twins have the right sums, says BigInt", () => {
  for (const { name, text, sum, options } of CASES) {
    if (options || typeof text !== "string") continue;
    const lines = text.replace(/^\uFEFF/, "").split("\n").filter((line) => line.trim() !== "");
    assertEquals(oracleSum(lines), sum, name);
  }
});

Deno.test("a line of more than 1 MiB is bad in both styles, and can be passed over", {
  ignore: lacks("read", "write"),
}, async () => {
  await using folder = await tempFolder();
  const path = folder.write("numbers.txt", `1\n${"2".repeat(2 ** 21)}\n3\n`);
  for (const style of STYLES) {
    for (const blockBytes of [10_007, undefined]) {
      const error = await assertRejects(() => finish(style.sum(path, { blockBytes })), BadLineError);
      assertEquals([error.place.file, error.place.line, error.place.offset], [path, 2, 2]);
      const skipped: number[] = [];
      const result = await finish(style.sum(path, { blockBytes, onSkip: ({ line }) => skipped.push(line) }));
      assertEquals([result.sum, result.skipped, skipped], ["4", 1, [2]]);
    }
  }
});

Deno.test("a bad line stops both styles alike, with everything before it saved", {
  ignore: lacks("read", "write"),
}, async () => {
  await using folder = await tempFolder();
  const path = folder.write("numbers.txt", "1\n\n2.5\n12a\n3\n");
  const checkpoints = new Set<string>();
  for (const style of STYLES) {
    for (const blockBytes of [1, 4, 1000]) {
      const checkpoint = folder.at("checkpoint.json");
      const run = style.sum(path, { blockBytes, checkpoint, restart: true });
      const error = await assertRejects(() => finish(run), BadLineError);
      assertEquals([error.place.line, error.place.offset, error.text, error.saved], [4, 7, `"12a"`, 7]);
      checkpoints.add(folder.read("checkpoint.json"));
    }
  }
  assertEquals(checkpoints.size, 1);
  folder.write("numbers.txt", "1\n\n2.5\n12\n3\n");
  const mended = await finish(STYLES[0]!.sum(path, { checkpoint: folder.at("checkpoint.json") }));
  assertEquals([mended.sum, mended.resumedFrom, mended.resumedLine], ["18.5", 7, 3]);
});

Deno.test("a run says at the start, and after every block, how far it is", {
  ignore: lacks("read", "write"),
}, async () => {
  await using folder = await tempFolder();
  const path = folder.write("numbers.txt", "10\n20\n30\n40\n");
  for (const style of STYLES) {
    const steps = await everyStep(style.sum(path, { blockBytes: 3 }));
    assertEquals(steps.map(({ offset }) => offset), [0, 3, 6, 9, 12]);
    assertEquals(steps.map(({ count }) => count), [0, 1, 2, 3, 4]);
    assert(
      steps.every(({ phase, size, file, saved }) =>
        phase === "summing" && size === 12 && file === path && saved === undefined
      ),
    );
  }
});

Deno.test("a run that resumes says what it checks before it says what it adds", {
  ignore: lacks("read", "write"),
}, async () => {
  await using folder = await tempFolder();
  const text = "123456\n".repeat(100_000);
  const path = folder.write("numbers.txt", text);
  const checkpoint = folder.at("checkpoint.json");
  for (const style of STYLES) {
    await finish(style.sum(path, { checkpoint, restart: true }));
    folder.write("numbers.txt", text + "1\n");
    Deno.utimeSync(path, 0, 0);
    const steps = await everyStep(style.sum(path, { checkpoint, verify: true }));
    const phases = steps.map(({ phase }) => phase);
    assertEquals([...new Set(phases)], ["checking", "summing"]);
    assertEquals(phases.toSorted(), phases);
    const checked = steps.filter(({ phase }) => phase === "checking");
    assertEquals(checked.at(-1)?.offset, text.length);
    assert(steps.every(({ resumedFrom, resumedLine }) => resumedFrom === text.length && resumedLine === 100_000));
    folder.write("numbers.txt", text);
  }
});

Deno.test("what cannot be read is a FileError in both styles", { ignore: lacks("read", "write") }, async () => {
  await using folder = await tempFolder();
  for (const style of STYLES) {
    const missing = await assertRejects(() => finish(style.sum(folder.at("none.txt"))), FileError);
    assert(missing.message.includes("none.txt") && missing.message.includes("no such file"), missing.message);
    const isFolder = await assertRejects(() => finish(style.sum(folder.path)), FileError);
    assert(isFolder.message.includes("it is a folder"), isFolder.message);
  }
  assertEquals(folder.names(), []);
});

Deno.test("a run that cannot save stops after its first block", { ignore: lacks("read", "write") }, async () => {
  await using folder = await tempFolder();
  const path = folder.write("numbers.txt", "1\n");
  const longer = folder.write("longer.txt", "1\n2\n3\n");
  for (const style of STYLES) {
    const run = style.sum(path, { checkpoint: folder.at("none/checkpoint.json") });
    const error = await assertRejects(() => finish(run), FileError);
    assert(error.message.includes("none/checkpoint.json"), error.message);

    await Deno.mkdir(folder.at("gone"));
    using checkpoint = await CheckpointFile.open(folder.at("gone/checkpoint.json"));
    await Deno.remove(folder.at("gone"), { recursive: true });
    const unsaved = await assertRejects(() => finish(style.sum(path, { checkpoint })), FileError);
    assert(unsaved.message.startsWith("could not save "), unsaved.message);

    let offset = 0;
    const takeSome = async () => {
      for await (const step of style.sum(longer, { checkpoint, blockBytes: 2 })) offset = step.offset;
    };
    const early = await assertRejects(takeSome, FileError);
    assert(early.message.startsWith("could not save "), early.message);
    assertEquals(offset, 0, "it went on");
  }
});

Deno.test("marks that are the same are refused by both styles", { ignore: lacks("read", "write") }, async () => {
  await using folder = await tempFolder();
  const path = folder.write("numbers.txt", "1\n");
  for (const style of STYLES) {
    await assertRejects(() => finish(style.sum(path, { decimalMark: ",", groupMark: "," })), RangeError);
  }
});
