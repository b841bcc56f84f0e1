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
  #pieces: PieceHashes = NO_PIECES;
  /** The hash of the bytes after the last whole piece, and how many they are. */
  readonly #rest = new Xxh64();
  #restBytes = 0;
  readonly #onPiece: ((hash: bigint) => void) | undefined;

  /** @param onPiece Called with the hash of each whole piece. */
  constructor(onPiece?: (hash: bigint) => void) {
    this.#onPiece = onPiece;
  }

  /**
   * Makes the bytes given so far the end of a longer stretch.
   *
   * @param fingerprint The whole stretch's; what follows its last whole piece was the end of the bytes given.
   */
  continue(fingerprint: Fingerprint): void {
    this.#pieces = piecesOf(fingerprint);
  }

  /** Takes the next bytes. */
  update(bytes: Uint8Array): void {
    for (let from = 0; from < bytes.length;) {
      const to = Math.min(bytes.length, from + PIECE_BYTES - this.#restBytes);
      const part = bytes.subarray(from, to);
      from = to;
      if (part.length === PIECE_BYTES) {
        this.#addPiece(xxh64(part));
      } else {
        this.#rest.update(part);
        this.#restBytes += part.length;
        if (this.#restBytes === PIECE_BYTES) this.#endPiece();
      }
    }
  }

  /** The fingerprint of all bytes so far. */
  fingerprint(): Fingerprint {
    return fingerprintOf(this.#pieces, this.#rest.digest());
  }

  #endPiece(): void {
    this.#addPiece(this.#rest.digest());
    this.#rest.reset();
    this.#restBytes = 0;
  }

  #addPiece(piece: bigint): void {
    this.#onPiece?.(piece);
    this.#pieces = addPiece(this.#pieces, piece);
  }
}

/** The part of a fingerprint that covers whole pieces. */
export interface PieceHashes {
  chain: bigint;
  head: bigint;
  last: bigint;
}

const NOTHING = xxh64(new Uint8Array());

/** Of no pieces. */
export const NO_PIECES: PieceHashes = { chain: 0n, head: NOTHING, last: NOTHING };

/** A link of the chain as bytes. */
const link = new BigUint64Array(2);
const linkBytes = new Uint8Array(link.buffer);

/** With one more piece, whose hash this is. */
export function addPiece({ chain, head }: PieceHashes, piece: bigint): PieceHashes {
  link[0] = chain;
  link[1] = piece;
  return { chain: xxh64(linkBytes), head: chain === 0n ? piece : head, last: piece };
}

/** The fingerprint of whole pieces and what follows them, whose hash is `rest`. */
export function fingerprintOf({ chain, head, last }: PieceHashes, rest = NOTHING): Fingerprint {
  return { chain: toHex(chain), head: toHex(head), last: toHex(last), rest: toHex(rest) };
}

/** The part of a fingerprint that covers whole pieces. */
export function piecesOf({ chain, head, last }: Fingerprint): PieceHashes {
  return { chain: fromHex(chain), head: fromHex(head), last: fromHex(last) };
}

/** A hash of 64 bits as 16 hexadecimal digits. */
export function toHex(hash: bigint): string {
  return hash.toString(16).padStart(16, "0");
}

function fromHex(text: string): bigint {
  return BigInt(`0x${text}`);
}
