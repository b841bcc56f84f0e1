import { assertEquals } from "@std/assert";
import { createXXHash64 } from "hash-wasm";
import { leaseBuffer, Xxh64, xxh64 } from "../lib/kernel/kernel.ts";
import { createRandom } from "./kernel_cases.ts";

const random = createRandom(64);
const bytes = Uint8Array.from({ length: 700_000 }, () => random() * 256);
const below = (n: number) => Math.floor(random() * n);

Deno.test("xxh64() gives the values that the specification's own tests give", () => {
  assertEquals(xxh64(new Uint8Array()).toString(16), "ef46db3751d8e999");
  assertEquals(xxh64(new TextEncoder().encode("abc")).toString(16), "44bc2cf5ad770999");
});

Deno.test("xxh64() agrees with hash-wasm for every length and seed", async () => {
  for (const seed of [0n, 1n, 0x9e3779b185ebca87n, 2n ** 64n - 1n]) {
    const other = await createXXHash64(Number(seed & 0xffffffffn), Number(seed >> 32n));
    for (const length of [...Array(300).keys(), 65_535, 65_536, 262_143, 262_144, 262_145, bytes.length]) {
      const from = below(bytes.length - length + 1);
      const part = bytes.subarray(from, from + length);
      const want = other.init().update(part).digest();
      assertEquals(xxh64(part, seed).toString(16).padStart(16, "0"), want, `${length} bytes, seed ${seed}`);
    }
  }
});

Deno.test("Xxh64 gives the same for every split, in the kernel's memory and out of it", () => {
  const lease = leaseBuffer();
  lease.bytes.set(bytes);
  for (let round = 0; round < 2000; round++) {
    const from = below(1000);
    const to = from + below(round % 100 === 0 ? 600_000 : 300);
    const hash = new Xxh64();
    for (let at = from; at < to;) {
      const next = Math.min(to, at + below(round % 3 === 0 ? 40 : 300_000));
      hash.update((below(2) ? bytes : lease.bytes).subarray(at, next));
      at = next;
    }
    assertEquals(hash.digest(), xxh64(bytes.subarray(from, to)), `bytes ${from} to ${to}`);
  }
  lease.release();
});

Deno.test("Xxh64 goes on after digest(), and begins anew after reset()", () => {
  const hash = new Xxh64(3n);
  hash.update(bytes.subarray(0, 77));
  assertEquals(hash.digest(), xxh64(bytes.subarray(0, 77), 3n));
  assertEquals(hash.digest(), xxh64(bytes.subarray(0, 77), 3n));
  hash.update(bytes.subarray(77, 99));
  assertEquals(hash.digest(), xxh64(bytes.subarray(0, 99), 3n));
  hash.reset();
  assertEquals(hash.digest(), xxh64(new Uint8Array(), 3n));
});

Deno.test("Xxh64 keeps many hashes apart", () => {
  const hashes = Array.from({ length: 50 }, (_, index) => new Xxh64(BigInt(index)));
  for (let at = 0; at < 1000; at += 50) hashes.forEach((hash) => hash.update(bytes.subarray(at, at + 50)));
  hashes.forEach((hash, index) => assertEquals(hash.digest(), xxh64(bytes.subarray(0, 1000), BigInt(index))));
});
