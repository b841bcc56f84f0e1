import { BuildError } from "./build_error.ts";
import { gatherLate } from "./gather_late.ts";
import { ENTRY, WORKERS } from "./program.ts";
import { runDenoIn } from "./run_deno.ts";
import type { ArchiveFile } from "./tar.ts";

/** A module that another names by its URL: a worker. */
const WORKER_URL = /new URL\(\s*"\.\/([^"]+\.ts)",\s*import\.meta\.url,?\s*\)/g;

/** How the bundler has the kernel's bytes decoded: letter by letter, which takes 2 ms of each start. */
const DECODING = /Uint8Array\.from\(atob\(\s*"([\w+/=]*)"\s*\), ?\(?(\w+)\)? ?=> ?\2\.charCodeAt\(0\)\)/g;

/**
 * Bundles the program into plain JavaScript that needs no other modules: `main.js`, and beside it what that shares with
 * what is loaded late, and what is; and each worker.
 *
 * @param prelude A statement that `main.js` begins with.
 */
export async function bundleProgram(prelude: string): Promise<ArchiveFile[]> {
  const sources = await Deno.makeTempDir();
  const bundles = await Deno.makeTempDir();
  try {
    await gatherLate(sources);
    for (const source of [ENTRY, ...WORKERS]) await bundle(sources, source, bundles);
    const files = [];
    for await (const { name } of Deno.readDir(bundles)) {
      const begin = name === bundledName(ENTRY) ? `${prelude}\n` : "";
      const code = begin + finish(await Deno.readTextFile(`${bundles}/${name}`), name);
      files.push({ name, bytes: new TextEncoder().encode(code).slice(), mode: 0o400 });
    }
    return files.sort((a, b) => a.name < b.name ? -1 : 1); // the same program gives the same archive
  } finally {
    for (const folder of [sources, bundles]) await Deno.remove(folder, { recursive: true });
  }
}

/** The file's name without its folder, as JavaScript. */
function bundledName(source: string): string {
  return source.replace(/^.*\//, "").replace(/\.ts$/, ".js");
}

/**
 * It does not minify: the bundler of Deno 2.9 then puts the one use of a name in its place, also where the name is
 * declared with `using`, and nothing is disposed of any more.
 *
 * The names of the files depend on where the sources are, from the folder in which the bundler runs.
 */
async function bundle(folder: string, source: string, into: string): Promise<void> {
  const flags = ["--quiet", "--platform=deno", "--code-splitting", `--outdir=${into}`];
  const { success, stderr } = await runDenoIn(folder, "bundle", ...flags, source);
  if (!success) throw new BuildError(`could not bundle ${source}: ${stderr.trim()}`);
}

/** Has a bundle decode the kernel natively, and find the workers that are bundled beside it. */
function finish(code: string, name: string): string {
  const known = WORKERS.map((worker) => worker.replace(/^.*\//, ""));
  return code.replace(DECODING, 'Uint8Array.fromBase64("$1")').replace(WORKER_URL, (_, worker: string) => {
    if (!known.includes(worker)) {
      throw new BuildError(
        `could not bundle ${name}: it starts the worker ${worker}, which WORKERS of program.ts does not name`,
      );
    }
    return `new URL("./${bundledName(worker)}", import.meta.url)`;
  });
}
