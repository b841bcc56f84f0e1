import { BuildError } from "./build_error.ts";
import { ENTRY, WORKERS } from "./program.ts";
import { runDeno } from "./run_deno.ts";
import type { ArchiveFile } from "./tar.ts";

/** A module that another names by its URL: a worker. */
const WORKER_URL = /new URL\(\s*"\.\/([^"]+\.ts)",\s*import\.meta\.url,?\s*\)/g;

/** How the bundler has the kernel's bytes decoded: letter by letter, which takes 2 ms of each start. */
const DECODING = /Uint8Array\.from\(atob\("([\w+/=]*)"\), ?(\w+) ?=> ?\2\.charCodeAt\(0\)\)/g;

/**
 * Bundles the program into `main.js`, and each worker into a file beside it: plain JavaScript that needs no other
 * modules.
 *
 * @param prelude A statement that `main.js` begins with.
 */
export async function bundleProgram(prelude: string): Promise<ArchiveFile[]> {
  const files = [];
  for (const source of [ENTRY, ...WORKERS]) {
    const code = await bundle(source);
    const begin = source === ENTRY ? `${prelude}\n` : "";
    const bytes = new TextEncoder().encode(begin + pointToWorkers(code, source)).slice();
    files.push({ name: bundledName(source), bytes, mode: 0o400 });
  }
  return files;
}

/** The file's name without its folder, as JavaScript. */
function bundledName(source: string): string {
  return source.replace(/^.*\//, "").replace(/\.ts$/, ".js");
}

async function bundle(source: string): Promise<string> {
  const { success, stdout, stderr } = await runDeno("bundle", "--quiet", "--minify", "--platform=deno", source);
  if (!success) throw new BuildError(`could not bundle ${source}: ${stderr.trim()}`);
  return stdout.replace(DECODING, 'Uint8Array.fromBase64("$1")');
}

/** Lets a bundle find the workers that are bundled beside it. */
function pointToWorkers(code: string, source: string): string {
  const known = WORKERS.map((worker) => worker.replace(/^.*\//, ""));
  return code.replace(WORKER_URL, (_, name: string) => {
    if (!known.includes(name)) {
      throw new BuildError(
        `could not bundle ${source}: it starts the worker ${name}, which WORKERS of program.ts does not name`,
      );
    }
    return `new URL("./${bundledName(name)}", import.meta.url)`;
  });
}
