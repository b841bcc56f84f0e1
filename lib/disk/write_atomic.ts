import { FileError } from "../pure/errors.ts";
import { dirname } from "./paths.ts";
import { uninterrupted } from "./uninterrupted.ts";

/** The name of the file that becomes `path` when it is whole. */
export function tempPathOf(path: string): string {
  return `${path}.tmp`;
}

/**
 * A file that takes the place of another once it is whole, so that whatever happens, a power cut included, there is
 * afterwards either the old one or the new one: write a temporary file beside it, sync it, rename it, sync the
 * folder. SQLite's and LevelDB's commits keep that order; "All File Systems Are Not Created Equal" (OSDI 2014) shows
 * what breaks without it.
 *
 * The calls block: half a millisecond, and their order is certain. Disposing of a draft that was not committed
 * removes it, and the old file stays. A failed sync is never tried again on the same draft: the kernel may have
 * dropped the pages (PostgreSQL's "fsyncgate" of 2018).
 */
export class Draft implements Disposable {
  readonly #path: string;
  readonly #temp: string;
  readonly #file: Deno.FsFile;
  #isOpen = true;
  #isThere = true;

  /**
   * @param path What it will replace; not a symbolic link, since `rename` would replace the link.
   * @param options.temp Where it is written; must not exist yet. @default {tempPathOf(path)}
   * @param options.mode Its rights, before the umask. @default {0o666}
   */
  constructor(path: string, { temp = tempPathOf(path), mode = 0o666 }: { temp?: string; mode?: number } = {}) {
    this.#path = path;
    this.#temp = temp;
    this.#file = Deno.openSync(temp, { write: true, createNew: true, mode });
  }

  /** Writes all of `bytes` at its end. */
  write(bytes: Uint8Array): void {
    writeAllSync(this.#file, bytes);
  }

  /** Makes it durable, and puts it in the other's place. */
  commit(): void {
    uninterrupted(() => this.#file.syncSync());
    this.#close();
    Deno.renameSync(this.#temp, this.#path);
    this.#isThere = false;
    syncFolderSync(dirname(this.#path));
  }

  /** Removes it unless it was committed, if it can: why it was not committed is what must be told. */
  [Symbol.dispose](): void {
    this.#close();
    if (!this.#isThere) return;
    try {
      removeIfThereSync(this.#temp);
    } catch { /* the next save does */ }
  }

  #close(): void {
    if (this.#isOpen) this.#file.close();
    this.#isOpen = false;
  }
}

/**
 * Replaces a file by way of a {@linkcode Draft}. The caller vouches that no other process does so at the same time: a
 * temporary file that is there already was left by one that died, and is removed.
 *
 * @throws {FileError} If something that cannot be removed has the temporary file's name.
 * @throws {Error} If another step fails; the old file stays, or if it is the last, the folder's sync, the new one is in
 * its place, and perhaps not durable.
 */
export function writeAtomicSync(path: string, bytes: Uint8Array): void {
  using draft = draftOf(path);
  draft.write(bytes);
  draft.commit();
}

/** As much as any file system gives out at once. */
const TRIAL_BYTES = 4096;

/**
 * Finds out whether {@linkcode writeAtomicSync} can write beside a file, and leaves that as it is. It syncs nothing, so
 * it is quick, and what only shows then, a broken disk, it does not find.
 *
 * @throws As writeAtomicSync does.
 */
export function tryWriteSync(path: string): void {
  using draft = draftOf(path);
  draft.write(new Uint8Array(TRIAL_BYTES));
}

/** A draft under the usual name. Whether that is free is not asked first: to hear that it is costs half a millisecond. */
function draftOf(path: string): Draft {
  const mode = 0o600;
  try {
    return new Draft(path, { mode });
  } catch (error) {
    if (!(error instanceof Deno.errors.AlreadyExists)) throw error;
  }
  removeStale(tempPathOf(path), path);
  return new Draft(path, { mode });
}

function removeStale(temp: string, path: string): void {
  try {
    if (Deno.lstatSync(temp).isDirectory) throw new Error("it is a folder");
    removeIfThereSync(temp);
  } catch (error) {
    throw new FileError(`remove ${temp}, which stands where the checkpoint is first written`, path, error);
  }
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
export function syncFolderSync(path: string): void {
  if (Deno.build.os === "windows") return;
  const folder = Deno.openSync(path);
  try {
    uninterrupted(() => folder.syncSync());
  } finally {
    folder.close();
  }
}
