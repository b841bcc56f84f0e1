/**
 * Sums files that are made to cost memory or time, with the real program, and prints what they took. At full size it
 * needs 2 GB of disk and some minutes; a test runs it at a fiftieth.
 *
 *     deno run --allow-run --allow-read --allow-write --allow-env tools/hostile_sizes.ts [SCALE]
 *
 * Peak memory is what Linux says of the process (`VmHWM`).
 *
 * @module
 */

/** A file that is made to cost much. */
interface HostileFile {
  title: string;
  /** Fills a file, for a scale of 1 at full size. */
  make(file: Deno.FsFile, scale: number): void;
  options: readonly string[];
  /** What the sum begins with, or `undefined` where the program must stop at a bad line. */
  sum: string | undefined;
}

/** What a run took. */
export interface Cost {
  title: string;
  milliseconds: number;
  /** The most memory that the process held at any time, in bytes. */
  peakBytes: number;
  /** Whether it ended as it must. */
  isRight: boolean;
}

const MAIN = new URL("../main.ts", import.meta.url).href;
const SKIP = ["--on-error", "skip"];
const LINE_BYTES = 1024 * 1024;

const FILES: readonly HostileFile[] = [
  { title: "one line of 10 GB", make: (file, scale) => file.truncateSync(1e10 * scale), options: [], sum: undefined },
  {
    title: "one line of 10 GB, skipped",
    make: (file, scale) => file.truncateSync(1e10 * scale),
    options: SKIP,
    sum: "0",
  },
  { title: "1,000,000,000 blank lines", make: (file, scale) => repeat(file, "\n", 1e9 * scale), options: [], sum: "0" },
  {
    title: "1,000,000 lines at the exponent limit",
    make: (file, scale) => repeat(file, "9.75e10000\n-9.5e10000\n1e-10000\n0.5e-10000\n", 250_000 * scale),
    options: [],
    sum: "",
  },
  {
    title: "1000 numbers of 1 MiB",
    make: (file, scale) => repeat(file, `${"7".repeat(LINE_BYTES)}\n`, 1000 * scale),
    options: [],
    sum: "",
  },
  {
    title: "50,000,000 bad lines, collected",
    make: (file, scale) => repeat(file, "x\n", 5e7 * scale),
    options: [...SKIP, "--rejects", "rejects.txt"],
    sum: "0",
  },
];

/** The styles, and what several threads do, also where they would not be used by themselves. */
const STYLES: readonly (readonly string[])[] = [["--workers=1"], ["--sync"], ["--workers=2"]];

if (import.meta.main) {
  for await (const { title, milliseconds, peakBytes, isRight } of measure(Number(Deno.args[0] ?? 1))) {
    const [seconds, megabytes] = [milliseconds / 1000, peakBytes / 1e6];
    console.log(`${title}: ${seconds.toFixed(1)} s, ${megabytes.toFixed(0)} MB${isRight ? "" : ", and ENDED WRONG"}`);
  }
}

/** Sums each file in each style. */
export async function* measure(scale: number): AsyncGenerator<Cost> {
  for (const hostile of FILES) {
    const folder = await Deno.makeTempDir({ prefix: "numsum-hostile-" });
    try {
      using file = Deno.openSync(`${folder}/data.txt`, { write: true, createNew: true });
      hostile.make(file, scale);
      for (const style of STYLES) yield await run(hostile, folder, style);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  }
}

async function run({ title, options, sum }: HostileFile, folder: string, style: readonly string[]): Promise<Cost> {
  const began = performance.now();
  const permissions = ["--quiet", "--no-prompt", "--allow-read", "--allow-write", "--allow-env=TERM"];
  const program = new Deno.Command(Deno.execPath(), {
    args: ["run", ...permissions, MAIN, "--restart", ...style, ...options, "data.txt"],
    cwd: folder,
    stdin: "null",
    stdout: "piped",
    stderr: "null",
  }).spawn();
  let peakBytes = 0;
  let isOver = false;
  const watch = async () => {
    while (!isOver) {
      peakBytes = Math.max(peakBytes, peakOf(program.pid));
      // often at first, since some runs are over after a few milliseconds
      await new Promise((resolve) => setTimeout(resolve, Math.min(50, (performance.now() - began) / 20)));
    }
  };
  const watching = watch();
  try {
    const { code, stdout } = await program.output();
    const answer = new TextDecoder().decode(stdout);
    const isRight = sum === undefined ? code === 1 : code === 0 && answer.startsWith(sum);
    return { title: [title, ...style].join(", "), milliseconds: performance.now() - began, peakBytes, isRight };
  } finally {
    isOver = true;
    await watching;
  }
}

/** The most memory that a process held so far, in bytes; 0 once it has ended. Deno itself may not read there. */
function peakOf(pid: number): number {
  const { stdout } = new Deno.Command("cat", { args: [`/proc/${pid}/status`], stderr: "null" }).outputSync();
  return 1024 * Number(/^VmHWM:\s+(\d+) kB$/m.exec(new TextDecoder().decode(stdout))?.[1] ?? 0);
}

/** Writes a text over and over. */
function repeat(file: Deno.FsFile, text: string, times: number): void {
  const atOnce = Math.max(1, Math.floor(1024 * 1024 / text.length));
  const bytes = new TextEncoder().encode(text.repeat(atOnce));
  for (let left = times; left > 0; left -= atOnce) {
    const part = bytes.subarray(0, Math.min(left, atOnce) * text.length);
    for (let from = 0; from < part.length;) from += file.writeSync(part.subarray(from));
  }
}
