import type { Transform } from "node:stream";
import {
  BLOCK_HEADER_BYTES,
  blockOf,
  CHECKSUM_BYTES,
  frameHeaderOf,
  frameKindOf,
  littleEndian,
  MAGIC_BYTES,
} from "../pure/zstd_format.ts";
import { ByteReader } from "./byte_reader.ts";
import type { Unpack } from "./gunzip.ts";
import { ZlibEngine } from "./zlib_engine.ts";

/**
 * Loads what unpacks zstd data (RFC 8878) of any number of frames. Deno's own stream takes only the first frame, and
 * data that ends too early for data at its end, so that each frame is given one of its own, block by block.
 *
 * @throws {Error} If this runtime cannot unpack zstd.
 */
export async function loadUnzstd(): Promise<Unpack> {
  const { createZstdDecompress: create } = await import("node:zlib") as { createZstdDecompress?: () => Transform };
  if (!create) throw new Error(`Deno ${Deno.version.deno} cannot unpack zstd data`);
  return async function* unzstd(packed) {
    const reader = new ByteReader(packed);
    for (;;) {
      const magic = await reader.takeUpTo(MAGIC_BYTES);
      if (magic.length === 0) return;
      const kind = magic.length < MAGIC_BYTES ? undefined : frameKindOf(magic);
      if (kind === undefined) throw new Error("something else follows its last frame");
      if (kind === "skippable") {
        await reader.skip(littleEndian(await reader.take(4)));
        continue;
      }
      using engine = new ZlibEngine(create());
      for await (const bytes of frame(reader, magic)) yield* await engine.write(bytes);
      yield* await engine.end();
    }
  };
}

/** The parts of a frame: its header, its blocks, its hash. */
async function* frame(reader: ByteReader, magic: Uint8Array): AsyncGenerator<Uint8Array, void> {
  yield magic;
  const descriptor = await reader.take(1);
  yield descriptor;
  const { moreBytes, hasChecksum } = frameHeaderOf(descriptor[0]!);
  if (moreBytes > 0) yield await reader.take(moreBytes);
  for (let isLast = false; !isLast;) {
    const header = await reader.take(BLOCK_HEADER_BYTES);
    const block = blockOf(header);
    if (!block) throw new Error("a block of it is damaged");
    yield header;
    if (block.bytes > 0) yield await reader.take(block.bytes);
    ({ isLast } = block);
  }
  if (hasChecksum) yield await reader.take(CHECKSUM_BYTES);
}
