import { chainHash, hashPieces, Xxh64, xxh64 } from "../kernel/kernel.ts";

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
  readonly #onPieces: ((hashes: BigUint64Array) => void) | undefined;

  /** @param onPieces Called with the hashes of the next whole pieces; they are lent. */
  constructor(onPieces?: (hashes: BigUint64Array) => void) {
    this.#onPieces = onPieces;
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
    const ended = Math.min(bytes.length, (PIECE_BYTES - this.#restBytes) % PIECE_BYTES);
    const begun = bytes.length - (bytes.length - ended) % PIECE_BYTES;
    this.#takeRest(bytes.subarray(0, ended));
    const pieces = bytes.subarray(ended, begun);
    hashPieces(pieces, PIECE_BYTES, this.#pieces.chain, (hashes, chain) => this.#takeHashes(hashes, chain));
    this.#takeRest(bytes.subarray(begun));
  }

  /** The fingerprint of all bytes so far. */
  fingerprint(): Fingerprint {
    return fingerprintOf(this.#pieces, this.#rest.digest());
  }

  /** Takes bytes of one piece. */
  #takeRest(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.#rest.update(bytes);
    this.#restBytes += bytes.length;
    if (this.#restBytes < PIECE_BYTES) return;
    const piece = this.#rest.digest();
    this.#rest.reset();
    this.#restBytes = 0;
    this.#takeHashes(BigUint64Array.of(piece), chainHash(this.#pieces.chain, piece));
  }

  #takeHashes(hashes: BigUint64Array, chain: bigint): void {
    const { chain: before, head } = this.#pieces;
    this.#pieces = { chain, head: before === 0n ? hashes[0]! : head, last: hashes.at(-1)! };
    this.#onPieces?.(hashes);
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

/** With one more piece, whose hash this is. */
export function addPiece({ chain, head }: PieceHashes, piece: bigint): PieceHashes {
  return { chain: chainHash(chain, piece), head: chain === 0n ? piece : head, last: piece };
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
