/**
 * What must be known of the zstd format (RFC 8878) to find where its frames and blocks end.
 *
 * @module
 */

/** The most bytes of a block, packed or not. */
export const MAX_BLOCK_BYTES = 128 * 1024;
/** Bytes of the number that begins a frame. */
export const MAGIC_BYTES = 4;
/** Bytes before each block. */
export const BLOCK_HEADER_BYTES = 3;
/** Bytes of the hash that may end a frame. */
export const CHECKSUM_BYTES = 4;

/** What kind of frame begins with four bytes. */
export function frameKindOf(magic: Uint8Array): "data" | "skippable" | undefined {
  const number = littleEndian(magic);
  if (number === 0xFD2FB528) return "data";
  return number >= 0x184D2A50 && number <= 0x184D2A5F ? "skippable" : undefined;
}

/** What the first byte of a frame's header says: how many bytes of header follow, and whether a hash ends the frame. */
export function frameHeaderOf(descriptor: number): { moreBytes: number; hasChecksum: boolean } {
  const isSingleSegment = (descriptor & 0x20) !== 0;
  const dictionaryBytes = [0, 1, 2, 4][descriptor & 3]!;
  const sizeBytes = [isSingleSegment ? 1 : 0, 2, 4, 8][descriptor >> 6]!;
  return {
    moreBytes: (isSingleSegment ? 0 : 1) + dictionaryBytes + sizeBytes,
    hasChecksum: (descriptor & 4) !== 0,
  };
}

/** What the header of a block says: how many bytes follow, and whether it ends the frame; `undefined` if it is damaged. */
export function blockOf(header: Uint8Array): { bytes: number; isLast: boolean } | undefined {
  const number = littleEndian(header);
  const [type, size] = [number >> 1 & 3, number >>> 3];
  if (type === 3 || size > MAX_BLOCK_BYTES) return undefined;
  return { bytes: type === 1 ? 1 : size, isLast: (number & 1) === 1 };
}

/** The number that bytes stand for, the lowest first. */
export function littleEndian(bytes: Uint8Array): number {
  return bytes.reduceRight((number, byte) => number * 256 + byte, 0);
}
