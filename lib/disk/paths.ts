import * as posix from "../pure/posix_paths.ts";

/** What is used of paths. */
type Paths = typeof posix;

/** The functions for paths of this system. */
export const { basename, dirname, join, relative, resolve }: Paths = Deno.build.os === "windows"
  ? await import("@std/path/windows")
  : posix;

/**
 * A path that leads where the system would go: in `link/../a.txt`, to what is beside the folder that the link leads to.
 * Deno, left to itself, opens `a.txt`, and only on Windows so does everybody else.
 *
 * @param folder Where it leads from, without a detour.
 * @throws {Deno.errors.NotFound} If what a `..` follows is not there.
 */
export function straight(path: string, folder = "."): string {
  const parts = path.split("/").filter((part) => part !== "" && part !== ".");
  const firstName = parts.findIndex((part) => part !== "..");
  if (Deno.build.os === "windows" || firstName < 0 || !parts.includes("..", firstName)) return path;
  let way = path.startsWith("/") ? "" : folder;
  for (const part of parts) way = part === ".." ? dirname(Deno.realPathSync(`${way}/`)) : `${way}/${part}`;
  return way;
}

/**
 * A path from the root.
 *
 * @throws {Deno.errors.NotFound} As {@linkcode straight} does.
 */
export function absolute(path: string, folder: string = Deno.cwd()): string {
  return resolve(folder, straight(path, folder));
}
