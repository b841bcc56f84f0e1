import { assertEquals } from "@std/assert";
import { bundleProgram } from "../tools/compile/bundle_program.ts";
import { PERMISSIONS, ROOT, WORKERS } from "../tools/compile/program.ts";
import { lacks } from "./granted.ts";

/** What starts a worker, with the module's place from there. */
const STARTS_WORKER = /new Worker\(\s*new URL\(\s*"(?<module>[^"]+)"/g;

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
  ignore: lacks("read", "run") || !("fromBase64" in Uint8Array),
  async fn() {
    const files = await bundleProgram("");
    assertEquals(files.map(({ name }) => name), ["main.js", "stretch_worker.js"]);
    for (const { bytes } of files) {
      const code = new TextDecoder().decode(bytes);
      assertEquals([code.split("Uint8Array.fromBase64(").length, code.includes("atob(")], [2, false]);
    }
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
