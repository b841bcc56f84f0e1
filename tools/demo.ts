/**
 * Shows the whole thing at work, in a temporary folder of its own: generates a file, starts to sum it, interrupts
 * itself half-way, continues in the other style, and compares the sum with the generator's.
 *
 * @module
 */
const COUNT = 5_000_000;
const ROOT = new URL("../", import.meta.url);

if (import.meta.main) await demo();

async function demo(): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "numsum-demo-" });
  try {
    console.log(`$ deno task generate --count ${COUNT}`);
    const expected = await output(program("generate.ts", ["--count", `${COUNT}`], folder));
    console.log(expected);
    const { size } = await Deno.stat(`${folder}/numbers.txt`);

    console.log("\n$ deno task sum          # coroutines; and half-way, Ctrl+C");
    const first = program("main.ts", ["--every", "100kB"], folder).spawn();
    const interrupted = await interruptAt(first, size / 2, `${folder}/checkpoint.json`);
    if (!interrupted) console.log("(it was done before it could be interrupted; what follows has nothing left to add)");

    console.log("\n$ deno task sum --sync   # plain generators, from the same checkpoint");
    const found = await output(program("main.ts", ["--sync"], folder));
    console.log(found);

    if (found !== expected) throw new Error(`the generator's sum was ${expected}`);
    console.log("\nThe sum is the generator's.");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** One of the two programs, about to run in `folder`. */
function program(script: string, args: string[], folder: string): Deno.Command {
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--allow-read", "--allow-write", "--allow-env", new URL(script, ROOT).href, ...args],
    cwd: folder,
    stdout: "piped",
    stderr: "inherit",
  });
}

async function output(command: Deno.Command): Promise<string> {
  const { success, stdout } = await command.output();
  if (!success) throw new Error("the program failed");
  return new TextDecoder().decode(stdout).trim();
}

/** Sends SIGINT once the checkpoint is past `offset`; says whether the program was still at work then. */
async function interruptAt(process: Deno.ChildProcess, offset: number, checkpoint: string): Promise<boolean> {
  let isRunning = true;
  const ended = process.output().then(() => isRunning = false);
  while (isRunning && await savedOffset(checkpoint) < offset) await new Promise((resolve) => setTimeout(resolve, 1));
  if (isRunning) process.kill("SIGINT");
  const wasRunning = isRunning;
  await ended;
  return wasRunning && await savedOffset(checkpoint) < 2 * offset;
}

async function savedOffset(checkpoint: string): Promise<number> {
  try {
    return JSON.parse(await Deno.readTextFile(checkpoint)).offset;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return 0;
    throw error;
  }
}
