import { absolute, basename, dirname } from "../../lib/disk/paths.ts";
import { attempt, BuildError, ImpossibleHereError } from "./build_error.ts";
import { makeCompiled } from "./compiled.ts";
import { HERE, type Target, VERSION } from "./program.ts";
import { makeSelfExtracting } from "./self_extracting.ts";

/** What kinds of executables there are, and `auto` for the best that can be made here. */
export const KINDS = ["auto", "compiled", "self-extracting"] as const;

/** What to make. */
export interface MakeOptions {
  target: Target;
  /** The executable's path. */
  output: string;
  kind: typeof KINDS[number];
}

/** What was made. */
export interface Made {
  kind: "compiled" | "self-extracting";
  path: string;
  bytes: number;
  /** Why it is not compiled, if that was wanted first. */
  reason?: string;
}

/**
 * Makes an executable, and starts it once if it is for this machine. What had its name before stays until then.
 *
 * @throws {BuildError} If it cannot be made, or does not start.
 */
export async function makeExecutable({ target, output, kind }: MakeOptions): Promise<Made> {
  const path = target.includes("windows") && !output.endsWith(".exe") ? `${output}.exe` : output;
  const beside = { dir: dirname(absolute(path)), prefix: ".numsum-" };
  const folder = await attempt(`write ${path}`, Deno.makeTempDir(beside));
  try {
    const draft = `${folder}/${basename(path)}`;
    const made = await makeKind(kind, target, draft);
    if (target === HERE) await tryOut(draft, made.kind);
    await attempt(`write ${path}`, Deno.rename(draft, path));
    return { ...made, path, bytes: (await Deno.stat(path)).size };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Makes the wanted kind, or for `auto` the best that is possible here. */
async function makeKind(
  kind: MakeOptions["kind"],
  target: Target,
  path: string,
): Promise<Pick<Made, "kind" | "reason">> {
  if (kind === "self-extracting") {
    await makeSelfExtracting(target, path);
    return { kind };
  }
  try {
    await makeCompiled(target, path);
    return { kind: "compiled" };
  } catch (error) {
    if (kind === "compiled" || !(error instanceof ImpossibleHereError)) throw error;
    return await makeInstead(error.message, target, path);
  }
}

async function makeInstead(reason: string, target: Target, path: string): Promise<Pick<Made, "kind" | "reason">> {
  try {
    await makeSelfExtracting(target, path);
    return { kind: "self-extracting", reason };
  } catch (error) {
    if (!(error instanceof ImpossibleHereError)) throw error;
    const advice = `Name a local runtime (denort) of Deno ${Deno.version.deno} with DENORT_BIN`;
    throw new BuildError(`${reason}; ${error.message}.\n${advice}`);
  }
}

/** Refuses an executable that does not start, as one with a runtime of another version. */
async function tryOut(path: string, kind: Made["kind"]): Promise<void> {
  const expected = `numsum ${VERSION} (${kind}, Deno ${Deno.version.deno})`;
  const said = await askVersion(path);
  if (said === expected) return;
  const runtime = kind === "compiled" ? Deno.env.get("DENORT_BIN") : undefined;
  const advice = runtime === undefined ? "" : `. DENORT_BIN must name the runtime of this very version, not ${runtime}`;
  throw new BuildError(`what was made does not start: --version gave "${said}" in place of "${expected}"${advice}`);
}

/** The first line that `--version` gives. A self-extracting executable leaves nothing in the user's cache. */
async function askVersion(path: string): Promise<string> {
  const cache = await Deno.makeTempDir();
  try {
    const command = new Deno.Command(path, {
      args: ["--version"],
      env: { NO_COLOR: "1", XDG_CACHE_HOME: cache },
      stdin: "null",
    });
    const { stdout, stderr } = await command.output();
    return (new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr)).split("\n")[0]!;
  } finally {
    await Deno.remove(cache, { recursive: true });
  }
}
