import { assert, assertEquals, assertMatch } from "@std/assert";
import { lacks } from "./granted.ts";
import { endOf, killIfAlive, runProgram, runWithInput, startProgram } from "./programs.ts";
import { STYLES } from "./styles.ts";
import { type TempFolder, tempFolder } from "./temp_folder.ts";

const ignore = lacks("read", "write", "run");

async function numsum(folder: TempFolder, ...args: string[]): Promise<[code: number, out: string, err: string]> {
  const { code, stdout, stderr } = await runProgram("main.ts", args, { cwd: folder.path });
  return [code, stdout, stderr];
}

Deno.test("numsum --partial, --shard and --merge: the sum of one run, or what is missing", { ignore }, async () => {
  await using folder = await tempFolder();
  folder.write("numbers.txt", Array.from({ length: 1000 }, (_, i) => `${i}.5\n`).join(""));
  const partials: string[] = [];
  for (const [i, args] of [[], ["--sync"], [], ["--sync"]].entries()) {
    const [code, out] = await numsum(folder, "--partial", "--shard", `${i + 1}/4`, ...args);
    assertEquals([code, out.split("\n").length], [0, 2]);
    partials.push(out);
  }
  assertEquals(folder.names(), ["numbers.txt"], "no checkpoint unless one is named");
  const [one = "", two = "", three = "", four = ""] = partials;
  const merge = (text: string, ...args: string[]) =>
    runWithInput("main.ts", ["--merge", ...args], text, { cwd: folder.path });

  const whole = await merge(four + two + two + one + three);
  assertEquals([whole.code, whole.stdout, whole.stderr], [0, "500000\n", ""]);
  assertEquals((await merge(partials.join(""), "--round", "2", "--expect-lines", "1000")).stdout, "500000.00\n");
  const json = JSON.parse((await merge(four + two + two + one + three, "--json")).stdout);
  assertEquals([json.sum, json.count, json.partials, json.repeated], ["500000", 1000, 4, 1]);

  const wrong: [string, string[], RegExp][] = [
    [
      one + two + four,
      [],
      /^numsum: 1472 of the 5890 bytes of numbers\.txt are missing: 2945-4417\..*--range 2945-4417/,
    ],
    ["", [], /^numsum: there is nothing to merge/],
    [one + two + three + four.slice(0, 100), [], /^numsum: standard input:4 .*cut off or damaged/],
    [partials.join(""), ["--expect-lines", "1001"], /1 missing\.$/m],
  ];
  for (const [text, args, message] of wrong) {
    const refused = await merge(text, ...args);
    assertEquals([refused.code, refused.stdout], [1, ""], refused.stderr);
    assertMatch(refused.stderr, message);
  }
  const [, range] = await numsum(folder, "--partial", "--range", "2945-4417");
  folder.write("parts.jsonl", one + two + four);
  folder.write("more.jsonl", range);
  assertEquals(await numsum(folder, "--merge", "parts.jsonl", "more.jsonl"), [0, "500000\n", ""]);
  assertEquals((await numsum(folder, "--merge", "missing.jsonl"))[0], 4);
  assertEquals((await numsum(folder, "--range", "2945-4417"))[1], `${JSON.parse(three).sum}\n`);
});

Deno.test("numsum --partial of a whole file and of standard input", { ignore }, async () => {
  await using folder = await tempFolder();
  const cwd = folder.path;
  folder.write("numbers.txt", "1\n2\n");
  const [, whole] = await numsum(folder, "--partial");
  assertEquals(JSON.parse(whole).range, [0, 4]);
  folder.write("whole.jsonl", whole);
  assertEquals((await numsum(folder, "--merge", "whole.jsonl"))[1], "3\n");

  const { stdout } = await runWithInput("main.ts", ["--partial", "-"], "1\n2", { cwd });
  assertEquals(JSON.parse(stdout).input, null);
  folder.write("stream.jsonl", stdout + stdout);
  const [code, out, err] = await numsum(folder, "--merge", "stream.jsonl");
  assertEquals([code, out], [1, ""]);
  assertMatch(err, /--expect-lines N/);
  assertEquals((await numsum(folder, "--merge", "--expect-lines", "4", "stream.jsonl")).slice(0, 2), [0, "6\n"]);
});

