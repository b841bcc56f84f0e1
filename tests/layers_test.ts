import { assert, assertEquals } from "@std/assert";
import { lacks } from "./granted.ts";

const ROOT = new URL("../", import.meta.url);

/** A rule of the house: which files it is for, and what their code may not say. */
interface Rule {
  name: string;
  files: RegExp;
  forbidden: RegExp;
}

/** What a module's specifier matches in `import … from "x"`, `export … from "x"`, `import "x"`, `import("x")`. */
function imports(path: string): RegExp {
  return new RegExp(String.raw`(?:\bfrom|\bimport)\s*\(?\s*["'][^"']*${path}`);
}

const RULES: readonly Rule[] = [
  {
    name: "pure code and the kernel import nothing of the disk, the drivers or the command line",
    files: /^lib\/(pure|kernel)\//,
    forbidden: imports(String.raw`\/(disk|drivers|cli)\/`),
  },
  {
    name: "pure code and the kernel touch nothing outside: no Deno, no async, no console",
    files: /^lib\/(pure|kernel)\//,
    forbidden:
      /\bDeno\.|\basync\b|\bawait\b|\bconsole\b|\bprocess\.|\bperformance\b|\bsetTimeout\b|\bfetch\b|["']node:/,
  },
  {
    name: "the disk imports nothing of the drivers or the command line",
    files: /^lib\/disk\//,
    forbidden: imports(String.raw`\/(drivers|cli)\/`),
  },
  {
    name: "the drivers import nothing of the command line",
    files: /^lib\/drivers\//,
    forbidden: imports(String.raw`\/cli\/`),
  },
  {
    name: "a coroutine does not import its plain twin",
    files: /^lib\/drivers\/(sum_file|number_stream)\.ts$/,
    forbidden: imports(String.raw`(sum_file|number_stream)_sync\.ts`),
  },
  {
    name: "a plain generator does not import its coroutine twin, and awaits nothing",
    files: /^lib\/drivers\/(sum_file|number_stream)_sync\.ts$/,
    forbidden: new RegExp(`${imports(String.raw`\/(sum_file|number_stream)\.ts`).source}|\\basync\\b|\\bawait\\b`),
  },
  { name: "mod.ts is for outsiders", files: /^lib\//, forbidden: imports(String.raw`\/mod\.ts`) },
  { name: "the library never writes to the console", files: /^lib\//, forbidden: /\bconsole\b/ },
  {
    name: "only the command line ends the process or listens for signals",
    files: /^lib\/(?!cli\/)/,
    forbidden: /\bDeno\.(exit|exitCode|kill|addSignalListener|args|stderr)\b/,
  },
];

/** TypeScript without its comments, and with its strings and what stands in templates left alone. */
function withoutComments(source: string): string {
  return source.replace(
    /("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')|\/\*[\s\S]*?\*\/|(^|[\s;{}()])\/\/[^\n]*/g,
    (_, text, before) => text ?? before ?? "",
  );
}

function breaches(file: string, source: string): string[] {
  const code = withoutComments(source);
  return RULES.filter(({ files, forbidden }) => files.test(file) && forbidden.test(code))
    .map(({ name, forbidden }) => `${file} has ${JSON.stringify(forbidden.exec(code)?.[0])}, but ${name}`);
}

/** All files of TypeScript in the library. */
async function* libraryFiles(folder = "lib/"): AsyncGenerator<string> {
  for await (const { name, isDirectory } of Deno.readDir(new URL(folder, ROOT))) {
    if (isDirectory) yield* libraryFiles(`${folder}${name}/`);
    // *.as.ts is AssemblyScript
    else if (name.endsWith(".ts") && !name.endsWith(".as.ts")) yield folder + name;
  }
}

Deno.test("the layers: data flows one way through lib/", { ignore: lacks("read") }, async () => {
  const found: string[] = [];
  let files = 0;
  for await (const file of libraryFiles()) {
    files++;
    found.push(...breaches(file, await Deno.readTextFile(new URL(file, ROOT))));
  }
  assert(files > 40, `only ${files} files were looked at`);
  assertEquals(found, []);
});

Deno.test("the layers: each kind of planted breach is found", () => {
  const planted: [string, string][] = [
    ["lib/pure/state.ts", `import { Lock } from "../disk/lock.ts";`],
    ["lib/pure/state.ts", `export * from '../drivers/run.ts';`],
    ["lib/kernel/kernel.ts", `import "../cli/help.ts";`],
    ["lib/pure/state.ts", `const late = await import("../cli/help.ts");`],
    ["lib/pure/state.ts", `Deno.readFileSync("x");`],
    ["lib/pure/state.ts", `export async function f() {}`],
    ["lib/pure/state.ts", `console.log(1);`],
    ["lib/disk/lock.ts", `import {\n  Run,\n} from "../drivers/run.ts";`],
    ["lib/disk/lock.ts", `import type { SumCommand } from "../cli/parse_options.ts";`],
    ["lib/drivers/run.ts", `import { print } from "../cli/terminal.ts";`],
    ["lib/drivers/sum_file.ts", `import { sumFileSync } from "./sum_file_sync.ts";`],
    ["lib/drivers/sum_file_sync.ts", `import { sumFile } from "./sum_file.ts";`],
    ["lib/drivers/sum_file_sync.ts", `await sleep();`],
    ["lib/drivers/number_stream.ts", `import { numberStreamSync } from "./number_stream_sync.ts";`],
    ["lib/drivers/number_stream_sync.ts", `import { numberStream } from "./number_stream.ts";`],
    ["lib/cli/help.ts", `import { sumFile } from "../mod.ts";`],
    ["lib/cli/terminal.ts", `console.error("x");`],
    ["lib/disk/lock.ts", `Deno.exit(5);`],
    ["lib/drivers/run.ts", `Deno.exitCode = 1;`],
  ];
  for (const [file, source] of planted) {
    assert(breaches(file, source).length > 0, `not found in ${file}: ${source}`);
    assertEquals(breaches(file, `/** ${source.replaceAll("\n", " ")} */\n// ${source.replaceAll("\n", " ")}`), []);
  }
});
