import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { CheckpointFile } from "../lib/disk/checkpoint_file.ts";
import { CheckpointRefusedError, FileError } from "../lib/pure/errors.ts";
import { initialState, type SavedState } from "../lib/pure/state.ts";
import { lacks } from "./granted.ts";
import { finish, STYLES } from "./styles.ts";
import { type TempFolder, tempFolder } from "./temp_folder.ts";

const ignore = lacks("read", "write");

const HINTS = { device: null, inode: null, size: 0, modified: null, changed: null };
const stateOf = (file: string): SavedState => ({ file, options: {}, state: initialState(), hints: HINTS });

/** Opens in one way, then in the other. */
const OPENERS = [CheckpointFile.open, CheckpointFile.openSync];

Deno.test("CheckpointFile holds nothing where there is no file, and makes none", { ignore }, async () => {
  await using folder = await tempFolder();
  for (const open of OPENERS) {
    using checkpoint = await open(folder.at("c.json"));
    assertEquals([checkpoint.states, checkpoint.claim, checkpoint.get("a.txt")], [[], undefined, undefined]);
    assertEquals(folder.names(), ["c.json.lock"]);
  }
});

Deno.test("CheckpointFile has a state for each input, and gives back what it was given", { ignore }, async () => {
  await using folder = await tempFolder();
  {
    using checkpoint = await CheckpointFile.open(folder.at("c.json"));
    for (const file of ["a.txt", "b.txt", "a.txt"]) checkpoint.save(stateOf(file));
  }
  for (const open of OPENERS) {
    using checkpoint = await open(folder.at("c.json"));
    assertEquals(checkpoint.states, [stateOf("a.txt"), stateOf("b.txt")]);
    assertEquals(checkpoint.get("b.txt"), stateOf("b.txt"));
    assertEquals(checkpoint.get("c.txt"), undefined);
  }
});

Deno.test("CheckpointFile names inputs by their path from its folder", { ignore }, async () => {
  await using folder = await tempFolder();
  Deno.mkdirSync(folder.at("sub"));
  Deno.mkdirSync(folder.at("other"));
  Deno.symlinkSync(folder.at("sub"), folder.at("link_to_sub"));
  Deno.symlinkSync(folder.at("sub/c.json"), folder.at("link_to_c.json"));
  const cases: [checkpoint: string, input: string, name: string][] = [
    ["c.json", "a.txt", "a.txt"],
    ["c.json", "sub/a.txt", "sub/a.txt"],
    ["c.json", "sub/../a.txt", "a.txt"],
    ["c.json", "link_to_sub/a.txt", "sub/a.txt"],
    ["sub/c.json", "a.txt", "../a.txt"],
    ["sub/c.json", "other/a.txt", "../other/a.txt"],
    ["link_to_sub/c.json", "sub/a.txt", "a.txt"],
    ["link_to_c.json", "sub/a.txt", "a.txt"],
    ["link_to_c.json", "a.txt", "../a.txt"],
  ];
  for (const [path, input, name] of cases) {
    using checkpoint = await CheckpointFile.open(folder.at(path));
    assertEquals(checkpoint.nameOf(folder.at(input)), name, `${input} in ${path}`);
  }
});

Deno.test("CheckpointFile writes where symbolic links lead, and keeps them", { ignore }, async () => {
  await using folder = await tempFolder();
  Deno.mkdirSync(folder.at("real"));
  Deno.symlinkSync("real/c.json", folder.at("second.json"));
  Deno.symlinkSync(folder.at("second.json"), folder.at("first.json"));
  for (const file of ["a.txt", "b.txt"]) { // first there is nothing at the end, then there is
    using checkpoint = await CheckpointFile.open(folder.at("first.json"));
    checkpoint.save(stateOf(file));
  }
  assert(Deno.lstatSync(folder.at("first.json")).isSymlink && Deno.lstatSync(folder.at("second.json")).isSymlink);
  assertEquals(folder.names(), ["first.json", "real", "second.json"]);
  assertEquals(namesIn(folder, "real"), ["c.json", "c.json.lock"]);
  assertEquals(CheckpointFile.peek(folder.at("real/c.json")).states.map(({ file }) => file), ["a.txt", "b.txt"]);
});

Deno.test("CheckpointFile refuses links that go round in a circle, and folders that are not there", {
  ignore,
}, async () => {
  await using folder = await tempFolder();
  Deno.symlinkSync("b.json", folder.at("a.json"));
  Deno.symlinkSync("a.json", folder.at("b.json"));
  for (const name of ["a.json", "none/c.json"]) {
    const rejected = await assertRejects(() => CheckpointFile.open(folder.at(name)), FileError);
    assert(rejected.message.includes(name), rejected.message);
    assertThrows(() => CheckpointFile.openSync(folder.at(name)), FileError);
  }
  assertEquals(folder.names(), ["a.json", "b.json"]);
});

const DAMAGED = `{\n  "version": 1,\n  "file": "a.t`;

