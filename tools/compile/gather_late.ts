import { dirname } from "../../lib/disk/paths.ts";
import { ROOT } from "./program.ts";
import { programGraph } from "./program_graph.ts";

/** Where a module of our own is imported only when it is needed. */
const LATE_IMPORT = /\bawait import\(\s*"(\.{1,2}\/[^"]+\.ts)",?\s*\)/g;

/** The module that has all of those. */
const LATE = "late.ts";

/** What is needed beside the modules to resolve what they import, if it is there. */
const CONFIGURATION = ["deno.json", "deno.lock"];

/**
 * Copies the program's sources into an empty folder, with one module for everything that is imported late.
 *
 * For a bundler each late module is a file, and so is each group of modules that the same of them share: that makes
 * sixty files, and a start would read half of them. This way there are three: the program, what is late, and what both
 * need.
 */
export async function gatherLate(folder: string): Promise<void> {
  const { paths } = await programGraph();
  const late = new Map<string, string>();
  for (const path of CONFIGURATION) await copyIfThere(path, folder);
  for (const path of paths) {
    const from = new URL(path, ROOT);
    const to = `${folder}/${path}`;
    await Deno.mkdir(dirname(to), { recursive: true });
    if (!path.endsWith(".ts")) {
      await Deno.copyFile(from, to);
      continue;
    }
    const up = "../".repeat(path.split("/").length - 1) || "./";
    const gathered = (await Deno.readTextFile(from)).replace(LATE_IMPORT, (_, specifier: string) => {
      const module = new URL(specifier, from).href.slice(ROOT.href.length);
      const name = module.replace(/\W/g, "_");
      late.set(module, name);
      return `await import("${up}${LATE}").then((late) => late.${name})`;
    });
    await Deno.writeTextFile(to, gathered);
  }
  const exports = [...late].map(([module, name]) => `export * as ${name} from "./${module}";\n`);
  await Deno.writeTextFile(`${folder}/${LATE}`, exports.join(""));
}

async function copyIfThere(path: string, folder: string): Promise<void> {
  try {
    await Deno.copyFile(new URL(path, ROOT), `${folder}/${path}`);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
