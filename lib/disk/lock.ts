import { CheckpointHeldError, FileError } from "../pure/errors.ts";
import { uninterrupted } from "./uninterrupted.ts";

/** How long to wait for a lock where the runtime cannot try for one, in milliseconds. */
const PATIENCE_MS = 500;

/** A file that only one process can hold; the kernel frees it when the process dies, however that happens. */
export type Lock = Disposable;

interface TryLock {
  tryLockSync?(exclusive: boolean): boolean;
}

/**
 * Takes the lock file `path`, which is made when missing and never removed.
 *
 * @param checkpoint The name that the errors give.
 * @throws {CheckpointHeldError} If another process holds it.
 * @throws {FileError} If the lock file cannot be opened or locked.
 */
export async function acquireLock(path: string, checkpoint: string): Promise<Lock> {
  for (;;) {
    const file = openLockFile(path, checkpoint);
    try {
      const tried = (file as TryLock).tryLockSync?.(true) ?? await lockWithin(file, PATIENCE_MS);
      if (!tried) throw new CheckpointHeldError(checkpoint);
      if (isStillAt(file, path)) return lockOf(file);
      file.close();
    } catch (error) {
      closeIfOpen(file);
      throw locking(path, checkpoint, error);
    }
  }
}

/**
 * Locks an open file as a whole, until it is closed. Where the runtime cannot try for a lock (Deno before 2.5) this
 * waits until the other process is done.
 *
 * @returns Whether it did; if not, another process has locked it.
 */
export function lockFileSync(file: Deno.FsFile): boolean {
  const { tryLockSync } = file as TryLock;
  if (tryLockSync) return uninterrupted(() => tryLockSync.call(file, true));
  uninterrupted(() => file.lockSync(true));
  return true;
}

/** {@linkcode acquireLock} without awaiting; it locks as {@linkcode lockFileSync} does. */
export function acquireLockSync(path: string, checkpoint: string): Lock {
  for (;;) {
    const file = openLockFile(path, checkpoint);
    try {
      if (!lockFileSync(file)) throw new CheckpointHeldError(checkpoint);
      if (isStillAt(file, path)) return lockOf(file);
      file.close();
    } catch (error) {
      closeIfOpen(file);
      throw locking(path, checkpoint, error);
    }
  }
}

function openLockFile(path: string, checkpoint: string): Deno.FsFile {
  try {
    return Deno.openSync(path, { read: true, write: true, create: true, mode: 0o600 });
  } catch (error) {
    throw new FileError(`open ${path}, the lock of ${checkpoint}`, checkpoint, error);
  }
}

/** What went wrong with a lock file that was opened, in words. */
function locking(path: string, checkpoint: string, error: unknown): Error {
  if (error instanceof CheckpointHeldError) return error;
  return new FileError(`lock ${path}, the lock of ${checkpoint}`, checkpoint, error);
}

/** Waits for the lock no longer than `milliseconds`. A lock that comes later dies with the file. */
async function lockWithin(file: Deno.FsFile, milliseconds: number): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const patience = new Promise<false>((resolve) => timer = setTimeout(() => resolve(false), milliseconds));
  try {
    return await Promise.race([file.lock(true).then(() => true), patience]);
  } finally {
    clearTimeout(timer);
  }
}

/** A file that is still waiting for its lock cannot be closed; the process's end closes it. */
function closeIfOpen(file: Deno.FsFile): void {
  try {
    file.close();
  } catch { /* busy */ }
}

/** Whether the name still means the file that was locked: somebody may have removed it in between. */
function isStillAt(file: Deno.FsFile, path: string): boolean {
  try {
    const held = file.statSync();
    const named = Deno.statSync(path);
    return held.ino === named.ino && held.dev === named.dev;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

function lockOf(file: Deno.FsFile): Lock {
  return { [Symbol.dispose]: () => file.close() };
}
