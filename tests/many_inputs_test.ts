import { assert, assertEquals } from "@std/assert";
import { lacks } from "./granted.ts";
import { isThere, runProgram } from "./programs.ts";
import { tempFolder } from "./temp_folder.ts";

const ignore = lacks("read", "write", "run", "env");
const SANITIZERS = { sanitizeOps: true, sanitizeResources: true, sanitizeExit: true };

Deno.test({
  name: "many small inputs share their saves [needs strace]",
  ignore: ignore || !await isThere("strace"),
  ...SANITIZERS,
  fn: async () => {
    await using folder = await tempFolder();
    const names = Array.from({ length: 200 }, (_, i) => `${i}.txt`);
    for (const [i, name] of names.entries()) folder.write(name, `${i}\n`);
    const { stdout, stderr } = await runProgram("main.ts", names, {
      cwd: folder.path,
      through: ["strace", "-f", "-e", "trace=rename,renameat,renameat2", "-o", folder.at("trace")],
    });
    assertEquals([stdout, stderr], ["19900\n", ""]);
    const saves = folder.read("trace").split("\n").filter((line) => /rename.*checkpoint\.json/.test(line)).length;
    assert(saves >= 2 && saves < 40, `${saves} saves`); // two for the first, one a second, and the last
    assertEquals(JSON.parse(folder.read("checkpoint.json")).inputs.length, 200);
  },
});

for (const [name, wrong] of [["missing", undefined], ["bad", "x\n"]] as const) {
  Deno.test({
    name: `a ${name} input among others leaves saved what was summed before it`,
    ignore,
    ...SANITIZERS,
    fn: async () => {
      await using folder = await tempFolder();
      for (const file of ["a", "b", "c", "e"]) folder.write(file, "2\n");
      if (wrong !== undefined) folder.write("d", wrong);
      const { code, stdout } = await runProgram("main.ts", ["a", "b", "c", "d", "e"], { cwd: folder.path });
      assertEquals([code, stdout], [wrong === undefined ? 4 : 1, ""]);
      const inputs: { file: string; offset: number }[] = JSON.parse(folder.read("checkpoint.json")).inputs;
      const saved = inputs.filter(({ offset }) => offset > 0).map(({ file }) => file);
      assertEquals(saved, ["a", "b", "c"]);
    },
  });
}

Deno.test({
  name: "--restart of several inputs begins all of them anew, also where it stops at the first",
  ignore,
  ...SANITIZERS,
  fn: async () => {
    await using folder = await tempFolder();
    const numsum = (...args: string[]) => runProgram("main.ts", args, { cwd: folder.path });
    for (const file of ["a", "b", "c"]) folder.write(file, "2\n");
    assertEquals((await numsum("a", "b", "c")).stdout, "6\n");
    folder.write("a", "2\nx\n");
    assertEquals((await numsum("--restart", "a", "b")).code, 1);
    const inputs: { file: string; offset: number }[] = JSON.parse(folder.read("checkpoint.json")).inputs;
    assertEquals(inputs.map(({ file, offset }) => [file, offset]), [["c", 2], ["a", 2]]);
    folder.write("a", "2\n3\n");
    assertEquals((await numsum("a", "b")).stdout, "7\n");
  },
});
