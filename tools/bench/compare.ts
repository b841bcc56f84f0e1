/**
 * Sums the same files with numsum and with other tools, side by side in one run, whole processes, and prints medians
 * and ratios: `deno task bench [--rounds N] [--json PATH] [INPUT…]`.
 *
 * @module
 */
import { BuildError } from "../compile/build_error.ts";
import { makeExecutable } from "../compile/make_executable.ts";
import { HERE } from "../compile/program.ts";
import { CHECKPOINT, type Contender, installDuckdb, numsum, others } from "./contenders.ts";
import { type BenchInput, makeInputs } from "./inputs.ts";
import { readOptions } from "./options.ts";

/** One contender's result on one input. */
interface Row {
  input: string;
  contender: string;
  /** The median of the whole process, in milliseconds. */
  median: number;
  min: number;
  /** Its answer, or what it said instead. */
  answer: string;
  verdict: "exact" | "wrong" | "failed" | "no sum";
}

const ROOT = new URL("../../", import.meta.url).pathname.replace(/\/$/, "");
const FOLDER = `${ROOT}/bench`;

/** What an executable unpacks goes there, and not into the user's cache. */
const ENV = { XDG_CACHE_HOME: `${FOLDER}/cache` };

if (import.meta.main) await main();

async function main(): Promise<void> {
  const { rounds, json, inputs } = readOptions(Deno.args);
  const contenders = [...numsum(ROOT, await makeNumsum()), ...others(FOLDER)].filter(isThere);
  const rows: Row[] = [];
  for (const input of makeInputs(FOLDER, inputs)) {
    const found = compare(input, contenders, rounds);
    console.log(table(input, found));
    rows.push(...found);
  }
  if (json !== undefined) Deno.writeTextFileSync(json, JSON.stringify({ rounds, rows }, null, 2));
}

/** Makes the executable, and gives its path; where none can be made it says so. */
async function makeNumsum(): Promise<string | undefined> {
  new Deno.Command("rm", { args: ["-rf", ENV.XDG_CACHE_HOME] }).outputSync(); // of older executables
  try {
    const { path, kind } = await makeExecutable({ target: HERE, output: `${FOLDER}/numsum`, kind: "auto" });
    console.log(`numsum is ${kind}, Deno ${Deno.version.deno}\n`);
    return path;
  } catch (error) {
    if (!(error instanceof BuildError)) throw error;
    console.error(`numsum is run from its sources: ${error.message}`);
    return undefined;
  }
}

/** Whether a contender can be started here; one that cannot is named. */
function isThere(contender: Contender): boolean {
  const [program] = contender.command({ name: "integers", title: "", path: "/dev/null", sum: "0" });
  const missing = contender.name === "DuckDB"
    ? !installDuckdb(FOLDER)
    : !new Deno.Command("sh", { args: ["-c", `command -v ${program}`], stdout: "null" }).outputSync().success;
  if (missing) console.error(`${contender.name} is not installed here and is left out`);
  return !missing;
}

/** Interleaved rounds: in each, every contender once, so that a busy moment hits them all. */
function compare(input: BenchInput, contenders: readonly Contender[], rounds: number): Row[] {
  const times = contenders.map((): number[] => []);
  const verdicts = contenders.map((contender) => judge(contender, input)); // also warms the page cache
  for (let round = 0; round < rounds; round++) {
    const report = `${FOLDER}/round.json`;
    const commands = contenders.map((contender) => contender.command(input).map(quote).join(" "));
    const options = ["-N", "--ignore-failure", "--runs", "1", "--style", "none", "--export-json", report];
    const args = [...options, "--prepare", `rm -f ${CHECKPOINT}`, ...commands];
    const hyperfine = new Deno.Command("hyperfine", { args, cwd: FOLDER, env: ENV, stdout: "null", stderr: "piped" });
    const { success, stderr } = hyperfine.outputSync();
    if (!success) throw new Error(`hyperfine failed: ${new TextDecoder().decode(stderr)}`);
    const { results } = JSON.parse(Deno.readTextFileSync(report)) as { results: { times: number[] }[] };
    results.forEach((result, i) => times[i]!.push(result.times[0]! * 1000));
  }
  return contenders.map(({ name }, i) => ({
    input: input.name,
    contender: name,
    median: median(times[i]!),
    min: Math.min(...times[i]!),
    ...verdicts[i]!,
  }));
}

function judge(contender: Contender, input: BenchInput): Pick<Row, "answer" | "verdict"> {
  const [program, ...args] = contender.command(input);
  new Deno.Command("rm", { args: ["-f", CHECKPOINT], cwd: FOLDER }).outputSync();
  const { success, stdout, stderr } = new Deno.Command(program!, { args, cwd: FOLDER, env: ENV }).outputSync();
  const answer = new TextDecoder().decode(success ? stdout : stderr).trim().slice(0, 60);
  if (!success) return { answer, verdict: "failed" };
  if (contender.countsOnly) return { answer, verdict: "no sum" };
  return { answer, verdict: answer.replace(/(\.\d*?)0+$/, "$1").replace(/\.$/, "") === input.sum ? "exact" : "wrong" };
}

function table(input: BenchInput, rows: readonly Row[]): string {
  const own = rows[0]!.median;
  const lines = rows.map(({ contender, median, min, verdict }) =>
    [
      contender.padEnd(20),
      `${median.toFixed(0).padStart(7)} ms`,
      `(min ${min.toFixed(0)})`.padStart(12),
      `${(median / own).toFixed(2).padStart(7)} x`,
      `  ${verdict}`,
    ].join("")
  );
  return `${input.title}\n${lines.join("\n")}\n`;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

function quote(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
