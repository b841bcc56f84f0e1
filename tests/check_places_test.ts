import { assertEquals, assertThrows } from "@std/assert";
import { checkPlaces } from "../lib/cli/check_places.ts";
import { UsageError } from "../lib/cli/usage_error.ts";
import { lacks } from "./granted.ts";
import { tempFolder } from "./temp_folder.ts";

const ignore = lacks("read", "write");

Deno.test("checkPlaces() refuses a checkpoint that would replace an input or the rejects", { ignore }, async () => {
  await using folder = await tempFolder();
  const data = folder.write("data", "1\n");
  const linked = folder.at("linked");
  Deno.linkSync(data, linked);
  const temp = folder.write("c.json.tmp", "1\n");
  for (const [checkpoint, file] of [[data, data], [linked, data], [folder.at("c.json"), temp]] as const) {
    assertThrows(() => checkPlaces(checkpoint, [folder.at("other"), file]), UsageError, file);
  }
  assertThrows(() => checkPlaces(folder.at("new.json"), [folder.at("new.json")]), UsageError, "new.json");
  assertThrows(() => checkPlaces(folder.path, []), UsageError, "not a plain file");
  checkPlaces(folder.at("c.json"), [data, folder.at("missing")]);
  assertEquals(folder.read("data"), "1\n");
});
