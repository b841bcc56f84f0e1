import { BuildError, ImpossibleHereError } from "./build_error.ts";
import { ENTRY, PERMISSIONS, type Target, V8_FLAGS, WORKERS } from "./program.ts";
import { programLock } from "./program_lock.ts";
import { runDeno } from "./run_deno.ts";
import { RUNTIME_HEADER_BYTES, runtimeTarget } from "./runtime_target.ts";

/**
 * Makes an executable with `deno compile`, which downloads a runtime unless DENORT_BIN names one.
 *
 * @throws {ImpossibleHereError} If the runtime could not be downloaded.
 * @throws {BuildError}
 */
export async function makeCompiled(target: Target, output: string): Promise<void> {
  await checkRuntime(target);
  const lock = await programLock();
  const lockFile = lock === undefined ? undefined : await Deno.makeTempFile({ suffix: ".lock" });
  try {
    if (lockFile !== undefined) await Deno.writeTextFile(lockFile, lock!);
    const { success, stderr } = await runDeno(
      "compile",
      "--quiet",
      "--no-check",
      // deno.lock itself may be frozen; this part of it lacks what is for tests and tools
      ...lockFile === undefined ? ["--no-lock"] : [`--lock=${lockFile}`, "--frozen=false"],
      ...V8_FLAGS,
      ...PERMISSIONS,
      ...WORKERS.map((worker) => `--include=${worker}`),
      `--target=${target}`,
      `--output=${output}`,
      ENTRY,
    );
    if (success) return;
    const runtime = /https?:\S*denort\S*\.zip/.exec(stderr);
    if (runtime) {
      throw new ImpossibleHereError(
        `deno compile needs a runtime that could not be downloaded from ${runtime[0]}`,
        "DENORT_BIN",
      );
    }
    throw new BuildError(`deno compile failed: ${stderr.split("\n\nStack backtrace")[0]!.trim()}`);
  } finally {
    if (lockFile !== undefined) await Deno.remove(lockFile);
  }
}

/** Refuses a runtime for another platform: `deno compile` would take it for any. */
async function checkRuntime(target: Target): Promise<void> {
  const path = Deno.env.get("DENORT_BIN");
  if (path === undefined) return;
  const found = runtimeTarget(await readHeader(path));
  if (found === target) return;
  const what = found === undefined ? "no runtime of Deno's" : `a runtime for ${found}`;
  throw new BuildError(
    `DENORT_BIN names ${what}, ${path}. Name one for ${target}, or unset DENORT_BIN to have it downloaded`,
  );
}

async function readHeader(path: string): Promise<Uint8Array> {
  try {
    using file = await Deno.open(path);
    const header = new Uint8Array(RUNTIME_HEADER_BYTES);
    return header.subarray(0, await file.read(header) ?? 0);
  } catch (error) {
    throw new BuildError(`could not read the runtime that DENORT_BIN names: ${(error as Error).message}`);
  }
}
