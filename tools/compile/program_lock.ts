import { ROOT } from "./program.ts";
import { programGraph } from "./program_graph.ts";

/** What is used of `deno.lock`. */
interface Lock {
  version: string;
  specifiers?: Record<string, string>;
  npm?: Record<string, unknown>;
}

/**
 * The part of deno.lock that the program needs, or `undefined` if there is no deno.lock. `deno compile` puts all
 * npm packages of the lock file into the executable, also those for tests and tools, which would be 100 MB.
 */
export async function programLock(): Promise<string | undefined> {
  const lock = await readLock();
  if (!lock) return undefined;
  const { packages: needed } = await programGraph();
  const keep = <T>(entries: Record<string, T> = {}, isNeeded: (key: string, value: T) => boolean) =>
    Object.fromEntries(Object.entries(entries).filter(([key, value]) => isNeeded(key, value)));
  return JSON.stringify({
    version: lock.version,
    specifiers: keep(lock.specifiers, (specifier, version) => {
      const name = specifier.replace(/^npm:/, "").replace(/(?<=.)@.*$/, "");
      return !specifier.startsWith("npm:") || needed.has(`${name}@${version}`);
    }),
    npm: keep(lock.npm, (id) => needed.has(id)),
  });
}

async function readLock(): Promise<Lock | undefined> {
  try {
    return JSON.parse(await Deno.readTextFile(new URL("deno.lock", ROOT)));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