Deno.test("CheckpointFile never replaces what is no checkpoint", { ignore }, async () => {
  await using folder = await tempFolder();
  for (
    const data of [
      "1\n2\n",
      `{"name": "x"}`,
      `{"version": "5", "specifiers": {}}`,
      `{"version":3,"file":"a.js"}`,
      `{"notes": "precious", "totals": {"running_sum": 5}}`,
      `{ not json "running_sum": here, precious notes`,
      "[1]",
      `{"offset": 7, "playlist": ["a", "b"]}\n`,
      `{"offset": 12, "partition": 3, "topic": "t"}`,
      `{"offset": 12, "limit": 5}`,
      `{"offset": 12}`,
      `{"version":1,"file":"/var/log/a","offset":3,"level":"info"}\n{"version":1,"file":"b","offset":9}\n`,
      `{\n "version": 1, "file": "data.csv", "offset": 12, // bytes\n "columns": [1,2,3]\n}\n`,
      `{"version":3,"file":"out.js",\n`,
      `{"offset": 12 // mine\n`,
      `{"offset": hello world`,
      `{"version": 1, "scripts": {"running_sum": 3}}`,
      JSON.stringify({ version: 3, file: "a.js", sources: ["a.ts"], mappings: "AAAA" }, null, 2),
      "\0\0",
    ]
  ) {
    const path = folder.write("data.txt", data);
    for (const open of OPENERS) {
      for (const discardDamaged of [false, true]) {
        const error = await assertRejects(
          async () => void await open(path, { discardDamaged }),
          CheckpointRefusedError,
        );
        assertEquals([error.misfit, folder.read("data.txt")], ["foreign", data]);
      }
    }
  }
});

Deno.test(
  "CheckpointFile refuses what is damaged, keeps it, and discards it only when told to",
  { ignore },
  async () => {
    await using folder = await tempFolder();
    const path = folder.write("c.json", DAMAGED);
    for (const open of OPENERS) {
      const error = await assertRejects(async () => void await open(path), CheckpointRefusedError);
      assertEquals(error.checkpoint, path);
      assertEquals(folder.read("c.json"), DAMAGED);
      using checkpoint = await open(path, { discardDamaged: true });
      assertEquals(checkpoint.states, []);
      assertEquals(folder.read("c.json"), DAMAGED, "until the next save");
    }
  },
);

Deno.test("CheckpointFile keeps what is whole when told to discard what is damaged", { ignore }, async () => {
  await using folder = await tempFolder();
  {
    using checkpoint = await CheckpointFile.open(folder.at("c.json"));
    checkpoint.save(stateOf("a.txt"));
  }
  using checkpoint = await CheckpointFile.open(folder.at("c.json"), { discardDamaged: true });
  assertEquals(checkpoint.states.length, 1);
});

Deno.test("CheckpointFile says that a folder is no checkpoint", { ignore }, async () => {
  await using folder = await tempFolder();
  Deno.mkdirSync(folder.at("c.json"));
  await assertRejects(() => CheckpointFile.open(folder.at("c.json")), FileError);
});

Deno.test("CheckpointFile never trusts a temporary file that it finds, and removes it", { ignore }, async () => {
  await using folder = await tempFolder();
  for (const open of OPENERS) {
    folder.write("precious.txt", "precious");
    Deno.symlinkSync(folder.at("precious.txt"), folder.at("c.json.tmp"));
    {
      using checkpoint = await open(folder.at("c.json"));
      checkpoint.save(stateOf("a.txt"));
    }
    assertEquals(folder.names(), ["c.json", "c.json.lock", "precious.txt"]);
    assertEquals(folder.read("precious.txt"), "precious");
    folder.write("c.json.tmp", "left by a process that died");
    using checkpoint = await open(folder.at("c.json"));
    assertEquals(checkpoint.states.length, 1);
    checkpoint.save(stateOf("a.txt"));
    assertEquals(folder.names(), ["c.json", "c.json.lock", "precious.txt"]);
  }
});

Deno.test("CheckpointFile.peek() takes no lock, writes nothing and cannot be saved to", { ignore }, async () => {
  await using folder = await tempFolder();
  assertEquals(CheckpointFile.peek(folder.at("c.json")).states, []);
  assertThrows(() => CheckpointFile.peek(folder.at("c.json")).save(stateOf("a.txt")), TypeError);
  assertEquals(folder.names(), []);
  using held = await CheckpointFile.open(folder.at("c.json"));
  held.save(stateOf("a.txt"));
  folder.write("c.json.tmp", "another process is writing this");
  assertEquals(CheckpointFile.peek(folder.at("c.json")).states.length, 1);
  assert(folder.names().includes("c.json.tmp"));
});

Deno.test("CheckpointFile forgets a claim once a state is saved, and not before", { ignore }, async () => {
  await using folder = await tempFolder();
  const path = folder.write("c.json", `{"offset": 2, "running_sum": 1}`);
  using checkpoint = await CheckpointFile.open(path);
  assertEquals(checkpoint.claim?.offset, 2);
  checkpoint.save(stateOf("a.txt"));
  assertEquals(checkpoint.claim, undefined);
});

Deno.test("a folder with its inputs and its checkpoint can be moved", { ignore }, async () => {
  await using folder = await tempFolder();
  for (const style of STYLES) {
    Deno.mkdirSync(folder.at("old"));
    folder.write("old/a.txt", "1\n2\n");
    await finish(style.sum(folder.at("old/a.txt"), { checkpoint: folder.at("old/c.json") }));
    Deno.renameSync(folder.at("old"), folder.at("new"));
    const result = await finish(style.sum(folder.at("new/a.txt"), { checkpoint: folder.at("new/c.json") }));
    assertEquals([result.sum, result.resumedFrom], ["3", 4]);
    Deno.removeSync(folder.at("new"), { recursive: true });
  }
});

function namesIn(folder: TempFolder, name: string): string[] {
  return [...Deno.readDirSync(folder.at(name))].map(({ name }) => name).sort();
}
