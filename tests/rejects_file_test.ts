import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { CheckpointFile } from "../lib/disk/checkpoint_file.ts";
import { RejectsFile } from "../lib/disk/rejects_file.ts";
import type { SumOptions } from "../lib/drivers/sum_options.ts";
import { FileError } from "../lib/pure/errors.ts";
import { MAX_LINE_BYTES } from "../lib/pure/parse_number.ts";
import { lacks } from "./granted.ts";
import { PLAIN, type Style, STYLES } from "./styles.ts";
import { tempFolder } from "./temp_folder.ts";

for (const style of STYLES) {
  const test = (name: string, fn: (folder: string) => Promise<void>) =>
    Deno.test({
      name: `--rejects ${name}, ${style.name}`,
      ignore: lacks("read", "write"),
      sanitizeOps: true,
      sanitizeResources: true,
      fn: async () => {
        await using folder = await tempFolder();
        await fn(folder.path);
      },
    });

  test("holds each bad line once when the last one had no line feed and the file grew", async (folder) => {
    const data = `${folder}/data.txt`;
    await Deno.writeTextFile(data, "x\n1\nabc");
    assertEquals(await run(style, folder, [data]), ["1 with 2 skipped"]);
    assertEquals(await rejectsIn(folder), "x\nabc\n");
    await Deno.writeTextFile(data, "\n2\n", { append: true });
    assertEquals(await run(style, folder, [data]), ["3 with 2 skipped"]);
    assertEquals(await rejectsIn(folder), "x\nabc\n");
  });

  test("forgets a last line that had no line feed, and became a number", async (folder) => {
    const data = `${folder}/data.txt`;
    await Deno.writeTextFile(data, "x\n12e");
    assertEquals(await run(style, folder, [data]), ["0 with 2 skipped"]);
    await Deno.writeTextFile(data, "2\n", { append: true });
    assertEquals(await run(style, folder, [data]), ["1200 with 1 skipped"]);
    assertEquals(await rejectsIn(folder), "x\n");
  });

  test("holds each bad line once when saved within a line beyond the limit", async (folder) => {
    const data = `${folder}/data.txt`;
    const long = "7".repeat(3 * MAX_LINE_BYTES);
    await Deno.writeTextFile(data, `1\nbad\n${long}\nworse\n2\n`);
    // leaves within the long line
    await run(style, folder, [data], { blockBytes: 64 * 1024, leaveAfter: 25 });
    assertEquals(await run(style, folder, [data]), ["3 with 3 skipped"]);
    assertEquals(await rejectsIn(folder) === `bad\n${long.slice(0, MAX_LINE_BYTES)}\nworse\n`, true);
  });

  test("keeps the last lines of several inputs apart", async (folder) => {
    const [a, b] = [`${folder}/a.txt`, `${folder}/b.txt`];
    await Deno.writeTextFile(a, "1\nA1\nA2");
    await Deno.writeTextFile(b, "B1\n2\nB2");
    for (let i = 0; i < 3; i++) {
      assertEquals(await run(style, folder, [a, b]), ["1 with 2 skipped", "2 with 2 skipped"]);
      assertEquals((await rejectsIn(folder)).split("\n").sort(), ["", "A1", "A2", "B1", "B2"]);
    }
  });

  test("holds the last line of an input that is named twice only once", async (folder) => {
    const data = `${folder}/data.txt`;
    await Deno.writeTextFile(data, "bad\n1\nhal");
    assertEquals(await run(style, folder, [data, data]), ["1 with 2 skipped", "1 with 2 skipped"]);
    assertEquals(await rejectsIn(folder), "bad\nhal\n");
    const other = `${folder}/other.txt`;
    await Deno.writeTextFile(other, "2\n");
    await run(style, folder, [data, other, data, `${folder}/./data.txt`]);
    assertEquals(await rejectsIn(folder), "bad\nhal\n");
    await Deno.writeTextFile(data, "f\n", { append: true });
    await run(style, folder, [data]);
    assertEquals(await rejectsIn(folder), "bad\nhalf\n");
  });

  test("holds each bad line once wherever the run is left", async (folder) => {
    const data = `${folder}/data.txt`;
    const bad = Array.from({ length: 40 }, (_, i) => `bad ${i}`);
    await Deno.writeTextFile(data, bad.map((line, i) => `${i}\n${line}\n`).join(""));
    for (let leaveAt = 10; leaveAt < 350; leaveAt += 10) {
      await run(style, folder, [data], { every: { bytes: 1 }, leaveAt, blockBytes: 16 });
    }
    assertEquals(await run(style, folder, [data]), ["780 with 40 skipped"]);
    assertEquals(await rejectsIn(folder), bad.map((line) => `${line}\n`).join(""));
  });
}

Deno.test({
  name: "RejectsFile.open() cuts off what a killed run wrote after its last save, and nothing else",
  ignore: lacks("read", "write"),
  async fn() {
    await using temp = await tempFolder();
    const folder = temp.path;
    const data = `${folder}/data.txt`;
    await Deno.writeTextFile(data, "x\ny\n");
    await run(PLAIN, folder, [data]);
    const died = "written before the machine died";
    await Deno.writeTextFile(`${folder}/bad.txt`, died, { append: true });
    await assertRejects(() => run(PLAIN, folder, [data]), FileError, "it has 35 bytes, and had 4 when the last run");
    assertEquals(await rejectsIn(folder), `x\ny\n${died}`);
    killed(folder);
    await run(PLAIN, folder, [data]);
    assertEquals(await rejectsIn(folder), "x\ny\n");

    await Deno.writeTextFile(`${folder}/letter.txt`, "Dear reader");
    using checkpoint = CheckpointFile.openSync(`${folder}/checkpoint.json`);
    const open = (name: string, restarted: string[] = []) =>
      assertThrows(() => RejectsFile.open(`${folder}/${name}`, checkpoint, restarted), FileError).message;
    assertEquals(open("letter.txt").includes("this program did not begin it; name another"), true);
    assertEquals(await Deno.readTextFile(`${folder}/letter.txt`), "Dear reader");
    await Deno.truncate(`${folder}/bad.txt`, 1);
    assertEquals(open("bad.txt").includes("it has 1 bytes, and had 4 when the last run ended"), true);
  },
});

