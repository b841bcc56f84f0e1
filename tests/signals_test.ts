import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { lacks } from "./granted.ts";
import { endOf, runInShell, runProgram, startProgram } from "./program.ts";
import { type Style, STYLES } from "./styles.ts";
import { type TempFolder, tempFolder } from "./temp_folder.ts";

const ignore = lacks("read", "write", "run", "env") || Deno.build.os === "windows";

const SIGNALS = [["SIGINT", 130], ["SIGTERM", 143], ["SIGHUP", 129]] as const;

/** Saved after every few lines, this takes seconds, so that there is time to stop it. */
const LINES = 100_000;
const ANSWER = `${LINES * (LINES + 1) / 2}\n`;
const OFTEN = ["--every", "16B"];

/** The longest from a signal to the process's end that is not a mistake, on the busiest machine, in milliseconds. */
const PATIENCE = 5000;

async function longFolder(): Promise<TempFolder> {
  const folder = await tempFolder();
  folder.write("numbers.txt", Array.from({ length: LINES }, (_, i) => `${i + 1}\n`).join(""));
  return folder;
}

/** Starts a long run, and waits until it is in the middle of it. */
async function begin({ args }: Style, folder: TempFolder): Promise<Deno.ChildProcess> {
  const child = startProgram([...args, ...OFTEN], folder.path);
  while (offsetIn(folder) < 1000) await new Promise((resolve) => setTimeout(resolve, 5));
  return child;
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

for (const [signal, code] of SIGNALS) {
  Deno.test(`watchSignals() takes note of ${signal} once, and the second one kills`, { ignore }, async () => {
    const signals = new URL("../lib/cli/signals.ts", import.meta.url).href;
    const source = `
      import { watchSignals } from "${signals}";
      const watch = watchSignals();
      setInterval(() => watch.signal && console.log(watch.signal), 10);
      setTimeout(() => Deno.exit(99), 10_000);
      console.log("ready");`;
    const child = new Deno.Command(Deno.execPath(), { args: ["eval", source], stdout: "piped" }).spawn();
    const said = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
    assertEquals((await said.read()).value, "ready\n");
    child.kill(signal);
    child.kill(signal); // an echo
    assertEquals((await said.read()).value, `${signal}\n`); // it is alive
    await new Promise((resolve) => setTimeout(resolve, 600));
    child.kill(signal);
    assertEquals((await child.status).code, code);
    await said.cancel();
  });
}

for (const style of STYLES) {
  for (const [signal, code] of SIGNALS) {
    Deno.test(`${style.name}: ${signal} saves, and the next run comes to the same digits`, { ignore }, async () => {
      await using folder = await longFolder();
      const child = await begin(style, folder);
      child.kill(signal);
      const sent = performance.now();
      const ended = await endOf(child);
      const took = performance.now() - sent;
      assertEquals([ended.code, ended.stdout], [code, ""], ended.stderr);
      const offset = offsetIn(folder);
      const said = `numsum: stopped by ${signal} after line \\d+ of numbers\\.txt, byte ${offset} \\(.*\\); ` +
        `saved in checkpoint\\.json\nRun the same command again to continue there\\.\n`;
      assertMatch(ended.stderr, new RegExp(`^${said}$`));
      assert(took < PATIENCE, `from the signal to the end it took ${took} ms`);
      const next = await runProgram(style.args, folder.path);
      assertEquals([next.code, next.stdout], [0, ANSWER], next.stderr);
      assertStringIncludes(next.stderr, `(byte ${offset}, `);
    });

    Deno.test(`${style.name}: ${signal} twice ends at once, and nothing is lost`, { ignore }, async () => {
      await using folder = await longFolder();
      const child = await begin(style, folder);
      const before = offsetIn(folder);
      child.kill(signal);
      child.kill(signal);
      const ended = await endOf(child);
      assertEquals([ended.code, ended.stdout], [code, ""], ended.stderr);
      assert(offsetIn(folder) >= before);
      const next = await runProgram(style.args, folder.path);
      assertEquals([next.code, next.stdout], [0, ANSWER], next.stderr);
    });
  }

  Deno.test(`${style.name}: a closed standard output is exit 141, and everything is saved`, { ignore }, async () => {
    await using folder = await tempFolder();
    folder.write("numbers.txt", "1\n2\n");
    const line = 'exec 3>&1; { "$@"; echo "exit $?" >&3; } | exec 2>/dev/null <&-';
    const ended = await runInShell(line, style.args, folder.path);
    assertEquals([ended.stdout, ended.stderr], ["exit 141\n", ""]);
    assertEquals(offsetIn(folder), 4);
    assertEquals(folder.names(), ["checkpoint.json", "checkpoint.json.lock", "numbers.txt"]);
  });

  Deno.test(`${style.name}: an answer that nobody takes is exit 141: | head -n 0`, { ignore }, async () => {
    await using folder = await tempFolder();
    folder.write("numbers.txt", "1\n2\n");
    const ended = await runInShell('{ "$@"; echo "exit $?" >&2; } | head -n 0', style.args, folder.path);
    assertEquals([ended.stdout, ended.stderr], ["", "exit 141\n"]);
    assertEquals((await runProgram(style.args, folder.path)).stdout, "3\n");
  });

  Deno.test(`${style.name}: a full standard output is exit 4, and everything is saved`, {
    ignore: ignore || Deno.build.os !== "linux",
  }, async () => {
    await using folder = await tempFolder();
    folder.write("numbers.txt", "1\n2\n");
    const { code, stderr } = await runInShell('exec "$@" >/dev/full', style.args, folder.path);
    assertEquals(code, 4);
    assertStringIncludes(stderr, "could not write the answer to standard output: no space left on device");
    assertMatch(stderr, /\nMake room for it, and run the same command again\.\n$/);
    assertEquals(offsetIn(folder), 4);
  });

  Deno.test(`${style.name}: a full or closed standard error does no harm`, { ignore }, async () => {
    for (const to of ["2>/dev/full", "2>&-"]) {
      await using folder = await tempFolder();
      folder.write("numbers.txt", "1\nx\n2\n");
      const ended = await runInShell(`exec "$@" --on-error skip ${to}`, style.args, folder.path);
      assertEquals([ended.code, ended.stdout], [0, "3\n"]);
    }
  });
}
