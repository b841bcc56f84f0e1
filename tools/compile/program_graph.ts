import { BuildError } from "./build_error.ts";
import { ENTRY, ROOT } from "./program.ts";
import { runDeno } from "./run_deno.ts";

/** What is used of `deno info --json`. */
interface Info {
  modules: { specifier: string; npmPackage?: string }[];
  npmPackages: Record<string, { dependencies: string[] }>;
}

/** What the program consists of. */
export interface ProgramGraph {
  /** Its own modules, by their paths from the folder that deno.json is in. */
  paths: string[];
  /** The npm packages, as `name@version`, that they lead to. */
  packages: Set<string>;
}

/** Follows all imports of the program, late ones too. @throws {BuildError} */
export async function programGraph(): Promise<ProgramGraph> {
  const { success, stdout, stderr } = await runDeno("info", "--json", ENTRY);
  if (!success) throw new BuildError(`could not list the modules of ${ENTRY}: ${stderr.trim()}`);
  const { modules, npmPackages }: Info = JSON.parse(stdout);
  const own = modules.filter(({ specifier }) => specifier.startsWith(ROOT.href));
  const packages = new Set<string>();
  const add = (id: string) => {
    if (packages.has(id)) return;
    packages.add(id);
    npmPackages[id]?.dependencies.forEach(add);
  };
  for (const { npmPackage } of modules) if (npmPackage !== undefined) add(npmPackage);
  return { paths: own.map(({ specifier }) => specifier.slice(ROOT.href.length)), packages };
}
