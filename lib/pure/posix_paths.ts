/*
 * The five functions on paths that every run needs, as `@std/path/posix` has them. Loading that takes 3 ms of the 20 ms
 * that a run on a one-line file may cost; a test holds these against it.
 */

/** The path without its last part: `.` where there is none before it. */
export function dirname(path: string): string {
  const end = path.replace(/\/+$/, "").lastIndexOf("/");
  if (end < 0) return path.startsWith("/") ? "/" : ".";
  return path.slice(0, end).replace(/\/+$/, "") || "/";
}

/** The path's last part; of the root, the root. */
export function basename(path: string): string {
  const trimmed = path.replace(/\/+$/, "");
  return trimmed.slice(trimmed.lastIndexOf("/") + 1) || path.slice(0, 1);
}

/** A path that leads from a folder on, without `.`, `..` and doubled slashes as far as they can be resolved. */
export function join(folder: string, path: string): string {
  const whole = `${folder}/${path}`;
  return normalize(folder === "" ? path : whole);
}

/** Where a path leads from an absolute folder, without a slash at its end. */
export function resolve(folder: string, path: string): string {
  const whole = normalize(path.startsWith("/") ? path : `${folder}/${path}`);
  return whole.length > 1 && whole.endsWith("/") ? whole.slice(0, -1) : whole;
}

/** How to get from one absolute folder to another path. */
export function relative(from: string, to: string): string {
  const there = parts(to);
  const here = parts(from);
  let common = 0;
  while (common < here.length && here[common] === there[common]) common++;
  return [...here.slice(common).map(() => ".."), ...there.slice(common)].join("/");
}

function normalize(path: string): string {
  const isAbsolute = path.startsWith("/");
  const text = parts(path).join("/");
  const isFolder = path.endsWith("/") && text !== "";
  return `${isAbsolute ? "/" : ""}${text || (isAbsolute ? "" : ".")}${isFolder ? "/" : ""}`;
}

/** The parts of a path, of which only the first of a relative one can be `..`. */
function parts(path: string): string[] {
  const found: string[] = [];
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") found.push(part);
    else if (found.length > 0 && found.at(-1) !== "..") found.pop();
    else if (!path.startsWith("/")) found.push("..");
  }
  return found;
}
