/** The key, for `Symbol.for`, of the global variable that self-extracting executables set (see tools/compile/). */
export const PACKED_MARK = "numsum.packed";

/** The answer to `--version`: which program this is, and in which form. */
export function versionText(version: string): string {
  const form = Deno.build.standalone ? "compiled, " : isPacked() ? "self-extracting, " : "";
  return `numsum ${version} (${form}Deno ${Deno.version.deno})\n`;
}

/** The program cannot see this from its surroundings: it is run by `deno`, from a file, as when it is developed. */
function isPacked(): boolean {
  return Reflect.get(globalThis, Symbol.for(PACKED_MARK)) === true;
}
