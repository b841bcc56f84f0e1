/** A file of an archive. */
export interface ArchiveFile {
  /** At most 100 characters of ASCII. */
  name: string;
  bytes: Uint8Array<ArrayBuffer>;
  /** Permissions, as 0o500. */
  mode: number;
}

/** The unit of a tar archive, in bytes. */
const BLOCK = 512;

/**
 * Makes a tar archive (POSIX ustar) that any `tar` unpacks. It names no time and no owner, so the same files give the
 * same bytes.
 */
export function tar(files: readonly ArchiveFile[]): Blob {
  const end = new Uint8Array(2 * BLOCK);
  return new Blob([...files.flatMap((file) => [header(file), file.bytes, padding(file.bytes.length)]), end]);
}

function padding(length: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array((BLOCK - length % BLOCK) % BLOCK);
}

function header({ name, bytes, mode }: ArchiveFile): Uint8Array<ArrayBuffer> {
  const block = new Uint8Array(BLOCK);
  const put = (at: number, text: string) => block.set(new TextEncoder().encode(text), at);
  const octal = (at: number, digits: number, value: number) => put(at, value.toString(8).padStart(digits, "0"));
  put(0, name);
  octal(100, 7, mode);
  octal(108, 7, 0); // owner
  octal(116, 7, 0); // group
  octal(124, 11, bytes.length);
  octal(136, 11, 0); // time
  put(148, " ".repeat(8)); // the checksum counts as blanks in its own sum
  put(156, "0"); // a plain file
  put(257, "ustar\x0000");
  octal(148, 6, block.reduce((sum, byte) => sum + byte, 0));
  put(154, "\0 ");
  return block;
}
