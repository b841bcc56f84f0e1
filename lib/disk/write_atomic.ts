import { dirname } from "./paths.ts";
import { uninterrupted } from "./uninterrupted.ts";

/** The name of the file that becomes `path` when it is whole. */
export function tempPathOf(path: string): string {
  return `${path}.tmp`;
}

/**
 * Replaces a file so that whatever happens, a power cut included, it is afterwards either the old one or the new
 * one, whole: write a temporary file beside it, sync it, rename it, sync the folder (the order that SQLite's and
 * LevelDB's commits keep; Pillai et al. 2014, "All File Systems Are Not Created Equal", shows what breaks without).
 *
 * The calls block: half a millisecond, and their order is certain.
 *
 * @param path Not a symbolic link: `rename` would replace the link.
 * @throws {Error} If a step fails; the temporary file is removed and the old file stays. A failed sync is never
 * tried again on the same file: the kernel may have dropped the pages (PostgreSQL's "fsyncgate" of 2018).
 */
export function writeAtomicSync(path: string, bytes: Uint8Array): void {
  const temp = tempPathOf(path);
  const file = Deno.openSync(temp, { write: true, createNew: true, mode: 0o600 });
  try {
    try {
      writeAllSync(file, bytes);
      uninterrupted(() => file.syncSync());
    } finally {
      file.close();
    }
    Deno.renameSync(temp, path);
  } catch (error) {
    removeIfThereSync(temp);
    throw error;
  }
  syncFolderSync(dirname(path));
}

/** Removes a file or a symbolic link; that it is not there is fine. */
export function removeIfThereSync(path: string): void {
  try {
    Deno.removeSync(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

/** Writes all of `bytes`: one `write` may take only a part. */
export function writeAllSync(file: { writeSync(bytes: Uint8Array): number }, bytes: Uint8Array): void {
  for (let written = 0; written < bytes.length;) {
    written += uninterrupted(() => file.writeSync(bytes.subarray(written)));
  }
}

/** Makes the names in a folder durable. Windows cannot open folders, and does this by itself. */
function syncFolderSync(path: string): void {
  if (Deno.build.os === "windows") return;
  const folder = Deno.openSync(path);
  try {
    uninterrupted(() => folder.syncSync());
  } finally {
    folder.close();
  }
}
