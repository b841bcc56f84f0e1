/**
 * What the kernel, a small WebAssembly module, does many times faster than TypeScript: adding lines, and hashing.
 *
 * @module
 */
import { createAddLines } from "./add_lines_fast.ts";
import * as wasm from "./kernel.wasm";

export { type Lease, leaseBuffer } from "./lease_buffer.ts";
export { chainHash, hashPieces, Xxh64, xxh64 } from "./xxh64.ts";

/** The same as `addLines` of lib/pure, for every input, many times faster. */
export const addLinesFast = createAddLines(wasm);
