import type { FileHints } from "../pure/state.ts";

/**
 * A file changed this shortly before the look at it may be changed again without its times showing it: FAT keeps
 * them to two seconds, and most others to a tick of the kernel's clock (Git calls such entries "racily clean").
 */
const CERTAIN_AFTER_MS = 2000;

/** What the file system says of a file at `now`, in milliseconds since 1970; a time that proves nothing is `null`. */
export function fileHints(info: Deno.FileInfo, now: number): FileHints {
  // each by its own age: a file may be new here, and have an old time of modification from where it was copied
  const settled = (time: Date | null) => time && now - time.getTime() > CERTAIN_AFTER_MS ? time.toISOString() : null;
  return {
    device: exact(info.dev) || null,
    inode: exact(info.ino),
    size: info.size,
    modified: settled(info.mtime),
    changed: settled(info.ctime),
  };
}

/** A number that JSON keeps exactly; some file systems have inodes beyond 2^53. */
function exact(value: number | null): number | null {
  return Number.isSafeInteger(value) ? value : null;
}
