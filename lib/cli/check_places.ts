import { absolute } from "../disk/paths.ts";
import { UsageError } from "./usage_error.ts";

/**
 * Sees to it that saving replaces nothing but a checkpoint.
 *
 * @param files The inputs, and the file of rejects if there is one.
 * @throws {UsageError} If one of them is the checkpoint, its temporary file or its lock, or if the checkpoint's name is
 * that of another thing than a plain file.
 */
export function checkPlaces(checkpoint: string, files: readonly string[]): void {
  if (lookAt(checkpoint)?.isFile === false) throw new UsageError(`the checkpoint ${checkpoint} is not a plain file`);
  const taken = [checkpoint, `${checkpoint}.tmp`, `${checkpoint}.lock`].map(identify);
  const clash = files.find((file) => taken.includes(identify(file)));
  if (clash === undefined) return;
  throw new UsageError(`${clash} would be overwritten with the checkpoint; name another with --checkpoint`);
}

/** What is the same for two names of one file. */
function identify(path: string): string {
  const info = lookAt(path);
  return info?.ino ? `${info.dev}:${info.ino}` : absolute(path);
}

function lookAt(path: string): Deno.FileInfo | undefined {
  try {
    return Deno.statSync(path);
  } catch {
    return undefined; // what is not there, or cannot be looked at, is said when it is opened
  }
}
