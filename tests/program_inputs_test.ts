import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { lacks } from "./granted.ts";
import { type Ended, isThere, runProgram, runWithInput } from "./programs.ts";
import { STYLES } from "./styles.ts";
import { tempFolder } from "./temp_folder.ts";

const ignore = lacks("read", "write", "run");

/** Root may read everything; without these capabilities it may not, but is still the owner of what it needs. */
const POWERLESS = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"];
const isRoot = !lacks("run", "sys") && Deno.uid() === 0;

/** What an error must look like: a message for a person, and nothing else. */
function assertPlain({ stdout, stderr }: Ended): void {
  assertEquals(stdout, "");
  assert(stderr.startsWith("numsum: "), stderr);
  assert(!/^\s+at |Uncaught|file:\/\//m.test(stderr), stderr);
  // deno-lint-ignore no-control-regex
  assert(!/[\x00-\x09\x0B-\x1F\x7F\uFFFD]/.test(stderr), JSON.stringify(stderr));
}

interface Case {
  name: string;
  text: string | Uint8Array;
  /** What standard error must match, in any order. */
  says: RegExp[];
}

const BAD_LINES: readonly Case[] = [
  { name: "12a", text: "1\n12a\n3\n", says: [/numbers\.txt:2 \(byte 2\)/, /"12a"/, /run again/, /--on-error skip/] },
  { name: "a number without digits", text: "+\n", says: [/numbers\.txt:1 \(byte 0\)/, /"\+"/] },
  { name: "an exponent beyond the limit", text: "1\n\n1e999999999\n", says: [/numbers\.txt:3 \(byte 3\)/, /10,?000/] },
  {
    name: "a line of 2 MiB",
    text: `5\n${"7".repeat(2 ** 21)}\n5\n`,
    says: [/numbers\.txt:2 \(byte 2\)/, /1 MiB|1048576 bytes/],
  },
  {
    name: "a line of 2 MiB without an end",
    text: "7".repeat(2 ** 21),
    says: [/numbers\.txt:1 \(byte 0\)/, /1 MiB|1048576 bytes/],
  },
  {
    name: "a binary file",
    text: Uint8Array.from({ length: 100_000 }, (_, i) => i * i % 251),
    says: [/numbers\.txt:1 \(byte 0\)/, /\\x0/],
  },
  { name: "two numbers on a line", text: "1 2\n", says: [/numbers\.txt:1/, /"1 2"/] },
  { name: "NaN", text: "NaN\n", says: [/numbers\.txt:1/, /"NaN"/] },
];

for (const { name, args } of STYLES) {
  Deno.test(`numsum, ${name}: a bad line is exit 1 and names its place`, { ignore }, async (t) => {
    for (const { name, text, says } of BAD_LINES) {
      await t.step(name, async () => {
        await using folder = await tempFolder();
        folder.write("numbers.txt", text);
        const ended = await runProgram("main.ts", [...args, "numbers.txt"], { cwd: folder.path });
        assertEquals(ended.code, 1, ended.stderr);
        assertPlain(ended);
        assert(ended.stderr.length < 1000);
        for (const what of says) assertMatch(ended.stderr, what);
      });
    }
  });

  Deno.test(`numsum, ${name}: what cannot be read is exit 4 and says why`, { ignore }, async (t) => {
    await using folder = await tempFolder();
    const cases: [string, string, RegExp][] = [
      ["a folder", ".", /could not read \.: it is a folder/],
      ["a missing file", "none.txt", /could not open none\.txt: no such file/],
      ["a missing folder", "none/a.txt", /could not .* none\/a\.txt: no such file/],
    ];
    for (const [name, path, message] of cases) {
      await t.step(name, async () => {
        const ended = await runProgram("main.ts", [...args, path], { cwd: folder.path });
        assertEquals(ended.code, 4, ended.stderr);
        assertPlain(ended);
        assertMatch(ended.stderr, message);
      });
    }
    await t.step("numbers.txt missing, and nothing named", async () => {
      const ended = await runProgram("main.ts", args, { cwd: folder.path });
      assertEquals(ended.code, 4, ended.stderr);
      assertPlain(ended);
      assertMatch(ended.stderr, /could not open numbers\.txt/);
    });
  });

  Deno.test(`numsum, ${name}: an empty file is 0, and a sum is all that is printed`, { ignore }, async () => {
    await using folder = await tempFolder();
    const cases: [string, string][] = [
      ["", "0\n"],
      ["\n\n", "0\n"],
      ["0.1\n0.2\n", "0.3\n"],
      ["1e16\r\n1\r\n-1e16", "1\n"],
      ["-5\n5\n", "0\n"],
    ];
    for (const [text, answer] of cases) {
      const path = folder.write("numbers.txt", text);
      const ended = await runProgram("main.ts", [...args, "--no-checkpoint", path], { cwd: folder.path });
      assertEquals([ended.code, ended.stdout, ended.stderr], [0, answer, ""]);
    }
    assertEquals(folder.names(), ["numbers.txt"]);
  });
}

Deno.test(`numsum: a file that may not be read is exit 4${isRoot ? " [needs setpriv]" : ""}`, {
  ignore: lacks("read", "write", "run", "sys") || isRoot && !await isThere("setpriv"),
}, async () => {
  await using folder = await tempFolder();
  await Deno.chmod(folder.write("secret.txt", "1\n"), 0);
  for (const { args } of STYLES) {
    const through = isRoot ? POWERLESS : [];
    const ended = await runProgram("main.ts", [...args, "secret.txt"], { cwd: folder.path, through });
    assertEquals(ended.code, 4, ended.stderr);
    assertPlain(ended);
    assertMatch(ended.stderr, /could not open secret\.txt: permission denied/);
  }
});

Deno.test(`numsum: a folder that may not be written to is exit 4${isRoot ? " [needs setpriv]" : ""}`, {
  ignore: lacks("read", "write", "run", "sys") || isRoot && !await isThere("setpriv"),
}, async () => {
  await using folder = await tempFolder();
  folder.write("numbers.txt", "1\n");
  await Deno.chmod(folder.path, 0o500);
  try {
    const through = isRoot ? POWERLESS : [];
    const ended = await runProgram("main.ts", [], { cwd: folder.path, through });
    assertEquals(ended.code, 4, ended.stderr);
    assertPlain(ended);
    assertMatch(ended.stderr, /checkpoint\.json.*permission denied/s);
    assertMatch(ended.stderr, /--checkpoint PATH.*--no-checkpoint/s);
    const without = await runProgram("main.ts", ["--no-checkpoint"], { cwd: folder.path, through });
    assertEquals([without.code, without.stdout], [0, "1\n"]);
  } finally {
    await Deno.chmod(folder.path, 0o700);
  }
});

Deno.test("numsum: standard input is summed under any of its names, without a checkpoint", { ignore }, async () => {
  await using folder = await tempFolder();
  for (const name of Deno.build.os === "linux" ? ["-", "/dev/stdin", "/dev/fd/0", "/proc/self/fd/0"] : ["-"]) {
    const ended = await runWithInput("main.ts", [name], "1\n2.5\n3", { cwd: folder.path });
    assertEquals([ended.code, ended.stdout, ended.stderr], [0, "6.5\n", ""], name);
  }
  assertEquals(folder.names(), []);
  const bad = await runWithInput("main.ts", ["-"], "12a\n", { cwd: folder.path });
  assertEquals(bad.code, 1);
  assertPlain(bad);
  assertMatch(bad.stderr, /standard input:1 \(byte 0\).*"12a"/);
});

Deno.test("numsum: pipes are summed, several of them too [needs bash]", {
  ignore: ignore || !await isThere("bash"),
}, async () => {
  await using folder = await tempFolder();
  const through = ["bash", "-c", `"$@" <(echo 1; echo 2) <(echo 40)`, "bash"];
  const ended = await runProgram("main.ts", [], { cwd: folder.path, through });
  assertEquals([ended.code, ended.stdout, ended.stderr], [0, "43\n", ""]);
  assertEquals(folder.names(), []);
});

Deno.test("numsum: a checkpoint for standard input is wrong usage", { ignore }, async () => {
  await using folder = await tempFolder();
  for (const args of [["--checkpoint", "c.json", "-"], ["-", "-"], ["--sync", "-"]]) {
    const ended = await runWithInput("main.ts", args, "1\n", { cwd: folder.path });
    assertEquals(ended.code, 2, ended.stderr);
    assertPlain(ended);
  }
  assertEquals(folder.names(), []);
});

Deno.test("numsum: a closed standard output is exit 141 [needs sh]", {
  ignore: ignore || !await isThere("sh"),
}, async () => {
  await using folder = await tempFolder();
  folder.write("numbers.txt", "1\n");
  const through = ["sh", "-c", `{ "$@"; echo "code $?" >&2; } | true`, "sh"];
  const ended = await runProgram("main.ts", [], { cwd: folder.path, through });
  assertEquals(ended.stderr, "code 141\n");
});

Deno.test("numsum: a pipe by its name is refused where waiting for it would help nobody", {
  ignore: ignore || Deno.build.os === "windows",
}, async () => {
  await using folder = await tempFolder();
  assert((await new Deno.Command("mkfifo", { args: [folder.at("pipe")] }).output()).success);
  for (const [option, reason] of [["--sync", "pipe is none"], ["--status", "--status: pipe has no checkpoint"]]) {
    const { code, stdout, stderr } = await runProgram("main.ts", [option!, "pipe"], { cwd: folder.path });
    assertEquals([code, stdout], [2, ""]);
    assertStringIncludes(stderr, reason!);
  }
});
