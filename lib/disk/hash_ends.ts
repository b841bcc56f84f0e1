import { Xxh64 } from "../kernel/kernel.ts";
import { becameShorter } from "../pure/errors.ts";
import { PIECE_BYTES, toHex } from "../pure/fingerprint.ts";
import type { OpenInput } from "./open_input.ts";
import { readRangeSync } from "./read_blocks.ts";

/**
 * What tells one version of a file from another at little cost: XXH64 of its first and its last 64 KiB, or of all of
 * it twice where it is shorter, as 16 hexadecimal digits.
 *
 * @param size The file's size in bytes when it was opened.
 * @param buffer At least 64 KiB, which are overwritten.
 * @throws {FileError} If the file has become shorter.
 */
export function hashEndsSync(file: OpenInput, size: number, buffer: Uint8Array): string {
  const hash = new Xxh64();
  const length = Math.min(size, PIECE_BYTES);
  for (const from of [0, size - length]) {
    let read = 0;
    for (const bytes of readRangeSync(file, { from, to: from + length }, buffer)) {
      hash.update(bytes);
      read += bytes.length;
    }
    if (read < length) throw becameShorter(file.path);
  }
  return toHex(hash.digest());
}
