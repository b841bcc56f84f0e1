import { PACKED_MARK } from "../../lib/cli/version.ts";
import { attempt, ImpossibleHereError } from "./build_error.ts";
import { bundleProgram } from "./bundle_program.ts";
import { pack } from "./pack.ts";
import { HERE, LATE_FLAGS, PERMISSIONS, type Target, V8_FLAGS, VERSION } from "./program.ts";

/** The program is all in its bundle, so nothing is looked up or fetched. */
const FLAGS = ["--no-config", "--no-lock", "--no-npm", "--no-remote", ...LATE_FLAGS, ...V8_FLAGS, ...PERMISSIONS];

/**
 * Makes a self-extracting executable of the Deno that runs this, for the same platform.
 *
 * @throws {ImpossibleHereError} If this Deno is too old, or the platform another.
 * @throws {BuildError}
 */
export async function makeSelfExtracting(target: Target, output: string): Promise<void> {
  const { deno } = Deno.version;
  if (target.includes("windows")) {
    throw new ImpossibleHereError("a self-extracting executable needs a POSIX shell", "a POSIX shell");
  }
  if (target !== HERE) {
    throw new ImpossibleHereError(
      `a self-extracting executable for ${target} can be made only on such a machine`,
      target,
    );
  }
  if (!isAtLeast(deno, 2, 9)) {
    throw new ImpossibleHereError(
      `a self-extracting executable needs Deno 2.9 or newer, and this is ${deno}`,
      "Deno 2.9",
    );
  }
  const executable = await pack({
    program: "numsum",
    title: `numsum ${VERSION} for ${target}: a shell script, with Deno ${deno} and the program behind it.`,
    files: [
      ...await bundleProgram(`globalThis[Symbol.for("${PACKED_MARK}")] = true;`),
      { name: "deno", bytes: await Deno.readFile(Deno.execPath()), mode: 0o500 },
    ],
    flags: FLAGS,
  });
  await attempt(`write ${output}`, Deno.writeFile(output, executable.stream()));
  await Deno.chmod(output, 0o755);
}

function isAtLeast(version: string, major: number, minor: number): boolean {
  const [foundMajor = 0, foundMinor = 0] = version.split(".").map(Number);
  return foundMajor > major || (foundMajor === major && foundMinor >= minor);
}
