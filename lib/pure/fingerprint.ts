import { Xxh64, xxh64 } from "../kernel/kernel.ts";

/** Bytes of one piece of a file that is hashed by itself. */
export const PIECE_BYTES = 64 * 1024;
/** How a fingerprint is made, as the checkpoint names it. */
export const FINGERPRINT_ALGORITHM = "xxh64/64KiB";

/**
 * What identifies the bytes before an offset by their content. The file is cut into aligned pieces of
 * {@linkcode PIECE_BYTES}, each hashed with XXH64, so that the work can go on after a resume, be shared
 * by workers, and be checked at both ends without reading what is between. Each hash is 16 hexadecimal digits.
 */
export interface Fingerprint {
  /** The hashes of all whole pieces, chained: `h(n) = XXH64(h(n-1), piece(n))`, from 0. */
  chain: string;
  /** The hash of the first piece, or of no bytes while it is not whole. */
  head: string;
  /** The hash of the last whole piece, or of no bytes. */
  last: string;
  /** The hash of the bytes after the last whole piece. */
  rest: string;
}

/** Makes the {@linkcode Fingerprint} of bytes that are given to it in order. */
export class Fingerprinter {
  #chain = 0n;
  #head: bigint;
  #last: bigint;
  /** Hash of the bytes after the last whole piece, and how many they are. */
  readonly #rest = new Xxh64();
  #restBytes = 0;

  constructor() {
    this.#head = this.#last = this.#rest.digest();
  }

  /**
   * Makes the bytes given so far the end of a longer stretch.
   *
   * @param fingerprint The whole stretch's; what follows its last whole piece was the end of the bytes given.
   */
  continue(fingerprint: Fingerprint): void {
    this.#chain = fromHex(fingerprint.chain);
    this.#head = fromHex(fingerprint.head);
    this.#last = fromHex(fingerprint.last);
  }

  /** Takes the next bytes. */
  update(bytes: Uint8Array): void {
    for (let from = 0; from < bytes.length;) {
      const to = Math.min(bytes.length, from + PIECE_BYTES - this.#restBytes);
      this.#rest.update(bytes.subarray(from, to));
      this.#restBytes += to - from;
      if (this.#restBytes === PIECE_BYTES) this.#endPiece();
      from = to;
    }
  }

  /** The fingerprint of all bytes so far. */
  fingerprint(): Fingerprint {
    return {
      chain: toHex(this.#chain),
      head: toHex(this.#head),
      last: toHex(this.#last),
      rest: toHex(this.#rest.digest()),
    };
  }

  #endPiece(): void {
    const piece = this.#rest.digest();
    if (this.#chain === 0n) this.#head = piece;
    const link = new BigUint64Array([this.#chain, piece]);
    this.#chain = xxh64(new Uint8Array(link.buffer));
    this.#last = piece;
    this.#rest.reset();
    this.#restBytes = 0;
  }
}

function toHex(hash: bigint): string {
  return hash.toString(16).padStart(16, "0");
}

function fromHex(text: string): bigint {
  return BigInt("0x" + text);
}
