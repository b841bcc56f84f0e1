import { BuildError } from "./build_error.ts";
import { ENTRY, ROOT } from "./program.ts";
import { runDeno } from "./run_deno.ts";

/** What is used of `deno.lock`. */
interface Lock {
  version: string;
  specifiers?: Record<string, string>;
  npm?: Record<string, unknown>;
}

/** What is used of `deno info --json`. */
interface Info {
  modules: { npmPackage?: string }[];
  npmPackages: Record<string, { dependencies: string[] }>;
}

/**
 * The part of deno.lock that the program needs, or `undefined` if there is no deno.lock. `deno compile` puts all
 * npm packages of the lock file into the executable, also those for tests and tools, which would be 100 MB.
 */
export async function programLock(): Promise<string | undefined> {
  const lock = await readLock();
  if (!lock) return undefined;
  const needed = await neededPackages();
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

/** The packages, as `name@version`, that the program's modules lead to. */
async function neededPackages(): Promise<Set<string>> {
  const { success, stdout, stderr } = await runDeno("info", "--json", ENTRY);
  if (!success) throw new BuildError(`could not list the modules of ${ENTRY}: ${stderr.trim()}`);
  const { modules, npmPackages }: Info = JSON.parse(stdout);
  const needed = new Set<string>();
  const add = (id: string) => {
    if (needed.has(id)) return;
    needed.add(id);
    npmPackages[id]?.dependencies.forEach(add);
  };
  for (const { npmPackage } of modules) if (npmPackage !== undefined) add(npmPackage);
  return needed;
}
