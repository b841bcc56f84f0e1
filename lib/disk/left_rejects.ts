import { Xxh64 } from "../kernel/kernel.ts";
import { toHex } from "../pure/fingerprint.ts";
import type { RejectsPlace } from "../pure/state.ts";

const LF = 10;

/**
 * Sees to it that a file is what this program left there.
 *
 * @param places What the states say of it.
 * @throws {Error} If it is not, which says how.
 */
export function requireUnchanged(file: Deno.FsFile, size: number, places: readonly RejectsPlace[]): void {
  const killed = places.filter((place) => place.size === undefined);
  const lengthOf = (place: RejectsPlace) => place.size ?? place.bytes;
  // of a run that was killed, the state says most that was saved last
  const last = (killed.length > 0 ? killed : places).reduce((a, b) => lengthOf(b) > lengthOf(a) ? b : a);
  const length = lengthOf(last);
  if (size < length || last.size !== undefined && size > length) {
    throw new Error(`it has ${size} bytes, and had ${length} when the last run ended; name another`);
  }
  if (toHex(readBeginning(file, length).hash.digest()) !== last.hash) {
    throw new Error("somebody else has changed it since the last run; name another");
  }
}

/** So many bytes at a file's begin. */
export interface Beginning {
  bytes: number;
  hash: Xxh64;
  lines: number;
}

/** Reads a file from its begin, as far as it goes. */
export function readBeginning(file: Deno.FsFile, bytes: number): Beginning {
  const hash = new Xxh64();
  const buffer = new Uint8Array(64 * 1024);
  let lines = 0;
  file.seekSync(0, Deno.SeekMode.Start);
  for (let left = bytes; left > 0;) {
    const read = file.readSync(buffer.subarray(0, Math.min(left, buffer.length)));
    if (read === null) break;
    const part = buffer.subarray(0, read);
    hash.update(part);
    for (const byte of part) if (byte === LF) lines++;
    left -= read;
  }
  return { bytes, hash, lines };
}
