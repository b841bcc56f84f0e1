import { ZlibEngine } from "./zlib_engine.ts";

/** Bytes of output that are made at once. */
const CHUNK_BYTES = 256 * 1024;
const ZEROS = new Uint8Array(4096);

/** Turns compressed bytes, each stretch of them lent until the next, into what they unpack to. */
export type Unpack = (packed: AsyncIterable<Uint8Array>) => AsyncGenerator<Uint8Array, void>;

/** Loads what unpacks gzip data (RFC 1952) of any number of members; zeros may follow the last one, as on tapes. */
export async function loadGunzip(): Promise<Unpack> {
  const { createGunzip } = await import("node:zlib");
  return async function* gunzip(packed) {
    using engine = new ZlibEngine(createGunzip({ chunkSize: CHUNK_BYTES }));
    for await (const { bytes, isLast } of splitAtZeros(packed)) {
      yield* await engine.write(bytes);
      if (!engine.hasEnded) continue;
      if (isLast) return;
      throw new Error("something else follows the zeros behind its end");
    }
    yield* await engine.end();
  };
}

/**
 * Gives bytes on, with each run of zeros by itself, and says which is the last. At a zero behind a member, zlib takes
 * for padding whatever it was given with it, and older versions of Deno do not tell.
 */
async function* splitAtZeros(
  packed: AsyncIterable<Uint8Array>,
): AsyncGenerator<{ bytes: Uint8Array; isLast: boolean }> {
  let held = 0;
  function* release(isLast: boolean) {
    for (; held > 0; held -= Math.min(held, ZEROS.length)) yield { bytes: ZEROS.subarray(0, held), isLast };
  }
  for await (const bytes of packed) {
    for (let at = 0; at < bytes.length;) {
      if (bytes[at] === 0) {
        held++;
        at++;
      } else {
        yield* release(false);
        const end = endBeforeZeros(bytes, at);
        yield { bytes: bytes.subarray(at, end), isLast: false };
        at = end;
      }
    }
  }
  yield* release(true);
}

/** Where a run of zeros begins that is longer than one or at the end of the bytes; or that end. */
function endBeforeZeros(bytes: Uint8Array, from: number): number {
  for (let at = from;;) {
    const zero = bytes.indexOf(0, at);
    if (zero < 0) return bytes.length;
    if (zero + 1 === bytes.length || bytes[zero + 1] === 0) return zero;
    at = zero + 1;
  }
}
