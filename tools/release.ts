/**
 * Makes the executables for all platforms, and their checksums: `deno task release`.
 *
 * They are in `dist/`, with SHA256SUMS for `sha256sum --check`. Where a runtime cannot be downloaded, the platform of
 * this machine gets a self-extracting one, and the others are named as missing; then the exit code is 1, since a release is
 * for all platforms, but what could be made stays.
 *
 * @module
 */
import { BuildError } from "./compile/build_error.ts";
import { type Made, makeExecutable } from "./compile/make_executable.ts";
import { sha256 } from "./compile/pack.ts";
import { ROOT, TARGETS } from "./compile/program.ts";

const DIST = new URL("dist/", ROOT);
const SUMS = "SHA256SUMS";

await Deno.mkdir(DIST, { recursive: true });
Deno.chdir(DIST);
for await (const { name } of Deno.readDir(".")) {
  if (name === SUMS || name.startsWith("numsum-")) await Deno.remove(name);
}

const sums: string[] = [];
const missing: string[] = [];
for (const target of TARGETS) {
  try {
    const made = await makeExecutable({ target, output: `numsum-${target}`, kind: "auto" });
    sums.push(`${await sha256(new Blob([await Deno.readFile(made.path)]))}  ${made.path}\n`);
    console.error(`release: made dist/${describe(made)}`);
  } catch (error) {
    if (!(error instanceof BuildError)) throw error;
    missing.push(target);
    console.error(`release: nothing for ${target}: ${error.message}.`);
  }
}
await Deno.writeTextFile(SUMS, sums.join(""));
console.error(`release: ${sums.length} of ${TARGETS.length} made; their sums are in dist/${SUMS}`);
if (missing.length > 0) Deno.exit(1);

function describe({ path, kind, bytes, reason }: Made): string {
  return `${path}, ${kind}, ${(bytes / 1e6).toFixed(1)} MB${reason === undefined ? "" : ` (${reason})`}`;
}
