import * as posix from "../pure/posix_paths.ts";

/** What is used of paths. */
type Paths = typeof posix;

/** The functions for paths of this system. */
export const { basename, dirname, join, relative, resolve }: Paths = Deno.build.os === "windows"
  ? await import("@std/path/windows")
  : posix;

/** A path from the root. */
export function absolute(path: string): string {
  return resolve(Deno.cwd(), path);
}
