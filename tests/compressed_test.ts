/** Compressed inputs from end to end: the same sum as what they unpack to, whatever happens on the way. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { formatProgress } from "../lib/cli/format_progress.ts";
import { describeUnpacking } from "../lib/cli/messages.ts";
import type { Progress } from "../lib/drivers/sum_options.ts";
import { numberStreamSync } from "../lib/drivers/number_stream_sync.ts";
import { concat, PACKINGS } from "./compressed_data.ts";
import { lacks } from "./granted.ts";
import { endOf, killIfAlive, runProgram, startProgram } from "./programs.ts";
import { COROUTINES, finish, leave } from "./styles.ts";
import { tempFolder } from "./temp_folder.ts";

/** Several megabytes of numbers in members of different sizes, one of which ends inside a line; and their sum. */
function manyNumbers(): { members: string[]; sum: string } {
  let seed = 1;
  let sum = 0;
  const lines = Array.from({ length: 600_000 }, () => {
    seed = seed * 1103515245 + 12345 & 0x7fffffff;
    sum += seed;
    return `${seed}\n`;
  });
  const text = lines.join("");
  const cuts = [0, 5, 100_003, 2_000_000, text.length];
  return { members: cuts.slice(1).map((end, i) => text.slice(cuts[i], end)), sum: String(sum) };
}

const SANITIZERS = { sanitizeOps: true, sanitizeResources: true, sanitizeExit: true };
const needs = lacks("read", "write");
const needsRun = lacks("read", "write", "run");

for (const { name, pack } of PACKINGS) {
  Deno.test(
    `${name}: stopped and continued anywhere, the sum is that of what it unpacks to`,
    { ignore: needs, ...SANITIZERS },
    async () => {
      await using folder = await tempFolder();
      const { members, sum } = manyNumbers();
      const path = folder.write("numbers.packed", concat(...members.map(pack)));
      const checkpoint = folder.at("checkpoint.json");
      let stops = 0;
      for (const bytes of [1, 300_000, 700_000, 2_000_000]) {
        const wasLeft = await leave(
          COROUTINES.sum(path, { checkpoint, every: { bytes: 100_000 } }),
          ({ phase, offset, resumedFrom }) => phase === "summing" && offset - resumedFrom >= bytes,
        );
        if (wasLeft) stops++;
      }
      assertEquals(stops, 4);
      const result = await finish(COROUTINES.sum(path, { checkpoint }));
      assertEquals([result.sum, result.count], [sum, 600_000]);
      assertEquals(result.offset, members.join("").length);
      assert(result.resumedFrom > 3_000_000);
      assertEquals(result.packed, { read: Deno.statSync(path).size, size: Deno.statSync(path).size });
    },
  );

  Deno.test(`${name}: what is appended as another member is added`, { ignore: needs, ...SANITIZERS }, async () => {
    await using folder = await tempFolder();
    const path = folder.write("numbers.packed", pack("1\n2\n3"));
    const checkpoint = folder.at("checkpoint.json");
    assertEquals((await finish(COROUTINES.sum(path, { checkpoint }))).sum, "6");
    folder.write("numbers.packed", concat(pack("1\n2\n3"), pack("0\n4\n")));
    assertEquals((await finish(COROUTINES.sum(path, { checkpoint }))).sum, "37");
  });

  Deno.test(
    `${name}: what was summed and is no longer there is refused`,
    { ignore: needs, ...SANITIZERS },
    async () => {
      await using folder = await tempFolder();
      const path = folder.write("numbers.packed", pack("1\n2\n3\n"));
      const checkpoint = folder.at("checkpoint.json");
      await finish(COROUTINES.sum(path, { checkpoint }));
      for (const other of ["1\n5\n3\n", "1\n2\n"]) {
        folder.write("numbers.packed", pack(other));
        const error = await finish(COROUTINES.sum(path, { checkpoint })).catch((error) => error);
        assertStringIncludes(error.message, "the first 6 bytes of");
      }
    },
  );

  Deno.test(
    `${name}: a checkpoint is the same as that of what it unpacks to`,
    { ignore: needs, ...SANITIZERS },
    async () => {
      await using folder = await tempFolder();
      const checkpoint = folder.at("checkpoint.json");
      const path = folder.write("numbers", pack("1\n2\n"));
      await finish(COROUTINES.sum(path, { checkpoint }));
      folder.write("numbers", "1\n2\n3\n");
      const result = await finish(COROUTINES.sum(path, { checkpoint }));
      assertEquals([result.sum, result.resumedFrom], ["6", 4]);
    },
  );

  Deno.test(
    `${name}: kill -9 again and again, on the way to the same sum`,
    { ignore: needsRun, ...SANITIZERS },
    async () => {
      await using folder = await tempFolder();
      const { members, sum } = manyNumbers();
      folder.write("numbers.packed", concat(...members.map(pack)));
      const args = ["--every", "50kB", "numbers.packed"];
      let kills = 0;
      for (let milliseconds = 150; kills < 4; milliseconds += 50) {
        const program = startProgram("main.ts", args, { cwd: folder.path });
        const timer = setTimeout(() => killIfAlive(program), milliseconds);
        const { signal } = await endOf(program);
        clearTimeout(timer);
        if (signal !== "SIGKILL") break;
        kills++;
      }
      const { code, stdout, stderr } = await runProgram("main.ts", args, { cwd: folder.path });
      assertEquals([code, stdout], [0, `${sum}\n`]);
      if (stderr !== "") assertStringIncludes(stderr, "compressed data cannot be entered in its middle");
    },
  );

  Deno.test(`${name}: on standard input`, { ignore: needsRun, ...SANITIZERS }, async () => {
    await using folder = await tempFolder();
    assertEquals(await sumOf(concat(pack("1\n2"), pack("0\n")), folder.path), { code: 0, stdout: "21\n", stderr: "" });
    const cut = await sumOf(pack("1\n2\n").subarray(0, -3), folder.path);
    assertEquals([cut.code, cut.stdout], [4, ""]);
    assertStringIncludes(cut.stderr, `could not unpack standard input: the ${name} data ends too early`);
  });

  Deno.test(
    `${name}: cut off, damaged, or with --sync: the exit code, a message, and no sum`,
    { ignore: needsRun, ...SANITIZERS },
    async () => {
      await using folder = await tempFolder();
      const { members, sum } = manyNumbers();
      const whole = concat(...members.map(pack));
      const run = (...args: string[]) => runProgram("main.ts", [...args, "n.packed"], { cwd: folder.path });

      folder.write("n.packed", whole.subarray(0, whole.length - 1000));
      const cut = await run();
      assertEquals([cut.code, cut.stdout], [4, ""]);
      assertStringIncludes(cut.stderr, `could not unpack n.packed: the ${name} data ends too early, as in a file`);

      folder.write("n.packed", whole);
      assertEquals((await run()).stdout, `${sum}\n`);

      folder.write("n.packed", concat(whole, Uint8Array.of(1, 2, 3, 4, 5)));
      const more = await run("--no-checkpoint");
      assertEquals([more.code, more.stdout], [4, ""]);
      assertStringIncludes(more.stderr, `could not unpack n.packed: the ${name} data is damaged: `);

      const sync = await run("--sync", "--no-checkpoint");
      assertEquals([sync.code, sync.stdout], [2, ""]);
      assertStringIncludes(sync.stderr, `n.packed is ${name} data, which plain generators do not read`);
    },
  );
}

