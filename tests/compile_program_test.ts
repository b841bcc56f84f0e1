import { assert, assertEquals } from "@std/assert";
import { bundleProgram } from "../tools/compile/bundle_program.ts";
import { PERMISSIONS, ROOT, WORKERS } from "../tools/compile/program.ts";
import { programGraph } from "../tools/compile/program_graph.ts";
import { lacks } from "./granted.ts";

/** What starts a worker, with the module's place from there. */
const STARTS_WORKER = /new Worker\(\s*new URL\(\s*"(?<module>[^"]+)"/g;

/** What a bundle loads at once. */
const STATIC_IMPORT = /\b(?:from|import) ?"\.\/(?<module>[^"]+)"/g;

const cannotBundle = lacks("read", "write", "run") || !("fromBase64" in Uint8Array);

/** The bundled program: what is in the file of each name. */
async function bundledCode(): Promise<Map<string, string>> {
  const files = await bundleProgram("");
  return new Map(files.map(({ name, bytes }) => [name, new TextDecoder().decode(bytes)]));
}

Deno.test({
  name: "WORKERS names every module that lib/ starts as a worker",
  ignore: lacks("read"),
  async fn() {
    const found = [];
    for await (const file of sources(new URL("lib/", ROOT))) {
      for (const { groups } of (await Deno.readTextFile(file)).matchAll(STARTS_WORKER)) {
        found.push(new URL(groups!["module"]!, file).href);
      }
    }
    assertEquals(found.sort(), WORKERS.map((worker) => new URL(worker, ROOT).href).sort());
  },
});

Deno.test({
  name: "bundles decode the kernel as the runtime does [needs Deno 2.9]",
  ignore: cannotBundle,
  async fn() {
    const codes = [...(await bundledCode()).values()];
    assertEquals(codes.filter((code) => code.includes("Uint8Array.fromBase64(")).length, 1 + WORKERS.length);
    assertEquals(codes.filter((code) => code.includes("atob(")), []);
  },
});

Deno.test({
  name: "a start of the bundled program reads nothing that is for later [needs Deno 2.9]",
  ignore: cannotBundle,
  async fn() {
    const codes = await bundledCode();
    const read = new Set(["main.js"]);
    for (const name of read) {
      for (const { groups } of codes.get(name)!.matchAll(STATIC_IMPORT)) read.add(groups!["module"]!);
    }
    assert(read.size <= 3, `a start reads ${[...read].join(" ")}`);
    const early = [...read].map((name) => codes.get(name)!).join("");
    const late = [...codes].filter(([name]) => !read.has(name)).map(([, code]) => code).join("");
    for (const text of ["checkpoint.json in the current folder", "standard deviations"]) { // of the options' help
      assertEquals([early.includes(text), late.includes(text)], [false, true], text);
    }
  },
});

Deno.test({
  name: "bundles dispose of all that the sources do [needs Deno 2.9]",
  ignore: cannotBundle,
  async fn() {
    const count = (codes: string[]) => codes.join("\n").split(/^\s*using \w+ = /m).length - 1;
    const { paths } = await programGraph();
    const sources = paths.filter((path) => path.endsWith(".ts")).map((path) => Deno.readTextFile(new URL(path, ROOT)));
    const bundles = [...await bundledCode()].filter(([name]) => name !== "stretch_worker.js").map(([, code]) => code);
    const expected = count(await Promise.all(sources));
    assert(expected > 10);
    assertEquals(count(bundles), expected);
  },
});

Deno.test({
  name: "bundleProgram() gives the same bytes again [needs Deno 2.9]",
  ignore: cannotBundle,
  async fn() {
    assertEquals(await bundledCode(), await bundledCode());
  },
});

Deno.test("PERMISSIONS never lets an executable ask for one", () => {
  assertEquals(PERMISSIONS.filter((flag) => !/^--allow-(read|write|env=[\w,]+)$/.test(flag)), ["--no-prompt"]);
});

async function* sources(folder: URL): AsyncGenerator<URL> {
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    if (isDirectory) yield* sources(new URL(`${name}/`, folder));
    else if (name.endsWith(".ts")) yield new URL(name, folder);
  }
}
