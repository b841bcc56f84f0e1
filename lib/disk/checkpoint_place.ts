import { FileError } from "../pure/errors.ts";
import { absolute, basename, dirname, join, relative } from "./paths.ts";

/**
 * Where a path leads in the end, through symbolic links, also when there is no file yet.
 *
 * @throws {FileError} If its folder cannot be found.
 */
export function resolveTarget(path: string): string {
  try {
    let target = absolute(path);
    for (let links = 0; links < 40; links++) {
      const folder = Deno.realPathSync(dirname(target));
      target = join(folder, basename(target));
      const link = readLinkIfThere(target);
      if (link === undefined) return target;
      target = absolute(link, folder);
    }
  } catch (error) {
    throw new FileError(`find the folder of the checkpoint ${path}`, path, error);
  }
  throw new FileError(`follow the checkpoint ${path}`, path, new Error("too many symbolic links"));
}

function readLinkIfThere(path: string): string | undefined {
  try {
    return Deno.lstatSync(path).isSymlink ? Deno.readLinkSync(path) : undefined;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/**
 * An input's name in a checkpoint: its path from the folder in which the checkpoint really is.
 *
 * @throws {FileError} If the input's folder cannot be found.
 */
export function nameFrom(checkpoint: string, input: string): string {
  try {
    const path = absolute(input);
    return toSlashes(relative(dirname(checkpoint), join(Deno.realPathSync(dirname(path)), basename(path))));
  } catch (error) {
    throw new FileError(`find the folder of ${input}`, input, error);
  }
}

/** So that a folder can move from one system to another. */
function toSlashes(path: string): string {
  return Deno.build.os === "windows" ? path.replaceAll("\\", "/") : path;
}
