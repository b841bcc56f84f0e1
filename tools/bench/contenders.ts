import config from "../../deno.json" with { type: "json" };
import type { BenchInput } from "./inputs.ts";

/** A program that can add up a file. */
export interface Contender {
  name: string;
  /** The command for a file that holds numbers as `type` says. */
  command(input: BenchInput): string[];
  /** Whether it only reads the file and gives no sum. */
  countsOnly?: boolean;
}

/** DuckDB's column types: exact ones where the numbers fit them. */
const DUCKDB_TYPES: Readonly<Record<string, string>> = {
  integers: "BIGINT",
  large: "BIGINT",
  varied: "BIGINT",
  decimals: "DECIMAL(18,2)",
  digits20: "HUGEINT",
  mixed: "DOUBLE",
};

/** What numsum leaves in the current folder, and would go on from. */
export const CHECKPOINT = "checkpoint.json";

/**
 * numsum as it is installed, in both styles and with two threads, and from its sources as `deno task sum` runs it; each
 * with checkpoint, fingerprint and lock.
 *
 * @param root Where the sources are.
 * @param executable What `deno task compile` makes of them; where that is not possible, there are only the sources.
 */
export function numsum(root: string, executable: string | undefined): Contender[] {
  const words = config.tasks.sum.command.split(" ");
  const sources = [Deno.execPath(), ...words.slice(1, -1), `${root}/${words.at(-1)}`];
  const installed = executable === undefined ? sources : [executable];
  // of the large one it would take a second thread by itself
  const oneThread = ({ name }: BenchInput) => name === "large" ? ["--workers", "1"] : [];
  return [
    { name: "numsum", command: (input) => [...installed, ...oneThread(input), input.path] },
    { name: "numsum --sync", command: ({ path }) => [...installed, "--sync", path] },
    { name: "numsum --workers 2", command: ({ path }) => [...installed, "--workers", "2", path] },
    { name: "deno run main.ts", command: (input) => [...sources, ...oneThread(input), input.path] },
  ];
}

/** The other tools. datamash and DuckDB's DECIMAL cannot read some of the files; the table says so. */
export function others(folder: string): Contender[] {
  const awk = '{s+=$1} END {printf "%.17g\\n",s}';
  return [
    { name: "datamash", command: ({ path }) => ["sh", "-c", `exec datamash -W sum 1 < ${path}`] },
    { name: "mawk", command: ({ path }) => ["mawk", awk, path] },
    { name: "gawk", command: ({ path }) => ["gawk", awk, path] },
    { name: "DuckDB", command: ({ name, path }) => ["node", `${folder}/duckdb.mjs`, path, DUCKDB_TYPES[name]!] },
    {
      name: "python3",
      command: ({ name, path }) => {
        const type = /integers|digits20|varied|large/.test(name) ? "int" : "float";
        return ["python3", "-c", `print(sum(map(${type}, open("${path}"))))`];
      },
    },
    { name: "wc -l", command: ({ path }) => ["wc", "-l", path], countsOnly: true },
  ];
}

/** Runs a query in DuckDB's own process, as its command line would, with all its threads. */
const DUCKDB = `import { DuckDBInstance } from "@duckdb/node-api";
const [path, type] = process.argv.slice(2);
const connection = await (await DuckDBInstance.create(":memory:")).connect();
const query = \`select sum(x) from read_csv('\${path}', header = false, columns = { 'x': '\${type}' })\`;
const [[sum]] = (await connection.runAndReadAll(query)).getRows();
console.log(String(sum));
`;

/** Installs DuckDB for Node into `folder`; says whether it could. */
export function installDuckdb(folder: string): boolean {
  Deno.writeTextFileSync(`${folder}/duckdb.mjs`, DUCKDB);
  const install = ["install", "--silent", "--no-save", "--prefix", folder, "@duckdb/node-api"];
  try {
    return new Deno.Command("npm", { args: install, stdout: "null", stderr: "null" }).outputSync().success;
  } catch {
    return false;
  }
}
