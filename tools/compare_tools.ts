/**
 * Gives small inputs to the tools that people add up numbers with, and to numsum, and prints a Markdown table of what
 * each answers; wrong answers are marked. Run it by hand:
 *
 *     deno run --allow-run --allow-read --allow-write --allow-env tools/compare_tools.ts
 *
 * On Debian the tools are: apt-get install mawk gawk num-utils miller bc datamash python3 perl
 *
 * @module
 */

/** What is added up, and what is right. */
interface Sample {
  /** As the table shows it. */
  title: string;
  input: string;
  /** The right sum, or `undefined` where nothing but an error is right. */
  sum: string | undefined;
}

/** A tool, as it is called in a shell to add up the file `in.txt`. */
interface Tool {
  title: string;
  command: string;
  /** The programs that it needs. */
  needs: readonly string[];
}

/** How a tool ended. */
interface Answer {
  text: string;
  code: number;
}

const SAMPLES: readonly Sample[] = [
  { title: "`1`, `abc`, `2`", input: "1\nabc\n2\n", sum: undefined },
  { title: "2^53, `1`, `1`", input: "9007199254740992\n1\n1\n", sum: "9007199254740994" },
  { title: "`1e16`, `1`, `-1e16`", input: "1e16\n1\n-1e16\n", sum: "1" },
  { title: "`+5`, `-3`", input: "+5\n-3\n", sum: "2" },
  { title: "`1`, `2` with CRLF", input: "1\r\n2\r\n", sum: "3" },
  { title: "`0.1`, `0.2`", input: "0.1\n0.2\n", sum: "0.3" },
  { title: "`1,000`", input: "1,000\n", sum: undefined },
];

const AWK = "'{ s += $1 } END { print s }'";
const MAIN = new URL("../main.ts", import.meta.url).pathname;
const TOOLS: readonly Tool[] = [
  { title: "mawk", command: `mawk ${AWK} in.txt`, needs: ["mawk"] },
  { title: "gawk", command: `gawk ${AWK} in.txt`, needs: ["gawk"] },
  { title: "gawk -M", command: `gawk -M ${AWK} in.txt`, needs: ["gawk"] },
  // by its path, since a numsum of ours may be found first
  { title: "num-utils", command: "/usr/bin/numsum in.txt", needs: ["/usr/bin/numsum"] },
  {
    title: "miller",
    command: "mlr --inidx --ifs ' ' --onidx stats1 -a sum -f 1 in.txt",
    needs: ["mlr"],
  },
  { title: "paste, bc", command: "paste -sd+ in.txt | bc", needs: ["paste", "bc"] },
  { title: "datamash", command: "datamash sum 1 < in.txt", needs: ["datamash"] },
  {
    title: "python3",
    command: "python3 -c 'import sys; print(sum(map(float, sys.stdin)))' < in.txt",
    needs: ["python3"],
  },
  { title: "perl", command: "perl -ne '$s += $_; END { print \"$s\\n\" }' in.txt", needs: ["perl"] },
  {
    title: "**numsum**",
    command: `'${Deno.execPath()}' run --quiet --allow-read --allow-env '${MAIN}' --no-checkpoint in.txt`,
    needs: [],
  },
];

if (import.meta.main) await compareTools();

async function compareTools(): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "numsum-compare-" });
  try {
    const rows = [["", ...SAMPLES.map(({ title }) => title)], SAMPLES.map(() => "---").concat("---")];
    for (const tool of TOOLS) rows.push(await rowOf(tool, folder));
    rows.push(["right", ...SAMPLES.map(({ sum }) => sum ?? "an error")]);
    console.log(rows.map((row) => `| ${row.join(" | ")} |`).join("\n"));
    console.log("\nWrong answers are **bold**; an error is given with its exit code.");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function rowOf({ title, command, needs }: Tool, folder: string): Promise<string[]> {
  for (const program of needs) {
    if (!await isInstalled(program)) return [title, ...SAMPLES.map(() => "missing")];
  }
  const cells: string[] = [];
  for (const sample of SAMPLES) {
    await Deno.writeTextFile(`${folder}/in.txt`, sample.input);
    cells.push(cellOf(await run(command, folder), sample));
  }
  return [title, ...cells];
}

async function isInstalled(program: string): Promise<boolean> {
  const { code } = await run(`command -v ${program}`, ".");
  return code === 0;
}

async function run(command: string, folder: string): Promise<Answer> {
  const { stdout, code } = await new Deno.Command("bash", {
    args: ["-o", "pipefail", "-c", command],
    cwd: folder,
    env: { LC_ALL: "C.UTF-8" },
    stdin: "null",
    stderr: "piped",
  }).output();
  return { text: new TextDecoder().decode(stdout).trim(), code };
}

function cellOf({ text, code }: Answer, { sum }: Sample): string {
  if (code !== 0) return sum === undefined ? `error ${code}` : `**error ${code}**`;
  // nothing at all with exit code 0 is an answer too: there is no sum, and nobody is told
  const shown = text === "" ? "nothing" : `\`${text}\``;
  return isRight(text, sum) ? shown : `**${shown}**`;
}

/** Whether an answer is the right number, however it is written. */
function isRight(text: string, sum: string | undefined): boolean {
  return sum !== undefined && [sum, `${sum}.0`, sum.replace(/^0/, "")].includes(text);
}
