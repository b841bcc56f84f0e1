/** The system calls that a run is killed before, or that are made to fail, each with the errors that it may meet. */
export const SYSTEM_CALLS: Readonly<Record<string, readonly string[]>> = {
  openat: ["ENOSPC", "EIO", "EDQUOT", "EROFS", "EACCES", "EMFILE", "EINTR"],
  read: ["EIO", "EINTR"],
  write: ["ENOSPC", "EIO", "EDQUOT", "EINTR"],
  fsync: ["ENOSPC", "EIO", "EDQUOT", "EINTR"],
  fdatasync: ["ENOSPC", "EIO", "EDQUOT", "EINTR"],
  ftruncate: ["EIO", "EINTR"],
  rename: ["ENOSPC", "EIO", "EDQUOT", "EROFS", "EACCES"],
  flock: ["EIO", "ENOLCK", "EINTR"],
  unlink: ["EIO", "EROFS", "EACCES"],
  close: ["EIO", "EINTR"],
  statx: ["EIO", "EACCES"],
  fcntl: [], // the runtime's own start-up does not survive it
};

/** What a run is made to meet at one of its system calls. */
export interface Injection {
  call: string;
  /** Which of the calls of that name, from 1. strace counts for each thread by itself. */
  when: number;
  /** An error's name, or a death. */
  fault: string | "SIGKILL";
  /** Whether all calls after it meet the same. */
  lasting: boolean;
  /** Counts only the calls for this path, unless it is `undefined`. */
  path?: string | undefined;
}

/** The injection in strace's words. */
export function toStrace({ call, when, fault, lasting }: Injection): string {
  const kind = fault === "SIGKILL" ? "signal" : "error";
  return `${call}:${kind}=${fault}:when=${when}${lasting ? "+" : ""}`;
}

/** The injection in a reader's words. */
export function describeInjection({ call, when, fault, lasting }: Injection): string {
  return fault === "SIGKILL"
    ? `killed before ${call} ${when}`
    : `${fault} at ${call} ${when}${lasting ? " and on" : ""}`;
}
