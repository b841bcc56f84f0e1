import { assertEquals, assertMatch, assertRejects, assertStringIncludes } from "@std/assert";
import { FileError } from "../lib/pure/errors.ts";
import { lacks } from "./granted.ts";
import { runInShell, runProgram } from "./program.ts";
import type { Ended } from "./programs.ts";
import { finish, type Style, STYLES } from "./styles.ts";
import { type TempFolder, tempFolder } from "./temp_folder.ts";

const ignoreLibrary = lacks("read", "write");
const ignore = lacks("read", "write", "run", "env");

/** A folder with three numbers, summed. */
async function summed(style: Style): Promise<TempFolder & { before: string }> {
  const folder = await tempFolder();
  folder.write("numbers.txt", "10\n20\n30\n");
  assertEquals(await run(style, folder), { code: 0, signal: null, stdout: "60\n", stderr: "" });
  return Object.assign(folder, { before: folder.read("checkpoint.json") });
}

async function run(style: Style, folder: TempFolder, ...args: string[]): Promise<Ended> {
  return await runProgram([...style.args, ...args], folder.path);
}

/** Asserts that a run said this, and left the checkpoint as it was. */
function assertRefused(ended: Ended, folder: TempFolder & { before: string }, reason: string): void {
  assertEquals([ended.code, ended.stdout], [3, ""]);
  assertStringIncludes(ended.stderr, "numsum: checkpoint.json was not accepted: ");
  assertStringIncludes(ended.stderr, reason);
  assertMatch(ended.stderr, /--checkpoint OTHER.*--restart/s);
  assertEquals(folder.read("checkpoint.json"), folder.before);
  assertEquals(folder.names().filter((name) => name.endsWith(".tmp")), []);
}