for (
  const { what, lines, change, isKilled = false, message } of [
    { what: "a letter", lines: "1\n", change: "Dear reader", message: "it has 11 bytes, and had 0" },
    { what: "mended lines", lines: "x\nyy\n", change: "1\n22\n", message: "somebody else has changed it" },
    { what: "fewer lines", lines: "x\nyy\n", change: "x\n", message: "it has 2 bytes, and had 5" },
    { what: "mended lines of a killed run", lines: "x\n", change: "1\nx\n", isKilled: true, message: "changed it" },
  ]
) {
  Deno.test({
    name: `RejectsFile.open() leaves ${what} alone, --restart or not`,
    ignore: lacks("read", "write"),
    async fn() {
      await using temp = await tempFolder();
      const folder = temp.path;
      await Deno.writeTextFile(`${folder}/data.txt`, lines);
      await run(PLAIN, folder, [`${folder}/data.txt`]);
      await Deno.writeTextFile(`${folder}/bad.txt`, change);
      if (isKilled) killed(folder);
      using checkpoint = CheckpointFile.openSync(`${folder}/checkpoint.json`);
      for (const restarted of [[], ["data.txt"]]) {
        assertThrows(() => RejectsFile.open(`${folder}/bad.txt`, checkpoint, restarted), FileError, message);
        assertEquals(await rejectsIn(folder), change);
      }
    },
  });
}

Deno.test({
  name: "RejectsFile.open() makes no new file where lines of one that was removed are missed",
  ignore: lacks("read", "write"),
  async fn() {
    await using temp = await tempFolder();
    const folder = temp.path;
    await Deno.writeTextFile(`${folder}/data.txt`, "x\n");
    await run(PLAIN, folder, [`${folder}/data.txt`]);
    await Deno.remove(`${folder}/bad.txt`);
    using checkpoint = CheckpointFile.openSync(`${folder}/checkpoint.json`);
    assertThrows(() => RejectsFile.open(`${folder}/bad.txt`, checkpoint, []), FileError);
    assertThrows(() => Deno.statSync(`${folder}/bad.txt`), Deno.errors.NotFound);
    RejectsFile.open(`${folder}/bad.txt`, checkpoint, ["data.txt"])[Symbol.dispose]();
    assertEquals(await rejectsIn(folder), "");
  },
});

/** Has the checkpoint of a folder say what it says after its last run was killed. */
function killed(folder: string): void {
  using checkpoint = CheckpointFile.openSync(`${folder}/checkpoint.json`);
  for (const saved of checkpoint.states) {
    const { size: _, ...rejects } = saved.rejects!;
    checkpoint.save({ ...saved, rejects });
  }
}

Deno.test({
  name: "RejectsFile.open() begins anew with all inputs, and refuses to with some whose lines stand among others",
  ignore: lacks("read", "write"),
  async fn() {
    await using temp = await tempFolder();
    const folder = temp.path;
    const [a, b] = [`${folder}/a.txt`, `${folder}/b.txt`];
    await Deno.writeTextFile(a, "A\n");
    await Deno.writeTextFile(b, "B\n");
    await run(PLAIN, folder, [a, b]);
    using checkpoint = CheckpointFile.openSync(`${folder}/checkpoint.json`);
    const open = (restarted: string[]) => RejectsFile.open(`${folder}/bad.txt`, checkpoint, restarted);
    assertThrows(() => open(["a.txt"]), FileError, "among those of others");
    assertEquals(await rejectsIn(folder), "A\nB\n");
    open(["a.txt", "b.txt"])[Symbol.dispose]();
    assertEquals(await rejectsIn(folder), "A\nB\n", "nothing was saved yet");
    using anew = open(["a.txt", "b.txt"]);
    anew.cut();
    assertEquals(await rejectsIn(folder), "");
  },
});

/** How a run is left: at an offset, or after so many steps. */
interface LeavingOptions extends Pick<SumOptions, "every" | "blockBytes"> {
  leaveAt?: number;
  leaveAfter?: number;
}

/** Sums files as the program does, with one checkpoint and one file of rejects, and may leave in the middle. */
async function run(
  style: Style,
  folder: string,
  files: string[],
  { leaveAt = Infinity, leaveAfter = Infinity, ...options }: LeavingOptions = {},
): Promise<string[]> {
  using checkpoint = CheckpointFile.openSync(`${folder}/checkpoint.json`);
  using rejects = RejectsFile.open(`${folder}/bad.txt`, checkpoint, []);
  const results: string[] = [];
  for (const file of files) {
    const summing = style.sum(file, { checkpoint, rejects, onSkip: () => {}, ...options });
    for (let steps = 1;; steps++) {
      const step = await summing.next();
      if (step.done) {
        results.push(`${step.value.sum} with ${step.value.skipped} skipped`);
        break;
      }
      if (step.value.offset < leaveAt && steps < leaveAfter) continue;
      await summing.return(undefined as never);
      break;
    }
  }
  return results;
}

function rejectsIn(folder: string): Promise<string> {
  return Deno.readTextFile(`${folder}/bad.txt`);
}
