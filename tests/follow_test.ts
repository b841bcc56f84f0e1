import { assert, assertEquals, assertRejects } from "@std/assert";
import { type Followed, followFile } from "../lib/drivers/follow_file.ts";
import { BadLineError, CheckpointRefusedError, RotatedError } from "../lib/pure/errors.ts";
import { lacks } from "./granted.ts";
import { type Ended, endOf, runProgram, startProgram } from "./programs.ts";
import { type TempFolder, tempFolder } from "./temp_folder.ts";

const ignore = lacks("read", "write");
const SANITIZERS = { sanitizeOps: true, sanitizeResources: true, sanitizeExit: true };

/** Follows a file, and gives each sum as it comes; `undefined` when it is over. */
class Follower {
  readonly #stop = new AbortController();
  readonly #run: AsyncGenerator<Followed, void, void>;

  constructor(folder: TempFolder, name: string, checkpoint?: string, onSkip?: () => void) {
    this.#run = followFile(folder.at(name), { checkpoint, onSkip, signal: this.#stop.signal });
  }

  async next(): Promise<string | undefined> {
    for (;;) {
      const step = await this.#run.next();
      if (step.done) return undefined;
      if (step.value.sum !== undefined) return step.value.sum;
    }
  }

  stop(): void {
    this.#stop.abort();
  }
}

function append(path: string, text: string): void {
  Deno.writeTextFileSync(path, text, { append: true });
}

Deno.test({
  name: "followFile() gives a sum for what is there, and one for whatever is appended, by whole lines",
  ignore,
  ...SANITIZERS,
  fn: async () => {
    await using folder = await tempFolder();
    const path = folder.write("a.log", "1\n2\n3");
    const follower = new Follower(folder, "a.log", folder.at("cp.json"));
    assertEquals(await follower.next(), "3");
    append(path, "0"); // the last line goes on, and is 30
    assertEquals(await follower.next(), "3");
    append(path, "\n0.5\n");
    assertEquals(await follower.next(), "33.5");
    append(path, "x");
    follower.stop();
    assertEquals(await follower.next(), undefined);
    const { offset, running_sum: sum } = JSON.parse(folder.read("cp.json"));
    assertEquals([offset, sum], [11, 33.5]);

    append(path, "1\n".slice(1)); // "x\n"
    const again = new Follower(folder, "a.log", folder.at("cp.json"));
    await assertRejects(() => again.next(), BadLineError, "a.log:5 (byte 11)");
  },
});

Deno.test({
  name: "followFile() stops when its file was cut off and has more bytes again at the next look",
  ignore,
  ...SANITIZERS,
  fn: async () => {
    const cases = [
      ["1\n2\n3\n", "10\n11\n12\n13\n"],
      ["1\n2\n3\n", "1\n2\n4\n5\n"],
      ["12", "345\n"], // nothing was summed yet
      ["1\n12", "1\n34\n5\n"],
      [`${"100\n".repeat(100_000)}`, `${"1\n".repeat(300_000)}`],
      [`1\n${"0".repeat(2_000_000)}`, `1\n${"5\n".repeat(1_000_000)}6\n7\n`], // nor is a line of such length
      [`${"100\n".repeat(32768)}`, `${"100\n".repeat(32767)}101\n5\n`], // 128 KiB
    ];
    for (const [before, after] of cases) {
      for (const checkpoint of ["cp.json", undefined]) {
        await using folder = await tempFolder();
        folder.write("a.log", before!);
        const follower = new Follower(folder, "a.log", checkpoint && folder.at(checkpoint), () => {});
        const sum = await follower.next();
        folder.write("a.log", after!);
        await assertRejects(() => follower.next(), RotatedError, "it was cut off and written anew", sum);
      }
    }
  },
});

Deno.test({
  name: "followFile() gives no sum that an older checkpoint contradicts, or that reaches less far",
  ignore,
  ...SANITIZERS,
  fn: async () => {
    await using folder = await tempFolder();
    folder.write("a.log", "1\n2\n");
    const cases: [claim: string, message: string | undefined][] = [
      [`{"offset": 4, "running_sum": 3}`, undefined],
      [`{"offset": 4, "running_sum": 4}`, "and they make 3"],
      [`{"offset": 6, "running_sum": 3}`, "shorter than its offset 6"],
    ];
    for (const [claim, message] of cases) {
      folder.write("cp.json", claim);
      const follower = new Follower(folder, "a.log", folder.at("cp.json"));
      if (message === undefined) {
        assertEquals(await follower.next(), "3");
        follower.stop();
        assertEquals(await follower.next(), undefined);
      } else {
        await assertRejects(() => follower.next(), CheckpointRefusedError, message);
        assertEquals(folder.read("cp.json"), claim);
      }
    }
  },
});