for (const style of STYLES) {
  const { name } = style;

  Deno.test(`${name}: lines appended while the file is read are added`, { ignore: ignoreLibrary }, async () => {
    await using folder = await tempFolder();
    const path = folder.write("numbers.txt", "1\n2\n");
    const sum = style.sum(path, { checkpoint: folder.at("checkpoint.json") });
    await sum.next();
    Deno.writeTextFileSync(path, "3\n4", { append: true });
    assertEquals((await finish(sum)).sum, "10");
  });

  Deno.test(`${name}: a file cut off while it is read is an error, and is refused after`, {
    ignore: ignoreLibrary,
  }, async () => {
    await using folder = await tempFolder();
    const path = folder.write("numbers.txt", "1\n2\n3\n4\n");
    const checkpoint = folder.at("checkpoint.json");
    const sum = style.sum(path, { checkpoint, blockBytes: 4 });
    while ((await sum.next()).value!.offset < 4);
    Deno.truncateSync(path, 2);
    let failed = "";
    await finish(sum).catch((error) => failed = error.message);
    assertStringIncludes(failed, "it became shorter meanwhile");
    let refused = "";
    await finish(style.sum(path, { checkpoint })).catch((error) => refused = error.message);
    // coroutines have read the rest ahead
    assertMatch(refused, /has 2 bytes, fewer than the [48] that were summed/);
  });

  Deno.test(`${name}: a file cut off while it is read is an error also if it has its size again at the end`, {
    ignore: ignoreLibrary,
  }, async () => {
    await using folder = await tempFolder();
    const path = folder.write("numbers.txt", "1\n".repeat(50));
    const sum = style.sum(path, { blockBytes: 4 });
    const failed = await assertRejects(async () => {
      while ((await sum.next()).value!.offset < 4);
      Deno.truncateSync(path, 51);
      while ((await sum.next()).value!.count < 25);
      await sum.next(); // the last line, which has no line feed now
      Deno.truncateSync(path, 100);
      await finish(sum);
    }, FileError);
    assertStringIncludes(failed.message, "it became shorter meanwhile");
  });

  Deno.test(`${name}: a file cut off within a number while it is read has no bad line there`, {
    ignore: ignoreLibrary,
  }, async () => {
    await using folder = await tempFolder();
    const path = folder.write("numbers.txt", "1\n".repeat(50) + "-2\n");
    const sum = style.sum(path, { checkpoint: folder.at("checkpoint.json"), blockBytes: 4 });
    while ((await sum.next()).value!.offset < 4);
    Deno.truncateSync(path, 101);
    const failed = await assertRejects(() => finish(sum), FileError);
    assertStringIncludes(failed.message, "it became shorter meanwhile");
    assertStringIncludes(folder.read("checkpoint.json"), '"running_sum": 50,');
  });

  Deno.test(`${name}: a line that was changed after it was summed, but within the run, is found by the next`, {
    ignore: ignoreLibrary,
  }, async () => {
    await using folder = await tempFolder();
    const path = folder.write("numbers.txt", "1\n".repeat(100_000)); // pieces of 64 KiB, of which the last is always read
    const checkpoint = folder.at("checkpoint.json");
    const sum = style.sum(path, { checkpoint, blockBytes: 64 * 1024 });
    while ((await sum.next()).value!.offset === 0);
    {
      using file = Deno.openSync(path, { write: true });
      file.writeSync(new TextEncoder().encode("9"));
    }
    await new Promise((resolve) => setTimeout(resolve, 2100)); // a time that is younger proves nothing anyhow
    assertEquals((await finish(sum)).sum, "100000");
    let refused = "";
    await finish(style.sum(path, { checkpoint })).catch((error) => refused = error.message);
    assertStringIncludes(refused, "are not those that were summed");
  });

  Deno.test(`${name}: a file that grew is continued`, { ignore }, async () => {
    await using folder = await summed(style);
    Deno.writeTextFileSync(folder.at("numbers.txt"), "40\n5", { append: true });
    const grown = await run(style, folder);
    assertEquals([grown.code, grown.stdout], [0, "105\n"]);
    assertStringIncludes(grown.stderr, "continuing numbers.txt after line 3 (byte 9");
    Deno.writeTextFileSync(folder.at("numbers.txt"), "0\n", { append: true });
    assertEquals((await run(style, folder)).stdout, "150\n"); // the 5 was the beginning of a 50
  });

  Deno.test(`${name}: a file cut off is refused`, { ignore }, async () => {
    await using folder = await summed(style);
    Deno.truncateSync(folder.at("numbers.txt"), 6);
    assertRefused(await run(style, folder), folder, "numbers.txt has 6 bytes, fewer than the 9 that were summed");
  });

  Deno.test(`${name}: another file of the same name is refused`, { ignore }, async () => {
    for (const text of ["11\n20\n30\n", "10\n20\n31\n40\n"]) {
      await using folder = await summed(style);
      folder.write("other.txt", text);
      Deno.renameSync(folder.at("other.txt"), folder.at("numbers.txt"));
      const reason = "the first 9 bytes of numbers.txt are not those that were summed";
      assertRefused(await run(style, folder), folder, reason);
    }
  });

  Deno.test(`${name}: a copy in the file's place is continued`, { ignore }, async () => {
    await using folder = await summed(style);
    folder.write("copy.txt", "10\n20\n30\n40\n");
    Deno.renameSync(folder.at("copy.txt"), folder.at("numbers.txt"));
    assertEquals((await run(style, folder)).stdout, "100\n");
  });

  Deno.test(`${name}: a summed line changed with sed -i is refused`, { ignore }, async () => {
    await using folder = await summed(style);
    const sed = await runInShell("exec sed -i 's/^20$/21/' numbers.txt", [], folder.path);
    assertEquals(sed.code, 0);
    assertRefused(await run(style, folder), folder, "the first 9 bytes of numbers.txt are not those that were summed");
  });

  Deno.test(`${name}: a bad line mended with sed -i is continued from`, { ignore }, async () => {
    await using folder = await tempFolder();
    folder.write("numbers.txt", "10\n20\n3O\n40\n");
    const bad = await run(style, folder);
    assertEquals([bad.code, bad.stdout], [1, ""]);
    assertStringIncludes(bad.stderr, "numsum: numbers.txt:3 (byte 6): ");
    const sed = await runInShell("exec sed -i 's/O/0/' numbers.txt", [], folder.path);
    assertEquals(sed.code, 0);
    const mended = await run(style, folder);
    assertEquals([mended.code, mended.stdout], [0, "100\n"]);
    assertStringIncludes(mended.stderr, "continuing numbers.txt after line 2 (byte 6");
  });

  Deno.test(`${name}: a line after the offset may be changed in place`, { ignore }, async () => {
    await using folder = await tempFolder();
    folder.write("numbers.txt", "10\n20\nx\n");
    assertEquals((await run(style, folder)).code, 1);
    folder.write("numbers.txt", "10\n20\n7\n");
    assertEquals((await run(style, folder)).stdout, "37\n");
  });

  Deno.test(`${name}: a rotated file is refused, and then begun anew`, { ignore }, async () => {
    for (const text of ["1\n", "1\n2\n3\n4\n5\n6\n"]) {
      await using folder = await summed(style);
      Deno.renameSync(folder.at("numbers.txt"), folder.at("numbers.txt.1"));
      folder.write("numbers.txt", text);
      assertRefused(await run(style, folder), folder, "numbers.txt");
      const other = await run(style, folder, "--checkpoint", "other.json");
      assertEquals([other.code, folder.read("checkpoint.json")], [0, folder.before]);
      assertEquals((await run(style, folder, "--restart")).stdout, other.stdout);
    }
  });

  Deno.test(`${name}: a file that is gone is named, and its state is kept`, { ignore }, async () => {
    await using folder = await summed(style);
    Deno.removeSync(folder.at("numbers.txt"));
    const ended = await run(style, folder);
    assertEquals([ended.code, ended.stdout, folder.read("checkpoint.json")], [4, "", folder.before]);
    assertStringIncludes(ended.stderr, "numbers.txt: no such file or directory");
  });

  Deno.test(`${name}: a checkpoint of a newer version is refused`, { ignore }, async () => {
    await using folder = await summed(style);
    folder.before = folder.before.replace('"version": 1,', '"version": 2,\n  "novelty": [],');
    folder.write("checkpoint.json", folder.before);
    assertRefused(await run(style, folder), folder, "it is of version 2, written by a newer numsum");
  });

  Deno.test(`${name}: a damaged checkpoint is refused`, { ignore }, async () => {
    await using folder = await summed(style);
    for (const damaged of ["", folder.before.slice(0, 100), folder.before.replace('"count": 3', '"count": 2')]) {
      folder.before = damaged;
      folder.write("checkpoint.json", damaged);
      assertRefused(await run(style, folder), folder, "it ");
    }
  });
}
