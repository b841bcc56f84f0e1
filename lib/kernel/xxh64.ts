import type { KernelExports } from "./add_lines_fast.ts";
import * as wasm from "./kernel.wasm";

const memory = new Uint8Array(wasm.memory.buffer);

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

/** Gives bytes to the hash whose state stands in the kernel's memory. */
function feed(kernel: KernelExports, memory: Uint8Array, at: number, bytes: Uint8Array): void {
  if (bytes.buffer === memory.buffer) return kernel.hashUpdate(at, bytes.byteOffset, bytes.length);
  const stage = kernel.area(kernel.areas());
  const stageBytes = kernel.stageBytes();
  for (let from = 0; from < bytes.length; from += stageBytes) {
    const part = bytes.subarray(from, from + stageBytes);
    memory.set(part, stage);
    kernel.hashUpdate(at, stage, part.length);
  }
}