Deno.test("numsum --partial: bad lines stop it, or are counted and told at the merge", { ignore }, async () => {
  await using folder = await tempFolder();
  folder.write("numbers.txt", "1\n2\nx\n4\n");
  const [code, out, err] = await numsum(folder, "--partial", "--shard", "2/2");
  assertEquals([code, out], [1, ""]);
  assertMatch(err, /numbers\.txt, line 1 from byte 4 on \(byte 4\)/);
  const parts: string[] = [];
  for (const shard of ["1/2", "2/2"]) {
    parts.push((await numsum(folder, "--partial", "--on-error", "skip", "--shard", shard))[1]);
  }
  folder.write("parts.jsonl", parts.join(""));
  const merged = await numsum(folder, "--merge", "--expect-lines", "4", "parts.jsonl");
  assertEquals(merged.slice(0, 2), [0, "7\n"]);
  assertMatch(merged[2], /1 bad line was passed over/);
});

Deno.test("numsum: what does not go with parts is wrong usage, said plainly", { ignore }, async () => {
  await using folder = await tempFolder();
  folder.write("numbers.txt", "1\n2\n");
  const wrong: [string, RegExp][] = [
    ["--shard 1/2 --range 0-1", /--shard and --range exclude each other/],
    ["--shard 1/2 --follow", /--shard and --follow do not go together/],
    ["--range 0-1 --column 1", /--range and --column do not go together/],
    ["--shard 1/2 numbers.txt numbers.txt", /--shard is of one file, and 2 are named/],
    ["--partial numbers.txt numbers.txt", /--partial is of one file/],
    ["--shard 1/2 -", /needs a file; standard input/],
    ["--shard 1/2 --workers 2", /one thread.*leave out --workers/],
    ["--shard 1/2 --status", /--status needs one/],
    ["--shard 1/2 --every 1MB", /keeps no state unless --checkpoint/],
    ["--partial --round 2", /--merge can round/],
    ["--partial --stats", /only sums can be merged/],
    ["--merge - -", /standard input can be read only once/],
    ["--merge --partial", /--merge .*; --partial does not go with that/],
    ["--merge --checkpoint x.json", /--checkpoint does not go with that/],
    ["--merge --on-error skip", /--on-error does not go with that/],
    ["--expect-lines 3", /--expect-lines is for --merge/],
    ["--merge --expect-lines 1.5", /--expect-lines wants a whole number/],
    ["--shard 0/2", /--shard wants a part of several, as 3\/8, not "0\/2"/],
    ["--shard 3/2", /--shard wants/],
    ["--shard 1", /--shard wants/],
    ["--range 5-1", /--range wants bytes, as 0-1000 or 1000-, not "5-1"/],
    ["--range 0-5", /has 4 bytes, and the range 0-5 reaches further/],
  ];
  for (const [args, message] of wrong) {
    const [code, out, err] = await numsum(folder, ...args.split(" "));
    assertEquals([code, out], [2, ""], `${args}: ${err}`);
    assertMatch(err, message);
  }
});

Deno.test("numsum --shard: killed with kill -9 over and over, it goes on with --checkpoint", {
  ignore: ignore || Deno.build.os === "windows",
}, async () => {
  await using folder = await tempFolder();
  const cwd = folder.path;
  folder.write("numbers.txt", "123456.75\n".repeat(3_000_000));
  const args = ["--partial", "--shard", "2/3", "--checkpoint", "c.json", "--every", "50kB", "--quiet"];
  let kills = 0;
  for (let delay = 10;; delay += 10) {
    const style = STYLES[kills % 2]!;
    const program = startProgram("main.ts", [...style.args, ...args], { cwd });
    const ended = endOf(program);
    const timer = setTimeout(() => killIfAlive(program), delay);
    const { code, stdout, stderr, signal } = await ended;
    clearTimeout(timer);
    if (signal === "SIGKILL") {
      kills++;
      continue;
    }
    assertEquals(code, 0, stderr);
    assertEquals(JSON.parse(stdout).sum, "123456750000");
    break;
  }
  assert(kills > 0);
  const [code, out, err] = await numsum(folder, "--shard", "2/3", "--checkpoint", "c.json");
  assertEquals([code, out], [0, "123456750000\n"]);
  assertMatch(
    err,
    /continuing the lines of numbers\.txt from byte 10000000 on after line 1000000 \(byte 20000000, 100 %/,
  );
  const [, status] = await numsum(folder, "--status", "--shard", "2/3", "--checkpoint", "c.json");
  assertMatch(status, /left: 0 bytes\n {2}a run would continue here/);
  assertEquals((await numsum(folder, "--shard", "1/3", "--checkpoint", "c.json"))[0], 3);
});
