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
    for await (const { bytes, isLast } of holdZeros(packed)) {
      yield* await engine.write(bytes);
      if (!engine.hasEnded) continue;
      if (isLast) return;
      throw new Error("something else follows the zeros behind its end");
    }
    yield* await engine.end();
  };
}

/**
 * Gives bytes on, the zeros at their end by themselves. At a zero behind a member, zlib takes all that it was given
 * for padding, whatever comes after it.
 */
async function* holdZeros(packed: AsyncIterable<Uint8Array>): AsyncGenerator<{ bytes: Uint8Array; isLast: boolean }> {
  let held = 0;
  function* release(isLast: boolean) {
    for (; held > 0; held -= Math.min(held, ZEROS.length)) yield { bytes: ZEROS.subarray(0, held), isLast };
  }
  for await (const bytes of packed) {
    const end = bytes.findLastIndex((byte) => byte !== 0) + 1;
    if (end > 0) {
      yield* release(false);
      yield { bytes: bytes.subarray(0, end), isLast: false };
    }
    held += bytes.length - end;
  }
  yield* release(true);
}
