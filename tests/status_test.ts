import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import { type SumCommand, UsageError } from "../lib/cli/command.ts";
import { parseOptions } from "../lib/cli/parse_options.ts";
import { describeStatus, type Status } from "../lib/cli/status.ts";
import { acquireLock } from "../lib/disk/lock.ts";
import { FileError } from "../lib/pure/errors.ts";
import { lacks } from "./granted.ts";
import { COROUTINES, finish, leave } from "./styles.ts";
import { tempFolder } from "./temp_folder.ts";

const ignore = lacks("read", "write");

async function status(...args: string[]): Promise<Status> {
  return await describeStatus(await parseOptions(["--status", ...args]) as SumCommand);
}

Deno.test("--status says where a run would continue", { ignore }, async () => {
  await using folder = await tempFolder();
  const path = folder.write("numbers.txt", "1\n2\n\n30\n400\n");
  const checkpoint = folder.at("c.json");
  const nothing = await status("--checkpoint", checkpoint, path);
  assertEquals(nothing.accepted, true);
  assertMatch(nothing.text, /would begin at the start/);
  await leave(COROUTINES.sum(path, { checkpoint, blockBytes: 2 }), ({ offset }) => offset >= 5);
  const names = folder.names();
  const { text, accepted } = await status("--checkpoint", checkpoint, path);
  assertEquals(accepted, true);
  assertMatch(text, /: 5 of 12 bytes \(41\.6 %\)/);
  assertMatch(text, /2 numbers, 1 blank, 0 skipped/);
  assertMatch(text, /sum so far: 3\n/);
  assertMatch(text, /left: 7 bytes/);
  assertMatch(text, /would continue/);
  assertEquals(folder.names(), names);
});

Deno.test("--status says why a run would refuse", { ignore }, async () => {
  await using folder = await tempFolder();
  const path = folder.write("numbers.txt", "1\n2\n");
  const checkpoint = folder.at("c.json");
  await finish(COROUTINES.sum(path, { checkpoint }));
  await Deno.writeTextFile(path, "7\n2\n");
  const { text, accepted } = await status("--checkpoint", checkpoint, path);
  assertEquals(accepted, false);
  assertMatch(text, /would refuse/);
  const json = JSON.parse((await status("--json", "--checkpoint", checkpoint, path)).text);
  assertEquals([json.inputs[0].accepted, json.inputs[0].offset, json.inputs[0].sum], [false, 4, "3"]);
  assert(json.inputs[0].reason.includes("not those that were summed"), json.inputs[0].reason);
  assertEquals(json.inputs[0].left, null);

  const other = folder.write("other.txt", "1\n2\n3\n");
  await Deno.truncate(path, 2);
  const shorter = (await status("--checkpoint", checkpoint, path, other)).text;
  assertMatch(shorter, /numbers\.txt: 4 bytes in .*, and the file has 2\n/);
  assertMatch(shorter, /1 of 2 inputs are in .*, of which 1 would be refused; 6 bytes are left\n/);
  const anew = (await status("--rotated", "restart", "--checkpoint", checkpoint, path, other)).text;
  assertMatch(anew, /left: 2 bytes\n.*begin this anew/s);
  assertMatch(anew, /c\.json; 8 bytes are left\n/);
});

Deno.test("--status tells of a claim, of other inputs, and while a run holds the checkpoint", { ignore }, async () => {
  await using folder = await tempFolder();
  const [a, b] = [folder.write("a.txt", "1\n2\n"), folder.write("b.txt", "5\n")];
  const checkpoint = folder.write("c.json", `{"offset": 2, "running_sum": 1}`);
  assertMatch((await status("--checkpoint", checkpoint, a)).text, /written by another program/);
  const both = await status("--checkpoint", checkpoint, a, b);
  assertEquals(both.accepted, false);
  assertMatch(both.text, /would refuse this: it does not say which of the 2 inputs it belongs to/);
  const beyond = folder.write("beyond.json", `{"offset": 100, "running_sum": 5}`);
  const short = await status("--checkpoint", beyond, a);
  assertEquals(short.accepted, false);
  assertMatch(short.text, /would refuse this: .*a\.txt is shorter than its offset 100/);
  const nothing = folder.write("nothing.json", `{"offset": 0, "running_sum": 5}`);
  assertMatch((await status("--checkpoint", nothing, a)).text, /would refuse this: .*the first 0 bytes .* they make 0/);
  const within = folder.write("within.json", `{"offset": 3, "running_sum": 5}`);
  assertMatch((await status("--checkpoint", within, a)).text, /would refuse this: its offset is inside a line/);
  await finish(COROUTINES.sum(a, { checkpoint }));
  await finish(COROUTINES.sum(b, { checkpoint }));
  using _held = await acquireLock(`${checkpoint}.lock`, checkpoint);
  const { text, accepted } = await status("--checkpoint", checkpoint, a);
  assertEquals(accepted, true);
  assertMatch(text, /also holds: b\.txt/);
});

Deno.test("--status refuses what has no checkpoint, and names a missing input", { ignore }, async () => {
  await using folder = await tempFolder();
  await assertRejects(() => status("--no-checkpoint", folder.write("a.txt", "")), UsageError);
  await assertRejects(() => status("-"), UsageError);
  await assertRejects(() => status("--checkpoint", folder.at("c.json"), folder.at("none.txt")), FileError);
});
