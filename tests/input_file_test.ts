import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { InputFile } from "../lib/disk/input_file.ts";
import { FileError } from "../lib/pure/errors.ts";
import { lacks } from "./granted.ts";
import { tempFolder } from "./temp_folder.ts";

const ignore = lacks("read", "write");
const OPENERS = [InputFile.open, InputFile.openSync];

Deno.test("InputFile reads from where it was sent, in both styles", { ignore }, async () => {
  await using folder = await tempFolder();
  const path = folder.write("numbers.txt", "0123456789");
  const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  for (const open of OPENERS) {
    using input = await open(path);
    assertEquals([input.path, input.size], [path, 10]);
    const buffer = new Uint8Array(4);
    assertEquals([await input.read(buffer), decode(buffer)], [4, "0123"]);
    await input.seek(7);
    assertEquals([input.readSync(buffer.subarray(0, 2)), decode(buffer.subarray(0, 2))], [2, "78"]);
    assertEquals(await input.read(buffer), 1);
    assertEquals([await input.read(buffer), input.readSync(buffer)], [null, null]);
    input.seekSync(1);
    assertEquals([input.readSync(buffer), decode(buffer)], [4, "1234"]);
  }
});

Deno.test("InputFile says what it could not open, and why", { ignore }, async () => {
  await using folder = await tempFolder();
  const cases: [string, RegExp][] = [
    [folder.at("none.txt"), /^could not open .*none\.txt: no such file or directory$/],
    [folder.path, /^could not read .*: it is a folder; name the files in it$/],
    [`${folder.write("file", "")}/x`, /^could not open .*: not a directory$/],
    ["", /^could not open/],
  ];
  for (const [path, message] of cases) {
    for (const open of OPENERS) {
      const error = await assertRejects(async () => void await open(path), FileError);
      assert(message.test(error.message), error.message);
      assertEquals(error.path, path);
    }
  }
});

Deno.test("InputFile tells the hints of the open file, not of what has its name now", { ignore }, async () => {
  await using folder = await tempFolder();
  const path = folder.write("numbers.txt", "1\n");
  using input = await InputFile.open(path);
  const before = input.hints();
  assertEquals([before.size, before.modified], [2, "2001-02-03T04:05:06.000Z"]);
  folder.write("other.txt", "100\n");
  Deno.renameSync(folder.at("other.txt"), path);
  assertEquals(input.hints().inode, before.inode);
  assertEquals(input.hints().size, 2);
});

Deno.test("InputFile knows no size of what is no plain file", {
  ignore: ignore || Deno.build.os === "windows",
}, async () => {
  for (const open of OPENERS) {
    using input = await open("/dev/null");
    assertEquals(input.size, undefined);
    assertEquals(await input.read(new Uint8Array(8)), null);
  }
});

Deno.test("standard input has a name, no size, and nothing to go back to", () => {
  const input = InputFile.openSync("-"); // not disposed of: the tests go on
  assertEquals([input.path, input.size], ["standard input", undefined]);
  assertThrows(() => input.seekSync(0), FileError);
  assertThrows(() => input.hints(), FileError);
});
