import { assert, assertEquals } from "@std/assert";
import { lacks } from "./granted.ts";
import { oracleSum } from "./oracle.ts";
import { type Ended, endOf, runProgram, startProgram } from "./programs.ts";
import { COROUTINES, PLAIN, type Style, STYLES } from "./styles.ts";
import { type TempFolder, tempFolder } from "./temp_folder.ts";

const ignore = lacks("read", "write", "run") || Deno.build.os === "windows";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGKILL"] as const;
const CODES = { SIGINT: 130, SIGTERM: 143, SIGKILL: 137 } as const;

/**
 * A program that gets nowhere must not keep the tests for ever. Each run that did not get further, as where the machine
 * is too busy to start it in the usual time, makes the next one longer.
 */
const MOST_IN_VAIN = 50;
/** What a test has at least seen, however fast the machine is: where a sum was done before, it begins anew. */
const LEAST_STOPS = 6;
/** From here on each run may take longer than the one before: a slow disk must not make the tests take minutes. */
const ENOUGH_KILLS = 30;

/** Runs a sum, and sends it a signal after some milliseconds unless it is done by then. */
async function sumFor(
  milliseconds: number,
  signal: Deno.Signal,
  args: readonly string[],
  folder: TempFolder,
): Promise<Ended> {
  const program = startProgram("main.ts", args, { cwd: folder.path });
  const timer = setTimeout(() => {
    try {
      program.kill(signal);
    } catch { /* it has just ended */ }
  }, milliseconds);
  try {
    return await endOf(program);
  } finally {
    clearTimeout(timer);
  }
}

/** How long a sum of nothing takes here and now, in milliseconds. */
async function startUpTime(folder: TempFolder): Promise<number> {
  folder.write("nothing.txt", "");
  const times: number[] = [];
  for (let i = 0; i < 3; i++) {
    const began = performance.now();
    await runProgram("main.ts", ["--no-checkpoint", "nothing.txt"], { cwd: folder.path });
    times.push(performance.now() - began);
  }
  return times.sort((a, b) => a - b)[1]!;
}

/** What a checkpoint says of its one input; its sum as text, with all digits. */
function readCheckpoint(folder: TempFolder): { offset: number; sum: string } {
  if (!folder.names().includes("checkpoint.json")) return { offset: 0, sum: "0" };
  const text = folder.read("checkpoint.json");
  const [, sum = ""] = /"running_sum": ([-0-9.]+),/.exec(text) ?? [];
  return { offset: JSON.parse(text).offset, sum };
}

Deno.test("numsum stopped at random moments by any signal always goes on to the same digits", { ignore }, async () => {
  await using folder = await tempFolder();
  const cents = Array.from({ length: 400_000 }, () => BigInt(Math.floor((Math.random() - 0.5) * 1e12)));
  const lines = cents.map((cents) => `${cents}e-2`);
  const prefixes = new Map([[0, 0n]]);
  let offset = 0;
  let total = 0n;
  for (const [i, line] of lines.entries()) {
    offset += line.length + 1;
    prefixes.set(offset, total += cents[i]!);
  }
  folder.write("numbers.txt", lines.join("\n") + "\n");
  const answer = `${oracleSum([`${total}e-2`])}\n`;

  const stops = { SIGINT: 0, SIGTERM: 0, SIGKILL: 0 };
  const startUp = await startUpTime(folder);
  let inVain = 0;
  const stopped = () => stops.SIGINT + stops.SIGTERM + stops.SIGKILL;
  for (let complete = 0; complete < 2 || stopped() < LEAST_STOPS;) {
    assert(inVain < MOST_IN_VAIN, "it gets nowhere");
    const [signal, style] = [pick(SIGNALS), pick(STYLES)];
    const { offset: before } = readCheckpoint(folder);
    const delay = startUp * (0.3 + Math.random() + inVain / 5);
    const ended = await sumFor(delay, signal, [...style.args, "--every", "50kB"], folder);
    const saved = readCheckpoint(folder);
    assertEquals(saved.sum, oracleSum([`${prefixes.get(saved.offset)}e-2`]), `at byte ${saved.offset}`);
    assert(saved.offset >= before, `from byte ${before} back to ${saved.offset}`);
    assert(!/^\s+at |Uncaught|mistake/m.test(ended.stderr), ended.stderr);
    inVain = saved.offset > before ? 0 : inVain + 1;
    if (ended.code === 0) {
      assertEquals(ended.stdout, answer);
      await Deno.remove(folder.at("checkpoint.json"));
      complete++;
      continue;
    }
    assertEquals(ended.code, CODES[signal], ended.stderr);
    // one that comes between the answer and the end kills a run that is done
    assert(ended.stdout === "" || ended.stdout === answer, ended.stdout);
    if (ended.stderr.includes("stopped by")) {
      assert(ended.stderr.includes(`stopped by ${signal}`), ended.stderr);
      const reached = /stopped by .* byte (\d+)/.exec(ended.stderr)?.[1];
      assertEquals(reached ?? `${saved.offset}`, `${saved.offset}`, ended.stderr);
    }
    stops[signal]++;
  }
  console.log(`stopped and resumed: ${JSON.stringify(stops)}`);
});

