import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { lacks } from "./granted.ts";
import { isThere, runProgram, startProgram } from "./programs.ts";
import { tempFolder } from "./temp_folder.ts";

const NIGHTS = 10;
const MIB = 1024 * 1024;
/** A file is checked by reading no more than this of what was summed earlier. */
const OVERHEAD = MIB;

/** The logs of a server, and what their lines add up to. */
class Logs {
  readonly folder: string;
  readonly #sums = new Map<string, bigint>();
  /** Bytes of each that no night has seen. */
  readonly fresh = new Map<string, number>();
  #seed = 1;

  constructor(folder: string) {
    this.folder = folder;
  }

  get names(): string[] {
    return [...this.#sums.keys()].sort();
  }

  sumOf(name: string): bigint {
    return this.#sums.get(name)!;
  }

  get total(): bigint {
    return this.names.reduce((sum, name) => sum + this.sumOf(name), 0n);
  }

  /** Appends about so many bytes of lines. */
  append(name: string, bytes: number, day: number): void {
    const lines: string[] = [];
    let sum = this.#sums.get(name) ?? 0n;
    for (let length = 0; length < bytes; length += lines.at(-1)!.length + 1) {
      this.#seed = (this.#seed * 48271) % 2147483647; // Park and Miller's
      const value = this.#seed - 1_000_000_000;
      sum += BigInt(value);
      lines.push(String(value));
    }
    const text = `${lines.join("\n")}\n`;
    const path = `${this.folder}/${name}`;
    Deno.writeTextFileSync(path, text, { append: true });
    const time = new Date(Date.UTC(2001, 0, day, 20));
    Deno.utimeSync(path, time, time);
    this.#sums.set(name, sum);
    this.fresh.set(name, (this.fresh.get(name) ?? 0) + text.length);
  }

  /** Moves a log away, so that its name is a new file's. */
  rotate(name: string): void {
    Deno.renameSync(`${this.folder}/${name}`, `${this.folder}/${name}.1`);
    this.#sums.delete(name);
    this.fresh.delete(name);
  }
}

Deno.test({
  name: "nightly logs are summed right, reading only what is new, also after kill -9 [needs strace]",
  ignore: lacks("read", "write", "run", "env") || !await isThere("strace"),
  sanitizeOps: true,
  sanitizeResources: true,
  sanitizeExit: true,
  fn: async () => {
    await using folder = await tempFolder();
    const logs = new Logs(folder.path);
    for (let i = 0; i < 10; i++) logs.append(`${i}.log`, i === 0 ? 5 * MIB : i === 1 ? 2 * MIB : 1000 * (i + 1), 1);
    for (let night = 1; night <= NIGHTS; night++) {
      if (night > 1) { for (const name of logs.names) logs.append(name, name === "0.log" ? 3 * MIB : 5000, night); }
      if (night === 4) logs.append("added.log", 200_000, night);
      if (night === 6) {
        logs.rotate("1.log");
        logs.append("1.log", 4 * MIB, night); // more than what was summed of the other
      }
      await new Promise((resolve) => setTimeout(resolve, 2100)); // until the times of the files prove something
      if (night === 6) {
        const refused = await runProgram("main.ts", ["--quiet", ...logs.names], { cwd: folder.path });
        assertEquals([refused.code, refused.stdout], [3, ""]);
        assertStringIncludes(refused.stderr, "--rotated restart");
      }
      const style = night % 2 === 0 ? ["--sync"] : [];
      const args = ["--each", "--rotated", "restart", "--every", "200kB", ...style, ...logs.names];
      const killed = startProgram("main.ts", args, { cwd: folder.path });
      await new Promise((resolve) => setTimeout(resolve, 60 + 20 * night));
      try {
        killed.kill("SIGKILL");
      } catch { /* it was faster */ }
      await killed.output();
      const trace = folder.at("trace");
      const ended = await runProgram("main.ts", args, {
        cwd: folder.path,
        through: ["strace", "-f", "-y", "-s", "0", "-e", "trace=read,pread64,readv,preadv", "-o", trace],
      });
      const each = logs.names.map((name) => `${logs.sumOf(name)}\t${name}\n`).join("");
      assertEquals(ended.stdout, `${each}${logs.total}\n`, `night ${night}: ${ended.stderr}`);
      for (const name of logs.names) {
        const read = bytesRead(Deno.readTextFileSync(trace), folder.at(name));
        const most = (logs.fresh.get(name) ?? 0) + OVERHEAD;
        assert(read <= most, `night ${night}: read ${read} bytes of ${name}, more than ${most}`);
      }
      logs.fresh.clear();
    }
  },
});

/** How many bytes the reads of a file gave, by strace's word. */
function bytesRead(trace: string, path: string): number {
  const unfinished = new Map<string, boolean>();
  let bytes = 0;
  for (const line of trace.split("\n")) {
    const [, process = "", call = ""] = /^(\d+) +(.*)$/.exec(line) ?? [];
    const isResumed = call.startsWith("<... ");
    const isOfFile = isResumed ? unfinished.get(process) === true : call.includes(`<${path}>`);
    if (call.includes("<unfinished ...>")) unfinished.set(process, isOfFile);
    const [, result = "0"] = / = (\d+)$/.exec(call) ?? [];
    if (isOfFile) bytes += Number(result);
  }
  return bytes;
}
