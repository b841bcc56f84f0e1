import { assertEquals, assertThrows } from "@std/assert";
import {
  Draft,
  removeIfThereSync,
  tempPathOf,
  tryWriteSync,
  writeAllSync,
  writeAtomicSync,
} from "../lib/disk/write_atomic.ts";
import { FileError } from "../lib/pure/errors.ts";
import { lacks } from "./granted.ts";
import { tempFolder } from "./temp_folder.ts";

const ignore = lacks("read", "write");
const encode = (text: string) => new TextEncoder().encode(text);

Deno.test("writeAtomicSync() makes a file, or replaces one, and leaves nothing else", { ignore }, async () => {
  await using folder = await tempFolder();
  const path = folder.at("state.json");
  for (const content of ["one", "", "a longer one than before", "short"]) {
    writeAtomicSync(path, encode(content));
    assertEquals(folder.read("state.json"), content);
    assertEquals(folder.names(), ["state.json"]);
  }
});

Deno.test("writeAtomicSync() makes a new file each time, that others may not read", { ignore }, async () => {
  await using folder = await tempFolder();
  const path = folder.at("state.json");
  writeAtomicSync(path, encode("one"));
  using before = Deno.openSync(path);
  writeAtomicSync(path, encode("two"));
  const now = Deno.statSync(path);
  assertEquals(before.statSync().ino === now.ino, false);
  if (Deno.build.os !== "windows") assertEquals((now.mode ?? 0) & 0o777, 0o600);
});

Deno.test("writeAtomicSync() leaves the old file and no other when a step fails", { ignore }, async () => {
  await using folder = await tempFolder();
  writeAtomicSync(folder.at("state.json"), encode("old"));
  Deno.mkdirSync(folder.at("in_the_way"));
  folder.write("in_the_way/file", "x");
  assertThrows(() => writeAtomicSync(folder.at("in_the_way"), encode("new"))); // rename cannot replace a full folder
  assertThrows(() => writeAtomicSync(folder.at("none/state.json"), encode("new")), Deno.errors.NotFound);
  assertEquals(folder.read("state.json"), "old");
  assertEquals(folder.names(), ["in_the_way", "state.json"]);
});

Deno.test("writeAtomicSync() never writes into a file that stands where the draft goes", { ignore }, async () => {
  await using folder = await tempFolder();
  folder.write("precious", "precious");
  Deno.symlinkSync(folder.at("precious"), folder.at("state.json.tmp"));
  assertEquals(tempPathOf(folder.at("state.json")), folder.at("state.json.tmp"));
  writeAtomicSync(folder.at("state.json"), encode("new"));
  assertEquals(folder.read("precious"), "precious");
  assertEquals(folder.read("state.json"), "new");
  assertEquals(folder.names(), ["precious", "state.json"]);
});

Deno.test("tryWriteSync() changes nothing, and fails where writeAtomicSync() would", { ignore }, async () => {
  await using folder = await tempFolder();
  writeAtomicSync(folder.at("state.json"), encode("old"));
  folder.write("state.json.tmp", "left by a run that died");
  for (const path of ["state.json", "new.json"]) tryWriteSync(folder.at(path));
  assertEquals(folder.read("state.json"), "old");
  assertEquals(folder.names(), ["state.json"]);
  Deno.mkdirSync(folder.at("state.json.tmp"));
  for (const attempt of [tryWriteSync, (path: string) => writeAtomicSync(path, encode("new"))]) {
    assertThrows(() => attempt(folder.at("none/state.json")), Deno.errors.NotFound);
    assertThrows(() => attempt(folder.at("state.json")), FileError, "state.json.tmp");
  }
});

Deno.test("a Draft that was not committed leaves no trace", { ignore }, async () => {
  await using folder = await tempFolder();
  folder.write("numbers.txt", "old");
  {
    using draft = new Draft(folder.at("numbers.txt"), { temp: folder.at("draft") });
    draft.write(encode("new"));
    assertEquals(folder.names(), ["draft", "numbers.txt"]);
  }
  assertEquals(folder.names(), ["numbers.txt"]);
  assertEquals(folder.read("numbers.txt"), "old");
});

Deno.test("a Draft is made of all that was written to it", { ignore }, async () => {
  await using folder = await tempFolder();
  using draft = new Draft(folder.at("numbers.txt"));
  for (let i = 0; i < 1000; i++) draft.write(encode(`${i}\n`));
  assertEquals(folder.names(), ["numbers.txt.tmp"]);
  draft.commit();
  assertEquals(folder.read("numbers.txt").split("\n").length, 1001);
});

Deno.test("writeAllSync() goes on where a short or interrupted write stopped", () => {
  const bytes = Uint8Array.from({ length: 100 }, (_, i) => i);
  const written: number[] = [];
  let calls = 0;
  writeAllSync({
    writeSync(part) {
      if (calls++ % 3 === 1) throw new Deno.errors.Interrupted();
      const taken = Math.min(part.length, calls % 7);
      written.push(...part.subarray(0, taken));
      return taken;
    },
  }, bytes);
  assertEquals(written, [...bytes]);
});

Deno.test("writeAllSync() writes nothing of nothing", () => {
  writeAllSync({
    writeSync: () => {
      throw new Error("it was called");
    },
  }, new Uint8Array());
});

Deno.test("removeIfThereSync() removes a file or a link, and minds no other", { ignore }, async () => {
  await using folder = await tempFolder();
  folder.write("file", "x");
  Deno.symlinkSync(folder.at("file"), folder.at("link"));
  removeIfThereSync(folder.at("link"));
  assertEquals(folder.names(), ["file"]);
  removeIfThereSync(folder.at("file"));
  removeIfThereSync(folder.at("file"));
  assertEquals(folder.names(), []);
  folder.write("file", "x");
  assertThrows(() => removeIfThereSync(folder.at("file/beneath")));
});
