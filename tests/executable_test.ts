/**
 * The program does the same in each of its forms. One table of cases, all driven from outside.
 */
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { helpText } from "../lib/cli/help.ts";
import { lacks } from "./granted.ts";
import { type Executable, makeExecutables, versionLine } from "./executables.ts";

/** How a run went. */
interface Outcome {
  /** As a shell sees it: 128 and the signal's number for a run that died of one. */
  code: number;
  signal: Deno.Signal | null;
  stdout: string;
  stderr: string;
}

/** An executable with a folder of its own. */
interface Place extends Executable {
  folder: string;
  path(name: string): string;
}

/** Lines of the long file, "2" each: enough for a run to be caught in the middle. */
const LINES = 1 << 25;
const SUM = `${2 * LINES}\n`;
/** Saves that follow each other closely enough for a run to be caught soon, and last long enough. */
const OFTEN = ["--every", "256KB"];

const executables = await makeExecutables();

function test(name: string, run: (place: Place) => Promise<void>, { posix = false } = {}): void {
  for (const executable of executables) {
    const isWindows = posix && Deno.build.os === "windows";
    const missing = executable.missing ?? (isWindows ? "needs a POSIX system" : undefined);
    Deno.test({
      name: `numsum, ${executable.form}, ${name}${missing === undefined ? "" : ` [${missing}]`}`,
      ignore: lacks("read", "write", "run", "env") || missing !== undefined,
      sanitizeOps: true,
      sanitizeResources: true,
      async fn() {
        const folder = await Deno.realPath(await Deno.makeTempDir());
        try {
          await run({ ...executable, folder, path: (name) => `${folder}/${name}` });
        } finally {
          await Deno.remove(folder, { recursive: true });
        }
      },
    });
  }
}