Deno.test("ten million numbers with kill -9 over and over, in both styles and in turns", { ignore }, async (t) => {
  await using folder = await tempFolder();
  const cwd = folder.path;
  const made = await runProgram("generate.ts", ["--count", "10000000"], { cwd });
  const answer = `${await bigintSum(folder.at("numbers.txt"))}\n`;
  assertEquals(made.stdout, answer);
  for (const { args } of STYLES) {
    assertEquals((await runProgram("main.ts", ["--no-checkpoint", ...args], { cwd })).stdout, answer);
  }
  const startUp = await startUpTime(folder);
  // a fast machine sums ten million numbers in little more than 100 ms; these stop it much more often
  const anyMoment = () => startUp * (0.5 + Math.random());
  const ways: [name: string, style: (run: number) => Style, delay: () => number][] = [
    ["coroutines, every 100 ms", () => COROUTINES, () => 100],
    ["plain generators, every 100 ms", () => PLAIN, () => 100],
    ["in turns, every 100 ms", (run) => STYLES[run % 2]!, () => 100],
    ["coroutines, at any moment", () => COROUTINES, anyMoment],
    ["plain generators, at any moment", () => PLAIN, anyMoment],
    ["in turns, at any moment", () => pick(STYLES), anyMoment],
  ];
  for (const [name, style, delay] of ways) {
    await t.step(name, async () => {
      let killed = 0;
      let inVain = 0;
      for (let complete = 0; complete === 0 || killed < LEAST_STOPS;) {
        assert(inVain < MOST_IN_VAIN, "it gets nowhere");
        const { offset: before } = readCheckpoint(folder);
        const args = [...style(killed).args, "--every", "1MB"];
        const grace = startUp * (inVain / 5 + Math.max(0, killed - ENOUGH_KILLS));
        const ended = await sumFor(delay() * 0.9 ** complete + grace, "SIGKILL", args, folder);
        const { offset } = readCheckpoint(folder);
        assert(offset >= before, `from byte ${before} back to ${offset}`);
        inVain = offset > before ? 0 : inVain + 1;
        if (ended.code === 0) {
          assertEquals(ended.stdout, answer);
          await Deno.remove(folder.at("checkpoint.json"));
          complete++;
          continue;
        }
        assertEquals([ended.code, ended.signal], [137, "SIGKILL"], ended.stderr);
        killed++;
      }
      console.log(`${name}: killed ${killed} times`);
    });
  }
});

/** The sum of the whole numbers in a file, by BigInt alone. */
async function bigintSum(path: string): Promise<bigint> {
  using file = await Deno.open(path);
  const decoder = new TextDecoder();
  const buffer = new Uint8Array(1 << 20);
  let sum = 0n;
  let rest = "";
  for (;;) {
    const read = await file.read(buffer);
    if (read === null) return sum + BigInt(rest);
    const lines = (rest + decoder.decode(buffer.subarray(0, read))).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) sum += BigInt(line);
  }
}

function pick<T>(items: readonly T[]): T {
  return items[Math.floor(Math.random() * items.length)]!;
}
