import { assert, assertEquals, assertMatch } from "@std/assert";
import { lacks } from "./granted.ts";
import { oracleSum } from "./oracle.ts";
import { endOf, isThere, runProgram, startProgram } from "./programs.ts";
import { STYLES } from "./styles.ts";
import { type TempFolder, tempFolder } from "./temp_folder.ts";

const ignore = lacks("read", "write", "run") || !await isThere("python3");

/** What the scripts were like that this program grew from; it stops after so many lines, as if interrupted. */
const SCRIPT = `
import json, os, sys

def save(offset, total):
    with open("checkpoint.json.new", "w") as f:
        json.dump({"offset": offset, "running_sum": total}, f)
        f.flush()
        os.fsync(f.fileno())
    os.replace("checkpoint.json.new", "checkpoint.json")

kind, stop = sys.argv[1], int(sys.argv[2])
offset = total = lines = 0
with open("numbers.txt", "rb") as f:
    for line in f:
        offset += len(line)
        total += float(line) if kind == "float" else int(line)
        lines += 1
        if lines % 100 == 0:
            save(offset, total)
        if lines == stop:
            break
`;

async function python(folder: TempFolder, script: string, ...args: string[]): Promise<string> {
  const command = new Deno.Command("python3", { args: ["-c", script, ...args], cwd: folder.path, stderr: "inherit" });
  const { success, stdout } = await command.output();
  assert(success);
  return new TextDecoder().decode(stdout).trim();
}

Deno.test("a checkpoint of a Python script in mid-run is continued to the right sum [needs python3]", {
  ignore,
}, async () => {
  await using folder = await tempFolder();
  const numbers = Array.from({ length: 5000 }, () => `${Math.floor((Math.random() - 0.5) * 1e9)}`);
  folder.write("numbers.txt", numbers.join("\n") + "\n");
  for (const kind of ["int", "float"]) {
    for (const { args } of STYLES) {
      await python(folder, SCRIPT, kind, "2345");
      const { offset } = JSON.parse(folder.read("checkpoint.json"));
      assertEquals(offset, numbers.slice(0, 2300).join("\n").length + 1);
      const ended = await runProgram("main.ts", args, { cwd: folder.path });
      assertEquals([ended.code, ended.stdout], [0, `${oracleSum(numbers)}\n`], ended.stderr);
      assertMatch(ended.stderr, new RegExp(`continuing numbers\\.txt after line 2300 \\(byte ${offset}`));
    }
  }
});

Deno.test("a checkpoint of a Python script is refused for another file, and kept [needs python3]", {
  ignore,
}, async () => {
  await using folder = await tempFolder();
  folder.write("numbers.txt", "1\n".repeat(1000));
  await python(folder, SCRIPT, "int", "500");
  const before = folder.read("checkpoint.json");
  folder.write("numbers.txt", "2\n".repeat(1000));
  const ended = await runProgram("main.ts", [], { cwd: folder.path });
  assertEquals([ended.code, ended.stdout, folder.read("checkpoint.json")], [3, "", before]);
  assertMatch(ended.stderr, /first 1000 bytes.* add up to 500, and they make 1000/);
});

Deno.test("Python's json reads a checkpoint of ours in mid-run, with every digit [needs python3]", {
  ignore: ignore || Deno.build.os === "windows",
}, async () => {
  await using folder = await tempFolder();
  const numbers = Array.from({ length: 300_000 }, () => `${Math.floor((Math.random() - 0.5) * 1e15)}987654321`);
  const lines = numbers.map((number) => `${number}\n`);
  folder.write("numbers.txt", lines.join(""));
  const reader = `
import decimal, json
with open("checkpoint.json") as f:
    state = json.load(f, parse_float=decimal.Decimal)
print(state["offset"], state["running_sum"], state["count"])
`;
  for (const { args } of STYLES) {
    await Deno.remove(folder.at("checkpoint.json")).catch(() => {});
    const program = startProgram("main.ts", [...args, "--every", "10kB"], { cwd: folder.path });
    const ended = endOf(program);
    while (await offsetIn(folder) === 0) await new Promise((resolve) => setTimeout(resolve, 2));
    program.kill("SIGSTOP");
    const [offset = "", sum, count = ""] = (await python(folder, reader)).split(" ");
    program.kill("SIGCONT");
    program.kill("SIGKILL");
    await ended;
    const summed = numbers.slice(0, Number(count));
    assertEquals(lines.slice(0, Number(count)).join("").length, Number(offset));
    assertEquals(sum, oracleSum(summed));
    assert(summed.length > 0);
  }
});

async function offsetIn(folder: TempFolder): Promise<number> {
  try {
    return JSON.parse(await Deno.readTextFile(folder.at("checkpoint.json"))).offset;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return 0;
    throw error;
  }
}
