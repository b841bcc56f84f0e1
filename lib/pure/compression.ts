/** How an input may be compressed. */
export type Compression = "gzip" | "zstd";

const FIRST_BYTES: readonly { format: Compression; bytes: readonly (number | undefined)[] }[] = [
  { format: "gzip", bytes: [0x1F, 0x8B] },
  { format: "zstd", bytes: [0x28, 0xB5, 0x2F, 0xFD] },
  ...Array.from({ length: 16 }, (_, i) => ({
    format: "zstd" as const,
    bytes: [0x50 + i, 0x2A, 0x4D, 0x18], // a frame to be skipped, with which some programs begin
  })),
];

/** The most bytes that are looked at. */
export const COMPRESSION_BYTES = 4;

/** How an input is compressed that begins with these bytes, all that it has or {@linkcode COMPRESSION_BYTES}. */
export function compressionOf(first: Uint8Array): Compression | undefined {
  return FIRST_BYTES.find(({ bytes }) => bytes.every((byte, i) => byte === first[i]))?.format;
}

/** Whether more bytes are needed to say how an input is compressed that begins with these. */
export function mayBeCompressed(first: Uint8Array): boolean {
  return FIRST_BYTES.some(({ bytes }) => first.length < bytes.length && first.every((byte, i) => byte === bytes[i]));
}