Deno.test(
  "zstd where the runtime lacks it: exit 4, and what to do [needs a Deno without zstd]",
  { ignore: needsRun || PACKINGS.length > 1, ...SANITIZERS },
  async () => {
    await using folder = await tempFolder();
    folder.write("n.zst", Uint8Array.of(0x28, 0xB5, 0x2F, 0xFD, 0, 0, 0, 0));
    const { code, stdout, stderr } = await runProgram("main.ts", ["n.zst"], { cwd: folder.path });
    assertEquals([code, stdout], [4, ""]);
    assertStringIncludes(stderr, "cannot unpack zstd data; let another program do it: zstd -dc n.zst | numsum -");
  },
);

Deno.test(
  "zstd with a window of 2 GiB: exit 4, and what to do [needs a Deno with zstd]",
  { ignore: needsRun || PACKINGS.length < 2, ...SANITIZERS },
  async () => {
    await using folder = await tempFolder();
    // a frame of one raw block, "1\n", whose header asks for the largest window
    folder.write("n.zst", Uint8Array.of(0x28, 0xB5, 0x2F, 0xFD, 0, 21 << 3, 0x11, 0, 0, 0x31, 0x0A));
    const { code, stdout, stderr } = await runProgram("main.ts", ["n.zst"], { cwd: folder.path });
    assertEquals([code, stdout], [4, ""]);
    assertStringIncludes(
      stderr,
      "more memory than is allowed; let another program do it: zstd --long=31 -dc n.zst | numsum",
    );
  },
);

Deno.test("a file that only begins like a compressed one is text", { ignore: needs, ...SANITIZERS }, async () => {
  await using folder = await tempFolder();
  for (const text of ["(", "(1)\n", "\x1f", "\x1f1\n"]) {
    const error = await finish(COROUTINES.sum(folder.write("n", text))).catch((error) => error);
    assertEquals(error.name, "BadLineError");
  }
  assertEquals([...numberStreamSync(folder.write("n", "1\n"))].length, 1);
});

Deno.test("progress of a compressed input is by its own bytes", () => {
  const progress: Progress = {
    file: "n.gz",
    phase: "summing",
    offset: 5_000_000,
    size: undefined,
    packed: { read: 250_000, size: 1_000_000 },
    range: undefined,
    resumedFrom: 2_000_000,
    resumedLine: 7,
    saved: undefined,
    count: 99,
    blank: 0,
    skipped: 0,
  };
  const pace = { bytes: 5_000_000, milliseconds: 10_000 };
  assertEquals(formatProgress(progress, pace, 80), "25 %, 99 numbers, 500 kB/s, 30 s left");
  assertEquals(
    formatProgress({ ...progress, phase: "checking", offset: 1_000_000 }, { bytes: 1_000_000, milliseconds: 2000 }, 80),
    "50 %, unpacking what was summed, 500 kB/s, 2.0 s left",
  );
  assertEquals(
    formatProgress({ ...progress, packed: { read: 1, size: undefined } }, pace, 80),
    "5.0 MB, 99 numbers, 500 kB/s",
  );
  assertEquals(
    describeUnpacking(progress),
    "unpacking n.gz again up to byte 2000000, where it was: compressed data cannot be entered in its middle",
  );
});

/** Runs the program with bytes on its standard input. */
async function sumOf(bytes: Uint8Array, cwd: string): Promise<{ code: number; stdout: string; stderr: string }> {
  const program = startProgram("main.ts", ["-"], { cwd }, "piped");
  const ended = endOf(program);
  const writer = program.stdin.getWriter();
  for (let at = 0; at < bytes.length; at += 7) {
    await writer.write(bytes.slice(at, at + 7));
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  await writer.close();
  const { code, stdout, stderr } = await ended;
  return { code, stdout, stderr };
}
