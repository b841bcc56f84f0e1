import { absolute } from "../../lib/disk/paths.ts";
import { BuildError, ImpossibleHereError } from "./build_error.ts";
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
 * Makes an executable, and starts it once if it is for this machine.
 *
 * @throws {BuildError} If it cannot be made, or does not start.
 */
export async function makeExecutable({ target, output, kind }: MakeOptions): Promise<Made> {
  const path = target.includes("windows") && !output.endsWith(".exe") ? `${output}.exe` : output;
  let reason: string | undefined;
  if (kind !== "self-extracting") {
    try {
      await makeCompiled(target, absolute(path));
      return await finish("compiled");
    } catch (error) {
      if (kind === "compiled" || !(error instanceof ImpossibleHereError)) throw error;
      reason = error.message;
    }
  }
  try {
    await makeSelfExtracting(target, absolute(path));
  } catch (error) {
    if (reason === undefined || !(error instanceof BuildError)) throw error;
    throw new BuildError(
      `${reason}; ${error.message}.\n` +
        `Name a local runtime (denort) of Deno ${Deno.version.deno} with DENORT_BIN`,
    );
  }
  return await finish("self-extracting");

  async function finish(kind: Made["kind"]): Promise<Made> {
    if (target === HERE) await tryOut(path, kind);
    const made = { kind, path, bytes: (await Deno.stat(path)).size };
    return reason === undefined ? made : { ...made, reason };
  }
}

/** Starts an executable, and removes it if that fails, as with a runtime of another version. */
async function tryOut(path: string, kind: Made["kind"]): Promise<void> {
  const expected = `numsum ${VERSION} (${kind}, Deno ${Deno.version.deno})`;
  const said = await askVersion(path);
  if (said === expected) return;
  await Deno.remove(path);
  const runtime = kind === "compiled" ? Deno.env.get("DENORT_BIN") : undefined;
  const advice = runtime === undefined ? "" : `. DENORT_BIN must name the runtime of this very version, not ${runtime}`;
  throw new BuildError(`what was made does not start: --version gave "${said}" in place of "${expected}"${advice}`);
}

/** The first line that `--version` gives. A self-extracting executable leaves nothing in the user's cache. */
async function askVersion(path: string): Promise<string> {
  const cache = await Deno.makeTempDir();
  try {
    const command = new Deno.Command(absolute(path), {
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
