import { assert, assertEquals } from "@std/assert";
import { lacks } from "./granted.ts";
import { type Ended, endOf, startProgram } from "./programs.ts";
import { STYLES } from "./styles.ts";
import { type TempFolder, tempFolder } from "./temp_folder.ts";

/** Lines of the input; every fifth one is bad, and one is longer than the limit. */
const LINES = 200_000;
const OVERLONG = 130_000;
const MAX_LINE_BYTES = 1024 * 1024;
/** With so many saves it takes so long that a stop hits it. */
const OPTIONS = ["--on-error", "skip", "--rejects", "bad.txt", "--every", "1kB", "data.txt"];

for (const style of STYLES) {
  for (const [signal, code] of [["SIGKILL", 137], ["SIGINT", 130]] as const) {
    Deno.test({
      name: `--rejects holds each bad line once after ${signal} and resuming, and the totals are kept, ${style.name}`,
      ignore: lacks("read", "write", "run"),
      sanitizeOps: true,
      sanitizeResources: true,
      async fn() {
        await using folder = await tempFolder();
        const { text, rejected, sum } = makeInput();
        folder.write("data.txt", text);
        const start = (...more: string[]) =>
          startProgram("main.ts", [...more, ...style.args, ...OPTIONS], { cwd: folder.path });
        let stops = 0;
        for (const share of [0.01, 0.1, 0.3, 0.68, 0.9]) {
          const ended = await stopAt(start(), folder, share * text.length, signal);
          if (ended.code === 0) break;
          assertEquals(ended.code, code, ended.stderr);
          stops++;
          assertEquals(savedIn(folder).skipped, badLinesBefore(text, savedIn(folder).offset));
        }
        assert(stops > 0, "it was never stopped in time");
        const { code: last, stdout, stderr } = await endOf(start("--json"));
        assertEquals(last, 0, stderr);
        const bad = rejected.length;
        const answer = JSON.parse(stdout);
        assertEquals([answer.sum, answer.count, answer.skipped], [sum, LINES - bad - 1, bad + 1]);
        assert(stderr.includes(`${bad + 1} bad lines were passed over`), stderr);
        assertEquals(savedIn(folder).skipped, bad);
        // the last line has no line feed, and is in no state
        assertEquals(folder.read("bad.txt") === [...rejected, "last", ""].join("\n"), true);
        // a state that is complete is not added to, and the line without a line feed is there just once
        const again = await endOf(start("--json"));
        assertEquals([again.code, JSON.parse(again.stdout).skipped], [0, bad + 1]);
        assertEquals(folder.read("bad.txt") === [...rejected, "last", ""].join("\n"), true);
      },
    });
  }
}

Deno.test("--restart leaves the collected lines until a state without them is saved", {
  ignore: lacks("read", "write", "run"),
}, async () => {
  await using folder = await tempFolder();
  folder.write("table.csv", "a,b\n1,2\nx,3\n");
  const run = (...more: string[]) => {
    const args = ["--on-error", "skip", "--rejects", "bad.txt", ...more, "table.csv"];
    return endOf(startProgram("main.ts", args, { cwd: folder.path }));
  };
  assertEquals((await run("--column", "a")).stdout, "1\n");
  const collected = folder.read("bad.txt");
  assertEquals((await run("--restart", "--column", "a", "none.csv")).code, 4);
  assertEquals(folder.read("bad.txt"), collected);
  assertEquals((await run("--column", "a")).stdout, "1\n");
  assertEquals((await run("--restart", "--column", "b")).stdout, "5\n");
  assertEquals(folder.read("bad.txt"), "");
});

Deno.test("--rejects without a checkpoint has every bad line of an input that is named again", {
  ignore: lacks("read", "write", "run"),
}, async () => {
  await using folder = await tempFolder();
  folder.write("a.txt", "x\n1\ny\n");
  folder.write("b.txt", "z\n");
  for (
    const [files, expected] of [[["a.txt", "b.txt", "a.txt"], "x y z x y"], [["a.txt", "a.txt"], "x y x y"]] as const
  ) {
    const args = ["--no-checkpoint", "--on-error", "skip", "--rejects", "bad.txt", ...files];
    const { code, stderr } = await endOf(startProgram("main.ts", args, { cwd: folder.path }));
    assertEquals(code, 0, stderr);
    assertEquals(folder.read("bad.txt").trimEnd().split("\n").join(" "), expected);
    await Deno.remove(folder.at("bad.txt"));
  }
});

Deno.test("--rejects tells of lines that earlier runs passed over, and refuses what it has not written", {
  ignore: lacks("read", "write", "run"),
}, async () => {
  await using folder = await tempFolder();
  folder.write("a.txt", "1\nx\n");
  folder.write("b.txt", "y\nz\n");
  const run = (...args: string[]) =>
    endOf(startProgram("main.ts", ["--on-error", "skip", ...args], { cwd: folder.path }));
  await run("a.txt");
  const { stdout, stderr } = await run("--rejects", "bad.txt", "a.txt");
  assertEquals([stdout, stderr], [
    "1\n",
    "numsum: continuing a.txt after line 2 (byte 4, 100 % of it)\n" +
    "numsum: 1 bad line was passed over; bad.txt has 0 of them, --restart collects all\n",
  ]);
  // another checkpoint's lines
  await run("--rejects", "bad.txt", "--checkpoint", "other.json", "b.txt");
  assertEquals(folder.read("bad.txt"), "y\nz\n");
  for (const more of [[], ["--restart"]]) {
    const refused = await run("--rejects", "bad.txt", ...more, "a.txt");
    assertEquals([refused.code, refused.stdout], [4, ""]);
    assert(refused.stderr.includes("it has 4 bytes, and had 0 when the last run ended; name another"), refused.stderr);
    assertEquals(folder.read("bad.txt"), "y\nz\n");
  }
  const mixed = await run("--rejects", "new.txt", "-", "a.txt");
  assertEquals([mixed.code, mixed.stdout], [2, ""]);
  assert(mixed.stderr.includes("--rejects with a checkpoint is for plain files; sum - by itself"), mixed.stderr);
});

