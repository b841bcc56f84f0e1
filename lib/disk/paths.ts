import { basename as posixBasename } from "@std/path/posix/basename";
import { dirname as posixDirname } from "@std/path/posix/dirname";
import { join as posixJoin } from "@std/path/posix/join";
import { relative as posixRelative } from "@std/path/posix/relative";
import { resolve as posixResolve } from "@std/path/posix/resolve";

/** What is used of `@std/path`, whose npm build has no types. */
interface Paths {
  basename(path: string): string;
  dirname(path: string): string;
  join(...paths: string[]): string;
  relative(from: string, to: string): string;
  resolve(...paths: string[]): string;
}

const posix: Paths = {
  basename: posixBasename,
  dirname: posixDirname,
  join: posixJoin,
  relative: posixRelative,
  resolve: posixResolve,
};

/**
 * `@std/path` of this system. The part of it that chooses by itself asks `process` for the system, which costs 18 ms
 * of start-up in Deno 2.9.
 */
export const { basename, dirname, join, relative, resolve }: Paths = Deno.build.os === "windows"
  ? await import("@std/path/windows")
  : posix;

/** A path from the root. `resolve` alone would ask `process` for the current folder, which costs 13 ms. */
export function absolute(path: string): string {
  return resolve(Deno.cwd(), path);
}
