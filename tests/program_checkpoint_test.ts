import { assert, assertEquals, assertMatch } from "@std/assert";
import { lacks } from "./granted.ts";
import { endOf, runProgram, startProgram } from "./programs.ts";
import { STYLE_PAIRS, STYLES } from "./styles.ts";
import { tempFolder } from "./temp_folder.ts";

const ignore = lacks("read", "write", "run");

Deno.test("numsum: a refused checkpoint is exit 3, is kept, and the way out is named", { ignore }, async (t) => {
  const changes: Record<string, (folder: string) => void> = {
    "cut off": (folder) => Deno.truncateSync(`${folder}/checkpoint.json`, 100),
    "empty": (folder) => Deno.truncateSync(`${folder}/checkpoint.json`, 0),
    "of a newer version": (folder) =>
      Deno.writeTextFileSync(`${folder}/checkpoint.json`, `{"version": 99, "running_sum": 6}`),
    "of another file": (folder) => Deno.writeTextFileSync(`${folder}/numbers.txt`, "100\n200\n300\n400\n"),
    "of a file that was longer": (folder) => Deno.truncateSync(`${folder}/numbers.txt`, 2),
  };
  for (const [i, [name, change]] of Object.entries(changes).entries()) {
    const { args } = STYLES[i % 2]!;
    await t.step(name, async () => {
      await using folder = await tempFolder();
      const cwd = folder.path;
      folder.write("numbers.txt", "1\n2\n3\n");
      await runProgram("main.ts", [], { cwd });
      change(cwd);
      const before = folder.read("checkpoint.json");
      const status = await runProgram("main.ts", ["--status"], { cwd });
      assertEquals([status.code, folder.read("checkpoint.json")], [3, before], status.stdout + status.stderr);
      const refused = await runProgram("main.ts", args, { cwd });
      assertEquals([refused.code, refused.stdout], [3, ""], refused.stderr);
      assertEquals(folder.read("checkpoint.json"), before);
      assertMatch(refused.stderr, /^numsum: checkpoint\.json .*--checkpoint OTHER.*--restart/s);
      assert(!/^\s+at |Uncaught|file:\/\//m.test(refused.stderr), refused.stderr);
      const sum = folder.read("numbers.txt").split("\n").reduce((sum, line) => sum + Number(line), 0);
      for (const wayOut of [["--checkpoint", "other.json"], ["--restart"], []]) {
        const { code, stdout } = await runProgram("main.ts", [...args, ...wayOut], { cwd });
        assertEquals([code, stdout], [0, `${sum}\n`], `${wayOut}`);
      }
    });
  }
});

Deno.test("numsum: other marks than the state was made with are exit 3", { ignore }, async () => {
  await using folder = await tempFolder();
  folder.write("numbers.txt", "1,5\n");
  const cwd = folder.path;
  assertEquals((await runProgram("main.ts", ["--decimal-mark", ","], { cwd })).stdout, "1.5\n");
  const refused = await runProgram("main.ts", [], { cwd });
  assertEquals([refused.code, refused.stdout], [3, ""]);
  assertMatch(refused.stderr, /--decimal-mark ,/);
});

Deno.test("numsum: a second input after the first in one folder disturbs nothing", { ignore }, async () => {
  for (const [first, second] of STYLE_PAIRS) {
    await using folder = await tempFolder();
    const cwd = folder.path;
    folder.write("a.txt", "1\n2\n");
    folder.write("b.txt", "10\n20\n");
    const sum = async (args: readonly string[], ...files: string[]) => {
      const { code, stdout } = await runProgram("main.ts", [...args, ...files], { cwd });
      return [code, stdout];
    };
    assertEquals(await sum(first.args, "a.txt"), [0, "3\n"]);
    assertEquals(await sum(second.args, "b.txt"), [0, "30\n"]);
    await Deno.writeTextFile(folder.at("a.txt"), "4\n", { append: true });
    assertEquals(await sum(second.args, "a.txt"), [0, "7\n"]);
    assertEquals(await sum(first.args, "a.txt", "b.txt"), [0, "37\n"]);
    assertEquals(JSON.parse(folder.read("checkpoint.json")).inputs.length, 2);
    const resumed = await runProgram("main.ts", [...first.args, "--json", "a.txt"], { cwd });
    assertEquals(JSON.parse(resumed.stdout).files[0].resumed_from, 6);
  }
});

Deno.test("numsum: two runs at once: the second is exit 5, and the first is not disturbed", {
  ignore: ignore || Deno.build.os === "windows",
}, async () => {
  await using folder = await tempFolder();
  const cwd = folder.path;
  const text = "123456\n".repeat(1_000_000);
  folder.write("numbers.txt", text);
  for (const { args } of STYLES) {
    await Deno.remove(folder.at("checkpoint.json")).catch(() => {});
    const first = startProgram("main.ts", [...args, "--every", "1kB"], { cwd });
    const ended = endOf(first);
    while (!folder.names().includes("checkpoint.json")) await new Promise((resolve) => setTimeout(resolve, 5));
    first.kill("SIGSTOP");
    for (const second of STYLES) {
      const held = await runProgram("main.ts", [...second.args, "numbers.txt"], { cwd });
      assertEquals([held.code, held.stdout], [5, ""], held.stderr);
      assertMatch(held.stderr, /^numsum: another run is using checkpoint\.json\..*--checkpoint/s);
    }
    const other = await runProgram("main.ts", ["--checkpoint", "other.json"], { cwd });
    assertEquals(other.stdout, "123456000000\n");
    first.kill("SIGCONT");
    first.kill("SIGINT");
    assertEquals((await ended).code, 130);
    assertEquals((await runProgram("main.ts", args, { cwd })).stdout, "123456000000\n");
  }
});

Deno.test("numsum: a bad line is mended, and the run continues there", { ignore }, async () => {
  for (const [first, second] of STYLE_PAIRS) {
    await using folder = await tempFolder();
    const cwd = folder.path;
    folder.write("numbers.txt", "1\n2\n12a\n3\n");
    const failed = await runProgram("main.ts", first.args, { cwd });
    assertMatch(failed.stderr, /2 lines before it are saved in checkpoint\.json/);
    folder.write("numbers.txt", "1\n2\n12\n3\n");
    const mended = await runProgram("main.ts", second.args, { cwd });
    assertEquals([mended.code, mended.stdout], [0, "18\n"]);
    assertMatch(mended.stderr, /^numsum: continuing numbers\.txt after line 2 \(byte 4/);
  }
});

Deno.test("numsum: --status says what the checkpoint holds, and changes nothing", { ignore }, async () => {
  await using folder = await tempFolder();
  const cwd = folder.path;
  folder.write("numbers.txt", "1\n2.5\n\n");
  const nothing = await runProgram("main.ts", ["--status"], { cwd });
  assertEquals([nothing.code, folder.names()], [0, ["numbers.txt"]]);
  await runProgram("main.ts", [], { cwd });
  await Deno.writeTextFile(folder.at("numbers.txt"), "3\n", { append: true });
  const before = folder.read("checkpoint.json");
  const status = await runProgram("main.ts", ["--status"], { cwd });
  assertEquals([status.code, status.stderr, folder.read("checkpoint.json")], [0, "", before]);
  assertMatch(status.stdout, /7 of 9 bytes.*2 numbers, 1 blank.*3\.5.*left: 2 bytes/s);
  const json = await runProgram("main.ts", ["--status", "--json"], { cwd });
  const { inputs } = JSON.parse(json.stdout);
  assertEquals([inputs[0].accepted, inputs[0].offset, inputs[0].sum, inputs[0].left], [true, 7, "3.5", 2]);
});
