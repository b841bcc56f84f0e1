/**
 * Compressed data for tests.
 *
 * @module
 */
import * as zlib from "node:zlib";
import type { Compression } from "../lib/pure/compression.ts";

const zstdCompressSync = (zlib as unknown as { zstdCompressSync?: (bytes: Uint8Array) => Uint8Array }).zstdCompressSync;

/** A way to compress, with what undoes it. */
export interface Packing {
  name: Compression;
  /** One member or frame. */
  pack(text: string): Uint8Array;
}

const GZIP: Packing = {
  name: "gzip",
  pack: (text) => new Uint8Array(zlib.gzipSync(new TextEncoder().encode(text))),
};

/** Those that this runtime has: older ones have no zstd. */
export const PACKINGS: readonly Packing[] = zstdCompressSync === undefined ? [GZIP] : [GZIP, {
  name: "zstd",
  pack: (text) => new Uint8Array(zstdCompressSync(new TextEncoder().encode(text))),
}];

/** Bytes one after the other. */
export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let end = 0;
  for (const part of parts) {
    joined.set(part, end);
    end += part.length;
  }
  return joined;
}
