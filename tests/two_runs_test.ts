import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { lacks } from "./granted.ts";
import { endOf, runProgram, startProgram } from "./program.ts";
import { type Style, STYLES } from "./styles.ts";
import { type TempFolder, tempFolder } from "./temp_folder.ts";

const ignore = lacks("read", "write", "run", "env");

/** How many times for each style. */
const TIMES = 50;
/** With a save after every few lines, this takes so long that no run is done before the other has started. */
const LINES = 200_000;
const ANSWER = `${LINES * (LINES + 1) / 2}\n`;
const OFTEN = ["--every", "16B"];

async function longFolder(): Promise<TempFolder> {
  const folder = await tempFolder();
  folder.write("numbers.txt", Array.from({ length: LINES }, (_, i) => `${i + 1}\n`).join(""));
  return folder;
}

/** Starts two runs at once, and kills the one that works as soon as the other has ended. */
async function race({ args }: Style, folder: TempFolder): Promise<void> {
  const runs = [1, 2].map(() => startProgram([...args, ...OFTEN], folder.path));
  const first = await Promise.race(runs.map((run, i) => run.status.then(() => i)));
  const other = runs[1 - first]!;
  other.kill("SIGKILL");
  const [refused, worked] = await Promise.all([endOf(runs[first]!), endOf(other)]);
  assertEquals([refused.code, refused.stdout], [5, ""], refused.stderr);
  assertStringIncludes(refused.stderr, "numsum: another run is using checkpoint.json.\n");
  assertStringIncludes(refused.stderr, "--checkpoint OTHER");
  assertEquals([worked.code, worked.stdout], [137, ""], "it worked until it was killed");
  assertMatch(worked.stderr, /^(numsum: continuing numbers\.txt after line \d+ .*\n)?$/);
}

for (const style of STYLES) {
  Deno.test(`${style.name}: of two runs at once one works and the other says so, also after kill -9`, {
    ignore,
  }, async () => {
    await using folder = await longFolder();
    for (let times = 0; times < TIMES; times++) await race(style, folder);
    const { code, stdout, stderr } = await runProgram(style.args, folder.path);
    assertEquals([code, stdout], [0, ANSWER], stderr);
    assertEquals(folder.names(), ["checkpoint.json", "checkpoint.json.lock", "numbers.txt"]);
  });

  Deno.test(`${style.name}: after kill -9 the next run goes on without a word of it`, { ignore }, async () => {
    await using folder = await longFolder();
    for (let times = 0; times < 5; times++) {
      const before = offsetIn(folder);
      const run = startProgram([...style.args, ...OFTEN], folder.path);
      while (offsetIn(folder) <= before + 100) await new Promise((resolve) => setTimeout(resolve, 2));
      run.kill("SIGKILL");
      const { code, stderr } = await endOf(run);
      assertEquals(code, 137);
      if (before === 0) assertEquals(stderr, "");
      else {assertMatch(
          stderr,
          new RegExp(`^numsum: continuing numbers\\.txt after line \\d+ \\(byte ${before}, .*\n$`),
        );}
    }
    const { code, stdout, stderr } = await runProgram(style.args, folder.path);
    assert(stderr.startsWith(`numsum: continuing numbers.txt after line `), stderr);
    assertEquals([code, stdout], [0, ANSWER]);
  });
}

/** The offset in the checkpoint. */
function offsetIn(folder: TempFolder): number {
  try {
    return JSON.parse(folder.read("checkpoint.json")).offset;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return 0;
    throw error;
  }
}
