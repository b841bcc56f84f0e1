import { mustRun, shell } from "./command.ts";

/** A change to a file of the program: a mistake that the harness must find. */
export interface Mutation {
  /** The file's path in the source tree. */
  file: string;
  /** What stands there, just once, and what takes its place. */
  replacements: readonly { from: string; to: string }[];
}

/**
 * Copies the program's source, so that what is tested stays the same while the harness runs, and so that a mistake
 * can be planted in it.
 *
 * @throws {Error} If the mutation does not fit the source as it is now.
 */
export async function copySourceTree(into: string, mutation?: Mutation): Promise<void> {
  const root = decodeURIComponent(new URL("../../", import.meta.url).pathname);
  await Deno.mkdir(into, { recursive: true });
  await mustRun(["cp", "-R", "deno.json", "main.ts", "lib", "types", into], root);
  await shell('cp deno.lock "$1"', [into], root); // not every checkout has one
  if (!mutation) return;
  const path = `${into}/${mutation.file}`;
  let source = await Deno.readTextFile(path);
  for (const { from, to } of mutation.replacements) {
    const found = source.split(from).length - 1;
    if (found !== 1) throw new Error(`${mutation.file} has ${found} places, not 1, to plant a mistake at:\n${from}`);
    source = source.replace(from, () => to);
  }
  await Deno.writeTextFile(path, source);
}