Deno.test({
  name: "followFile() stops when its file is renamed, removed or cut off, and keeps what it had",
  ignore,
  ...SANITIZERS,
  fn: async () => {
    await using folder = await tempFolder();
    const changes: [name: string, change: (path: string) => void, message: string][] = [
      ["renamed", (path) => Deno.renameSync(path, `${path}.1`), "its name is another file's now, or nobody's"],
      ["removed", (path) => Deno.removeSync(path), "its name is another file's now, or nobody's"],
      ["replaced", (path) => {
        Deno.writeTextFileSync(`${path}.new`, "7\n8\n9\n10\n");
        Deno.renameSync(`${path}.new`, path);
      }, "its name is another file's now, or nobody's"],
      ["cut-off", (path) => Deno.truncateSync(path, 2), "it was cut off"],
    ];
    for (const [name, change, message] of changes) {
      const path = folder.write(name, "1\n2\n");
      const follower = new Follower(folder, name, folder.at(`${name}.json`));
      assertEquals(await follower.next(), "3");
      // what was written before the change is not lost
      if (name !== "cut-off") append(path, "10\n");
      change(path);
      const sums: (string | undefined)[] = [];
      await assertRejects(
        async () => {
          for (;;) sums.push(await follower.next());
        },
        RotatedError,
        message,
      );
      if (name !== "cut-off") assertEquals(sums.at(-1), "13", name);
      assertEquals(JSON.parse(folder.read(`${name}.json`)).running_sum, name === "cut-off" ? 3 : 13, name);
    }
  },
});

/** Follows a file with the program, and gives what it printed once `isEnough`. */
async function* linesOf(program: Deno.ChildProcess): AsyncGenerator<string, void> {
  let text = "";
  for await (const chunk of program.stdout.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    const lines = text.split("\n");
    text = lines.pop()!;
    yield* lines;
  }
}

for (const [signal, code] of [["SIGINT", 130], ["SIGTERM", 143]] as const) {
  Deno.test({
    name: `--follow prints each new sum within a second, and saves at ${signal}`,
    ignore: lacks("read", "write", "run", "env"),
    ...SANITIZERS,
    fn: async () => {
      await using folder = await tempFolder();
      const path = folder.write("a.log", "1\n");
      const program = startProgram("main.ts", ["--follow", "--json", "a.log"], { cwd: folder.path });
      const notes = new Response(program.stderr).text();
      const lines = linesOf(program);
      const next = async () => JSON.parse((await lines.next()).value!) as Record<string, unknown>;
      assertEquals(await next(), { sum: "1", count: 1, blank: 0, skipped: 0, file: "a.log", offset: 2 });
      for (const [i, text] of ["0.25\n", "\n", "-5\n"].entries()) {
        const began = performance.now();
        append(path, text);
        if (text === "\n") continue; // changes no sum
        assertEquals((await next()).sum, i === 0 ? "1.25" : "-3.75");
        assert(performance.now() - began < 1000, `it took ${performance.now() - began} ms`);
      }
      program.kill(signal);
      assertEquals((await lines.next()).done, true);
      assertEquals((await program.status).code, code);
      assertEquals(
        await notes,
        `{"type":"note","message":"stopped by ${signal} after line 4 of a.log, byte 11; ` +
          'saved in checkpoint.json","advice":"Run the same command again to continue there."}\n',
      );
      assertEquals(JSON.parse(folder.read("checkpoint.json")).running_sum, -3.75);
    },
  });
}

Deno.test({
  name: "--follow refuses what it cannot follow, says when its file was rotated, and ends with its reader",
  ignore: lacks("read", "write", "run", "env"),
  ...SANITIZERS,
  fn: async () => {
    await using folder = await tempFolder();
    folder.write("a.log", "1\n");
    folder.write("b.log", "1\n");
    const wrong: [args: string[], reason: string][] = [
      [["a.log", "b.log"], "--follow: it follows one file, not 2"],
      [["-"], "--follow: standard input cannot be followed: it is not a file that something is appended to"],
      [["--sync", "a.log"], "--follow: --sync cannot wait; leave it out"],
      [["--workers", "2", "a.log"], "--follow: it is one thread; leave out --workers"],
      [["--stats", "a.log"], "--follow: it prints sums, not --stats"],
      [["--status", "a.log"], "--follow: --status sums nothing; leave out one of the two"],
    ];
    for (const [args, reason] of wrong) {
      const { code, stdout, stderr } = await runProgram("main.ts", ["--follow", ...args], { cwd: folder.path });
      assertEquals([code, stdout, stderr], [2, "", `numsum: ${reason}\nRun numsum --help for all options.\n`]);
    }
    const program = startProgram("main.ts", ["--follow", "a.log"], { cwd: folder.path });
    const ended: Promise<Ended> = endOf(program);
    while (!folder.names().includes("checkpoint.json")) await new Promise((resolve) => setTimeout(resolve, 20));
    Deno.renameSync(folder.at("a.log"), folder.at("a.log.1"));
    assertEquals(await ended, {
      code: 3,
      signal: null,
      stdout: "1\n",
      stderr: "numsum: a.log is followed no more: its name is another file's now, or nobody's.\n" +
        "What was summed is kept in checkpoint.json. To follow what has the name now, run it again with " +
        "--rotated restart.\n",
    });
    const unread = startProgram("main.ts", ["--follow", "--quiet", "b.log"], { cwd: folder.path });
    const lines = linesOf(unread);
    assertEquals((await lines.next()).value, "1");
    await lines.return();
    await unread.stderr.cancel();
    append(folder.at("b.log"), "2\n");
    assertEquals((await unread.status).code, 141);
    assertEquals(JSON.parse(folder.read("checkpoint.json")).inputs[1].running_sum, 3);
  },
});
