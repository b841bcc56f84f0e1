import { assertEquals, assertThrows } from "@std/assert";
import { checkPlaces } from "../lib/cli/check_places.ts";
import { UsageError } from "../lib/cli/command.ts";
import { lacks } from "./granted.ts";
import { tempFolder } from "./temp_folder.ts";

const ignore = lacks("read", "write");

Deno.test("checkPlaces() refuses a checkpoint that would replace an input or the rejects", { ignore }, async () => {
  await using folder = await tempFolder();
  const data = folder.write("data", "1\n");

  const temp = folder.write("c.json.tmp", "1\n");
  const link = folder.at("link");
  Deno.symlinkSync(data, link);
  for (const [checkpoint, file] of [[data, data], [link, data], [data, link], [folder.at("c.json"), temp]] as const) {
    assertThrows(() => checkPlaces(checkpoint, [folder.at("other"), file]), UsageError, file);
  }
  assertThrows(() => checkPlaces(folder.at("new.json"), [folder.at("new.json")]), UsageError, "new.json");
  assertThrows(() => checkPlaces(folder.path, []), UsageError, "not a plain file");
  // a link that leads nowhere yet: the checkpoint will be where it leads
  Deno.symlinkSync("later.json", folder.at("dangling"));
  const taken = folder.write("later.json.tmp", "1\n");
  assertThrows(() => checkPlaces(folder.at("dangling"), [taken]), UsageError, taken);
  // an input that is a link of the temporary file's name
  Deno.symlinkSync(data, folder.at("d.json.tmp"));
  assertThrows(() => checkPlaces(folder.at("d.json"), [folder.at("d.json.tmp")]), UsageError, "d.json.tmp");
  checkPlaces(folder.at("c.json"), [data, folder.at("missing")]);
  assertEquals(folder.read("data"), "1\n");
});
