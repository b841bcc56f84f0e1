import { assertEquals, assertThrows } from "@std/assert";
import { absolute, straight } from "../lib/disk/paths.ts";
import { lacks } from "./granted.ts";
import { runProgram } from "./program.ts";
import { STYLES } from "./styles.ts";
import { tempFolder } from "./temp_folder.ts";

const posix = Deno.build.os !== "windows";

Deno.test("straight() leads where the system would go, through links too", {
  ignore: lacks("read", "write") || !posix,
}, async () => {
  await using folder = await tempFolder();
  Deno.mkdirSync(folder.at("far/away"), { recursive: true });
  Deno.mkdirSync(folder.at("near"));
  Deno.symlinkSync(folder.at("far/away"), folder.at("link"));
  const far = Deno.realPathSync(folder.at("far"));
  assertEquals(straight(folder.at("link/../a.txt")), `${far}/a.txt`);
  assertEquals(straight(folder.at("near/../link/.././away/../a.txt")), `${far}/a.txt`);
  assertEquals(straight("link/../a.txt", folder.path), `${far}/a.txt`);
  assertEquals(absolute("link/..", folder.path), far);
  assertEquals(straight("/.."), "/..");
  assertThrows(() => straight(folder.at("missing/../a.txt")), Deno.errors.NotFound);
  // where no name comes before a `..`, nothing is looked at
  for (const path of ["a.txt", "./a..txt", "../../a.txt", "/a/b", "", ".", "..."]) assertEquals(straight(path), path);
});

for (const { name, args } of STYLES) {
  Deno.test(`${name}: a path through a link and up again names the file that others would open`, {
    ignore: lacks("read", "write", "run", "env") || !posix,
  }, async () => {
    await using folder = await tempFolder();
    Deno.mkdirSync(folder.at("far/away"), { recursive: true });
    Deno.symlinkSync("far/away", folder.at("link"));
    folder.write("a.txt", "1\n2\n");
    folder.write("far/a.txt", "10\n20\n");
    const run = async (...more: string[]) => (await runProgram([...args, ...more], folder.path)).stdout;
    assertEquals(await run("a.txt"), "3\n");
    assertEquals(await run("link/../a.txt"), "30\n");
    assertEquals(await run("a.txt", "link/../a.txt"), "33\n");
    const { inputs } = JSON.parse(folder.read("checkpoint.json"));
    assertEquals(inputs.map(({ file }: { file: string }) => file), ["a.txt", "far/a.txt"]);
    assertEquals(await run("--checkpoint", "link/../c.json", "a.txt"), "3\n");
    assertEquals(folder.names().includes("c.json"), false);
    assertEquals(JSON.parse(folder.read("far/c.json")).file, "../a.txt");
  });
}
