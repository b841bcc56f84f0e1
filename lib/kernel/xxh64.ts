import type { KernelExports } from "./add_lines_fast.ts";
import * as wasm from "./kernel.wasm";

const memory = new Uint8Array(wasm.memory.buffer);
const pieceHashes = new BigUint64Array(memory.buffer, wasm.pieceHashes(), wasm.maxPieces());

/**
 * The hash XXH64 of bytes that come in parts. Bytes that stand in the kernel's memory are hashed where they
 * are, others are copied there first.
 */
export class Xxh64 {
  readonly #kernel: KernelExports;
  readonly #memory: Uint8Array;
  readonly #seed: bigint;
  /** What the kernel knows of the bytes so far; it stands in the kernel's memory during a call only. */
  readonly #state: Uint8Array;

  /** @param kernel The instance that does the work; there is seldom a reason for another. */
  constructor(seed = 0n, kernel: KernelExports = wasm) {
    this.#kernel = kernel;
    this.#memory = new Uint8Array(kernel.memory.buffer);
    this.#seed = seed;
    this.#state = new Uint8Array(kernel.hashStateBytes());
    this.reset();
  }

  /** Forgets all bytes. */
  reset(): void {
    const at = this.#kernel.hashState();
    this.#kernel.hashBegin(at, this.#seed);
    this.#state.set(this.#memory.subarray(at, at + this.#state.length));
  }

  /** Takes the next bytes. */
  update(bytes: Uint8Array): void {
    const kernel = this.#kernel;
    const at = kernel.hashState();
    this.#memory.set(this.#state, at);
    feed(kernel, this.#memory, at, bytes);
    this.#state.set(this.#memory.subarray(at, at + this.#state.length));
  }

  /** The hash of all bytes since the last {@linkcode Xxh64.reset}. More may follow. */
  digest(): bigint {
    const at = this.#kernel.hashState();
    this.#memory.set(this.#state, at);
    return BigInt.asUintN(64, this.#kernel.hashDigest(at));
  }
}

/** The hash XXH64 of the bytes. */
export function xxh64(bytes: Uint8Array, seed = 0n): bigint {
  const at = wasm.hashState();
  wasm.hashBegin(at, seed);
  feed(wasm, memory, at, bytes);
  return BigInt.asUintN(64, wasm.hashDigest(at));
}

/**
 * Hashes pieces of the same length one after the other, and goes on with a chain of hashes.
 *
 * @param bytes Whole pieces.
 * @param pieceBytes At most 256 KiB.
 * @param chain The link before the first piece's.
 * @param onHashes Is given the hashes of some pieces, which are lent, and the chain's link of the last of them.
 */
export function hashPieces(
  bytes: Uint8Array,
  pieceBytes: number,
  chain: bigint,
  onHashes: (hashes: BigUint64Array, chain: bigint) => void,
): void {
  const most = Math.min(pieceHashes.length, Math.floor(bytesAtOnce(wasm, memory, bytes) / pieceBytes)) * pieceBytes;
  for (let from = 0; from < bytes.length; from += most) {
    const part = bytes.subarray(from, from + most);
    const count = part.length / pieceBytes;
    chain = BigInt.asUintN(64, wasm.hashPieces(placeOf(wasm, memory, part), pieceBytes, count, chain));
    onHashes(pieceHashes.subarray(0, count), chain);
  }
}

/** The next link of a chain: the hash of the link before and another hash, each as 8 bytes, the lowest first. */
export function chainHash(chain: bigint, hash: bigint): bigint {
  return BigInt.asUintN(64, wasm.chainHash(chain, hash));
}

/** Gives bytes to the hash whose state stands in the kernel's memory. */
function feed(kernel: KernelExports, memory: Uint8Array, at: number, bytes: Uint8Array): void {
  const most = bytesAtOnce(kernel, memory, bytes);
  for (let from = 0; from < bytes.length; from += most) {
    const part = bytes.subarray(from, from + most);
    kernel.hashUpdate(at, placeOf(kernel, memory, part), part.length);
  }
}

/** How many of these bytes may be given to {@linkcode placeOf}. */
function bytesAtOnce(kernel: KernelExports, memory: Uint8Array, bytes: Uint8Array): number {
  return bytes.buffer === memory.buffer ? bytes.length : kernel.stageBytes();
}

/** Where the bytes stand in the kernel's memory; those that stand elsewhere are copied there. */
function placeOf(kernel: KernelExports, memory: Uint8Array, bytes: Uint8Array): number {
  if (bytes.buffer === memory.buffer) return bytes.byteOffset;
  const stage = kernel.area(kernel.areas());
  memory.set(bytes, stage);
  return stage;
}
