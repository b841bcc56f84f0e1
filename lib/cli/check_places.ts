import { absolute, basename, dirname, join } from "../disk/paths.ts";
import { UsageError } from "./command.ts";

/**
 * Sees to it that saving replaces nothing but a checkpoint.
 *
 * @param files The inputs, and the file of rejects if there is one.
 * @throws {UsageError} If one of them is the checkpoint, its temporary file or its lock, or if the checkpoint's name is
 * that of another thing than a plain file.
 */
export function checkPlaces(checkpoint: string, files: readonly string[]): void {
  const place = realPath(checkpoint);
  if (isOther(place)) throw new UsageError(`the checkpoint ${checkpoint} is not a plain file`);
  const taken = [place, `${place}.tmp`, `${place}.lock`];
  const clash = files.find((file) => taken.includes(realPath(file)));
  if (clash !== undefined) {
    throw new UsageError(`${clash} would be overwritten with the checkpoint; name another with --checkpoint`);
  }
}

/** Where a path leads through symbolic links; of what is not there yet, where it would be. */
function realPath(path: string): string {
  try {
    return Deno.realPathSync(path);
  } catch { /* what is not there, or cannot be looked at, is said when it is opened */ }
  try {
    return join(Deno.realPathSync(dirname(path)), basename(path));
  } catch {
    return absolute(path);
  }
}

function isOther(path: string): boolean {
  try {
    return !Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}
