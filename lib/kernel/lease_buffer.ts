import * as wasm from "./kernel.wasm";

/** Memory that is the holder's own until it is released. */
export interface Lease {
  /** As many bytes each time: room for a block of 1 MiB, a line of 1 MiB and 64 KiB more. */
  bytes: Uint8Array;
  /** Gives the bytes back, which must not be used from then on. A second call does nothing. */
  release(): void;
}

const free = Array.from({ length: wasm.areas() }, (_, index) => wasm.area(index)).reverse();

/**
 * Lends a part of the kernel's memory, where lines are added and bytes hashed without a copy. When all parts are lent,
 * it is ordinary memory of the same size, for which the same functions do, a little slower.
 */
export function leaseBuffer(): Lease {
  const area = free.pop();
  if (area === undefined) return { bytes: new Uint8Array(wasm.areaBytes()), release() {} };
  let held = true;
  return {
    bytes: new Uint8Array(wasm.memory.buffer, area, wasm.areaBytes()),
    release() {
      if (held) free.push(area);
      held = false;
    },
  };
}
