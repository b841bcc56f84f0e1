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

/** numsum in its forms, with checkpoint, fingerprint and lock, each time from the start. */
export function numsum(root: string, folder: string): Contender[] {
  const command = (args: string[]) => (input: BenchInput) => [
    ...[Deno.execPath(), "run", "--allow-read", "--allow-write", "--allow-env=TERM", `${root}/main.ts`],
    ...["--restart", "--checkpoint", `${folder}/checkpoint.json`, ...args, input.path],
  ];
  return [
    { name: "numsum", command: command(["--workers", "1"]) },
    { name: "numsum --sync", command: command(["--sync"]) },
    { name: "numsum --workers 2", command: command(["--workers", "2"]) },
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
