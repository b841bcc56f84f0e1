import { assert, assertEquals, assertMatch, assertNotEquals } from "@std/assert";
import { lacks } from "./granted.ts";
import { oracleSum } from "./oracle.ts";
import { endOf, isThere, runProgram, startProgram } from "./programs.ts";
import { tempFolder } from "./temp_folder.ts";

const ignore = lacks("read", "write", "run");

Deno.test("generate: the same seed gives the same file, and the sum of it is printed", { ignore }, async () => {
  await using folder = await tempFolder();
  const cwd = folder.path;
  const make = async (output: string, ...args: string[]) => {
    const { code, stdout, stderr } = await runProgram("generate.ts", [...args, "--output", output], { cwd });
    assertEquals(code, 0, stderr);
    return stdout;
  };
  for (const args of [["--count", "20000"], ["--count", "500", "--decimals", "2", "--min", "-9.99", "--max", "0.5"]]) {
    const sum = await make("a.txt", ...args, "--seed", "7", "--force");
    assertEquals(await make("b.txt", ...args, "--seed", "7", "--force"), sum);
    await make("c.txt", ...args, "--seed", "8", "--force");
    assertEquals(folder.read("a.txt"), folder.read("b.txt"));
    assertNotEquals(folder.read("a.txt"), folder.read("c.txt"));
    assertEquals(sum, `${oracleSum(folder.read("a.txt").split("\n"))}\n`);
    assertEquals((await runProgram("main.ts", ["--no-checkpoint", "a.txt"], { cwd })).stdout, sum);
  }
});

Deno.test("generate: an existing file is overwritten only with --force", { ignore }, async () => {
  await using folder = await tempFolder();
  const cwd = folder.path;
  folder.write("numbers.txt", "precious\n");
  const refused = await runProgram("generate.ts", ["--count", "3"], { cwd });
  assertEquals([refused.code, refused.stdout], [2, ""]);
  assertMatch(refused.stderr, /^generate: numbers\.txt exists and was not overwritten.*--force/);
  assertEquals(folder.read("numbers.txt"), "precious\n");
  assertEquals((await runProgram("generate.ts", ["--count", "3", "--force"], { cwd })).code, 0);
  assertEquals(folder.read("numbers.txt").split("\n").length, 4);
  assertEquals(folder.names(), ["numbers.txt"]);
});

Deno.test("generate: a missing folder is made, and nothing is a file too", { ignore }, async () => {
  await using folder = await tempFolder();
  const cwd = folder.path;
  const made = await runProgram("generate.ts", ["--count", "0", "--output", "some/where/n.txt"], { cwd });
  assertEquals([made.code, made.stdout], [0, "0\n"], made.stderr);
  assertEquals(folder.read("some/where/n.txt"), "");
});

Deno.test("generate: errors are messages, and leave nothing behind", { ignore }, async () => {
  await using folder = await tempFolder();
  const cwd = folder.path;
  folder.write("file", "");
  const cases: [string[], number, RegExp][] = [
    [["--cuont", "5"], 2, /--cuont/],
    [["--count", "-5"], 2, /-5/],
    [["--count", "x"], 2, /--count.*"x"/],
    [["--count", "1e3"], 2, /--count/],
    [["--min", "5", "--max", "4"], 2, /--min 5 is larger than --max 4/],
    [["--min", "0.5"], 2, /--min/],
    [["--seed", "4294967296"], 2, /--seed/],
    [["--output", "file/n.txt"], 4, /file\/n\.txt/],
    [["--output", "."], 2, /exists/],
    [["--force", "--output", "."], 4, /could not write \./],
  ];
  for (const [args, code, message] of cases) {
    const ended = await runProgram("generate.ts", args, { cwd });
    assertEquals([ended.code, ended.stdout], [code, ""], `${args}: ${ended.stderr}`);
    assertMatch(ended.stderr, message);
    assert(ended.stderr.startsWith("generate: ") && !/^\s+at |Uncaught|file:\/\//m.test(ended.stderr), ended.stderr);
  }
  assertEquals(folder.names(), ["file"]);
});

Deno.test("generate: interrupted, it leaves the old file and no other", {
  ignore: ignore || Deno.build.os === "windows",
}, async () => {
  await using folder = await tempFolder();
  folder.write("numbers.txt", "old\n");
  const program = startProgram("generate.ts", ["--count", "100000000", "--force"], { cwd: folder.path });
  const ended = endOf(program);
  while (folder.names().length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
  program.kill("SIGINT");
  const { code, stdout } = await ended;
  assertEquals([code, stdout], [130, ""]);
  assertEquals(folder.names(), ["numbers.txt"]);
  assertEquals(folder.read("numbers.txt"), "old\n");
});

Deno.test("generate: memory does not grow with the count [needs python3]", {
  ignore: ignore || !await isThere("python3"),
}, async () => {
  await using folder = await tempFolder();
  // prints the most memory that the program ever had, in kB
  const script = "import resource, subprocess, sys\n" +
    "subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)\n" +
    "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)";
  const peak = async (count: number) => {
    const options = { cwd: folder.path, through: ["python3", "-c", script] };
    const { code, stdout, stderr } = await runProgram("generate.ts", ["--count", `${count}`, "--force"], options);
    assertEquals(code, 0, stderr);
    return Number(stdout);
  };
  const [few, many] = [await peak(1_000_000), await peak(20_000_000)];
  console.log(`peak memory: ${few} kB for a million, ${many} kB for twenty`);
  // the garbage collector lets some 20 to 50 MB pass before it looks; 19 millions of numbers are 140 MB as bytes
  assert(many - few < 90_000, `${few} kB, then ${many} kB`);
});