Deno.test("--rejects refuses to be an input, under any of its names", {
  ignore: lacks("read", "write", "run"),
}, async () => {
  await using folder = await tempFolder();
  folder.write("a.txt", "x\n1\n");
  folder.write("bad.txt", "");
  Deno.linkSync(folder.at("bad.txt"), folder.at("hard.txt"));
  Deno.symlinkSync("bad.txt", folder.at("soft.txt"));
  Deno.symlinkSync("new.txt", folder.at("dangling.txt"));
  const cases = [
    ["bad.txt", "a.txt", "bad.txt"],
    ["bad.txt", "./bad.txt"],
    ["bad.txt", "hard.txt"],
    ["soft.txt", "bad.txt"],
    ["bad.txt", "soft.txt"],
    ["new.txt", "new.txt"],
  ];
  for (const [rejects, ...files] of cases) {
    for (const more of [[], ["--no-checkpoint"], ["--restart"]]) {
      const args = ["--on-error", "skip", "--rejects", rejects!, ...more, ...files];
      const { code, stdout, stderr } = await endOf(startProgram("main.ts", args, { cwd: folder.path }));
      assertEquals([code, stdout], [2, ""], `${args}`);
      assert(stderr.includes("cannot be the file of --rejects too"), stderr);
    }
  }
  assertEquals(folder.read("bad.txt"), "");
});

interface Input {
  text: string;
  /** The bad lines that have a line feed, as they are to be collected. */
  rejected: string[];
  sum: string;
}

function makeInput(): Input {
  const lines: string[] = [];
  const rejected: string[] = [];
  let sum = 0;
  for (let i = 0; i < LINES - 1; i++) {
    const line = i === OVERLONG ? "7".repeat(3 * MAX_LINE_BYTES) : i % 5 === 4 ? `bad ${i}` : `${i}`;
    lines.push(line);
    if (i === OVERLONG || i % 5 === 4) rejected.push(line.slice(0, MAX_LINE_BYTES));
    else sum += i;
  }
  return { text: `${lines.join("\n")}\nlast`, rejected, sum: `${sum}` };
}

function badLinesBefore(text: string, offset: number): number {
  const lines = text.slice(0, offset).split("\n").slice(0, -1);
  return lines.filter((line) => line.startsWith("bad") || line.length > MAX_LINE_BYTES).length;
}

function savedIn(folder: TempFolder): { offset: number; skipped: number } {
  return folder.names().includes("checkpoint.json")
    ? JSON.parse(folder.read("checkpoint.json"))
    : { offset: 0, skipped: 0 };
}

/** Waits until the checkpoint is past an offset, and sends a signal. */
async function stopAt(
  program: Deno.ChildProcess,
  folder: TempFolder,
  offset: number,
  signal: Deno.Signal,
): Promise<Ended> {
  let isRunning = true;
  const ended = endOf(program).finally(() => isRunning = false);
  while (isRunning && savedIn(folder).offset < offset) await new Promise((resolve) => setTimeout(resolve, 1));
  if (isRunning) program.kill(signal);
  return await ended;
}

Deno.test("--rejects of one run is nobody else's meanwhile, and is left alone by a run that finds no bad line", {
  ignore: lacks("read", "write", "run"),
}, async () => {
  await using folder = await tempFolder();
  folder.write("a.txt", "x\n".repeat(100_000));
  folder.write("good.txt", "1\n");
  const start = (...more: string[]) =>
    startProgram("main.ts", ["--on-error", "skip", "--rejects", "bad.txt", "--no-checkpoint", ...more], {
      cwd: folder.path,
    });
  using held = Deno.openSync(folder.at("bad.txt"), { write: true, create: true });
  held.lockSync(true);
  const second = start("good.txt");
  if ("tryLockSync" in Deno.FsFile.prototype) {
    const { code, stdout, stderr } = await endOf(second);
    assertEquals([code, stdout], [4, ""], stderr);
    assert(stderr.includes("another run is using it"), stderr);
    held.unlockSync();
  } else {
    const ended = endOf(second);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    held.writeSync(new TextEncoder().encode("y\n"));
    held.unlockSync();
    assertEquals((await ended).code, 4); // it exists by now, and somebody else began it
    assertEquals(folder.read("bad.txt"), "y\n");
    Deno.truncateSync(folder.at("bad.txt"));
  }
  assertEquals((await endOf(start("a.txt"))).code, 0);
  assertEquals(folder.read("bad.txt").length, 200_000);
});