function spawn({ command: [name, ...args], env, folder }: Place, more: readonly string[]): Deno.ChildProcess {
  return new Deno.Command(name, {
    args: [...args, ...more],
    env: { ...env, NO_COLOR: "1" },
    cwd: folder,
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

async function start(place: Place, args: readonly string[], stdin = ""): Promise<Outcome> {
  const child = spawn(place, args);
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(stdin)).catch(() => {});
  await writer.close().catch(() => {});
  return await outcomeOf(child);
}

async function outcomeOf(child: Deno.ChildProcess): Promise<Outcome> {
  const { code, signal, stdout, stderr } = await child.output();
  const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, signal, stdout: decode(stdout), stderr: decode(stderr) };
}

/** Starts a run over the long file, and stops it by a signal after its first save. */
async function interrupt(place: Place, signal: Deno.Signal): Promise<Outcome> {
  const child = spawn(place, [...OFTEN, "long.txt"]);
  await child.stdin.close();
  let ended = false;
  const status = child.status.then(() => ended = true);
  while (!ended && await savedOffset(place) === 0) await new Promise((resolve) => setTimeout(resolve, 2));
  if (!ended) child.kill(signal);
  await status;
  return await outcomeOf(child);
}

async function writeLongFile(place: Place): Promise<void> {
  const text = new Uint8Array(2 * LINES);
  for (let i = 0; i < text.length; i += 2) [text[i], text[i + 1]] = [0x32, 0x0a];
  await Deno.writeFile(place.path("long.txt"), text);
}

/** The offset that was saved, or 0. */
async function savedOffset(place: Place): Promise<number> {
  try {
    return JSON.parse(await Deno.readTextFile(place.path("checkpoint.json"))).offset;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return 0;
    throw error;
  }
}

test("says its version and which form it is", async (place) => {
  const { code, stdout, stderr } = await start(place, ["--version"]);
  assertEquals([code, stderr], [0, ""]);
  assertMatch(stdout, versionLine(place.form));
});

test("says how it is used", async (place) => {
  assertEquals(await start(place, ["--help"]), { code: 0, signal: null, stdout: helpText(), stderr: "" });
});

test("sums a file, and only what was appended the next time", async (place) => {
  await Deno.writeTextFile(place.path("numbers.txt"), "1\n2.5\n-0.25\n");
  assertEquals(await start(place, []), { code: 0, signal: null, stdout: "3.25\n", stderr: "" });
  await Deno.writeTextFile(place.path("numbers.txt"), "10\n", { append: true });
  const { code, stdout, stderr } = await start(place, []);
  assertEquals([code, stdout], [0, "13.25\n"]);
  assertStringIncludes(stderr, "continuing numbers.txt after line 3 (byte 12,");
});

test("sums standard input", async (place) => {
  assertEquals((await start(place, ["-"], "1e3\n.5\n")).stdout, "1000.5\n");
});

test("takes all arguments as they are", async (place) => {
  const name = " a 'b' \"c\" $d * ?.txt";
  await Deno.writeTextFile(place.path(name), "5\n");
  assertEquals((await start(place, ["--no-checkpoint", "--", name])).stdout, "5\n");
}, { posix: true });

test("stops at a bad line, and continues there when it is mended", async (place) => {
  await Deno.writeTextFile(place.path("numbers.txt"), "1\n2\n3o\n4\n");
  const { code, stdout, stderr } = await start(place, []);
  assertEquals([code, stdout], [1, ""]);
  assertStringIncludes(stderr, "numbers.txt:3 (byte 4)");
  assertEquals(await savedOffset(place), 4);
  await Deno.writeTextFile(place.path("numbers.txt"), "1\n2\n30\n4\n");
  const mended = await start(place, []);
  assertEquals([mended.code, mended.stdout], [0, "37\n"]);
  assertStringIncludes(mended.stderr, "continuing numbers.txt after line 2");
});

test("refuses wrong usage, with a suggestion", async (place) => {
  const { code, stdout, stderr } = await start(place, ["--restrat"]);
  assertEquals([code, stdout], [2, ""]);
  assertStringIncludes(stderr, "did you mean --restart?");
});

test("tells what its checkpoint holds, and refuses it if the input changed", async (place) => {
  await Deno.writeTextFile(place.path("numbers.txt"), "1\n2\n");
  assertEquals((await start(place, [])).code, 0);
  const status = await start(place, ["--status"]);
  assertEquals(status.code, 0);
  assertStringIncludes(status.stdout, "a run would continue here");
  await Deno.writeTextFile(place.path("numbers.txt"), "7\n2\n9\n");
  assertEquals((await start(place, [])).code, 3);
  assertEquals((await start(place, ["--status"])).code, 3);
});

test("says which file it cannot read", async (place) => {
  const { code, stdout, stderr } = await start(place, ["missing.txt"]);
  assertEquals([code, stdout], [4, ""]);
  assertStringIncludes(stderr, "missing.txt");
});

test("gives way to a run that holds the checkpoint", async (place) => {
  await Deno.writeTextFile(place.path("numbers.txt"), "1\n");
  using lock = await Deno.open(place.path("checkpoint.json.lock"), { read: true, write: true, create: true });
  await lock.lock(true);
  const { code, stdout, stderr } = await start(place, []);
  await lock.unlock();
  assertEquals([code, stdout], [5, ""]);
  assertStringIncludes(stderr, "--checkpoint OTHER");
});

test("ends with 141 when nobody reads its answer", async (place) => {
  await Deno.writeTextFile(place.path("numbers.txt"), "1\n");
  const script = '{ "$@"; echo $? >code; } | exec 0<&-';
  const shell = { ...place, command: ["/bin/sh", "-c", script, "sh", ...place.command] } as const;
  assertEquals((await start(shell, [])).stderr, "");
  assertEquals(await Deno.readTextFile(place.path("code")), "141\n");
}, { posix: true });

for (const [signal, code] of [["SIGINT", 130], ["SIGTERM", 143], ["SIGHUP", 129]] as const) {
  test(`saves its state at ${signal}, and continues there`, async (place) => {
    await writeLongFile(place);
    const stopped = await interrupt(place, signal);
    assertEquals([stopped.code, stopped.stdout], [code, ""]);
    // an older Deno does not let a program kill itself, and then it ends with that code
    if (place.form === "self-extracting") assertEquals(stopped.signal, signal);
    assertStringIncludes(stopped.stderr, `stopped by ${signal} after line`);
    const offset = await savedOffset(place);
    assert(offset > 0 && offset < 2 * LINES, `${offset} is not in the middle`);
    const resumed = await start(place, ["long.txt"]);
    assertEquals([resumed.code, resumed.stdout], [0, SUM]);
    assertStringIncludes(resumed.stderr, `continuing long.txt after line ${offset / 2} (byte ${offset},`);
  }, { posix: true });
}

test("continues after it was killed", async (place) => {
  await writeLongFile(place);
  assertEquals((await interrupt(place, "SIGKILL")).code, 137);
  const resumed = await start(place, ["long.txt"]);
  assertEquals([resumed.code, resumed.stdout], [0, SUM]);
  assertStringIncludes(resumed.stderr, "continuing long.txt after line ");
}, { posix: true });

test("sums with plain generators, and with several threads", async (place) => {
  await writeLongFile(place);
  for (const args of [["--sync"], ["--workers", "1"], ["--workers", "2"]]) {
    const { code, stdout, stderr } = await start(place, [...args, "--no-checkpoint", "long.txt"]);
    assertEquals({ args, code, stdout, stderr }, { args, code: 0, stdout: SUM, stderr: "" });
  }
});
