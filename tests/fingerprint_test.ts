import { assertEquals, assertNotEquals } from "@std/assert";
import { createXXHash64 } from "hash-wasm";
import { leaseBuffer } from "../lib/kernel/kernel.ts";
import { type Fingerprint, FINGERPRINT_ALGORITHM, Fingerprinter, PIECE_BYTES } from "../lib/pure/fingerprint.ts";

const hasher = await createXXHash64();
const hash = (bytes: Uint8Array) => hasher.init().update(bytes).digest("hex");

/** Bytes that are all unlike each other's neighbours, and the same each time. */
function bytesOf(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, i) => i * i * 31 + (i >> 8) * 7 + (i >> 16) * 13);
}

/** The fingerprint by its definition, with another implementation of XXH64. */
function expected(bytes: Uint8Array): Fingerprint {
  const none = hash(new Uint8Array());
  const whole = Math.floor(bytes.length / PIECE_BYTES);
  const pieces = Array.from({ length: whole }, (_, i) => hash(bytes.subarray(i * PIECE_BYTES, (i + 1) * PIECE_BYTES)));
  const chain = pieces.reduce((chain, piece) => {
    const link = new DataView(new ArrayBuffer(16));
    link.setBigUint64(0, BigInt(`0x${chain}`), true);
    link.setBigUint64(8, BigInt(`0x${piece}`), true);
    return hash(new Uint8Array(link.buffer));
  }, "0".repeat(16));
  return {
    chain,
    head: pieces[0] ?? none,
    last: pieces.at(-1) ?? none,
    rest: hash(bytes.subarray(whole * PIECE_BYTES)),
  };
}

function fingerprintOf(bytes: Uint8Array, step = bytes.length): Fingerprint {
  const fingerprinter = new Fingerprinter();
  for (let from = 0; from < bytes.length; from += step) fingerprinter.update(bytes.subarray(from, from + step));
  return fingerprinter.fingerprint();
}

const LENGTHS = [0, 1, 1000, PIECE_BYTES - 1, PIECE_BYTES, PIECE_BYTES + 1, 2 * PIECE_BYTES, 3 * PIECE_BYTES + 12_345];

Deno.test("Fingerprinter agrees with its definition and another XXH64", () => {
  for (const length of LENGTHS) assertEquals(fingerprintOf(bytesOf(length)), expected(bytesOf(length)), `${length}`);
});

Deno.test("the algorithm is named by what it is, and is the same for ever", () => {
  assertEquals([FINGERPRINT_ALGORITHM, PIECE_BYTES], ["xxh64/64KiB", 65_536]);
  assertEquals(fingerprintOf(bytesOf(3 * 65_536 + 12_345)), {
    chain: "e9519f5237d8ae7b",
    head: "85cf54ab1f7ac79f",
    last: "e2790d1d17a625eb",
    rest: "17fb65daa103e3cc",
  });
});

Deno.test("Fingerprinter gives the same whatever parts the bytes come in", () => {
  const bytes = bytesOf(3 * PIECE_BYTES + 12_345);
  for (const step of [997, PIECE_BYTES - 1, PIECE_BYTES, PIECE_BYTES + 1, 5 * PIECE_BYTES]) {
    assertEquals(fingerprintOf(bytes, step), expected(bytes), `${step}`);
  }
});

Deno.test("Fingerprinter gives the same of bytes in the kernel's memory, and tells the hash of each piece", () => {
  const lease = leaseBuffer(); // room for more pieces than are hashed at once
  const bytes = bytesOf(lease.bytes.length);
  lease.bytes.set(bytes);
  for (const cut of [0, 1, 1000, PIECE_BYTES, PIECE_BYTES + 1, bytes.length]) {
    const hashes: bigint[] = [];
    const fingerprinter = new Fingerprinter((some) => hashes.push(...some));
    for (const part of [lease.bytes.subarray(0, cut), lease.bytes.subarray(cut)]) fingerprinter.update(part);
    assertEquals(fingerprinter.fingerprint(), expected(bytes), `${cut}`);
    const pieces = Array.from({ length: Math.floor(bytes.length / PIECE_BYTES) }, (_, i) => i * PIECE_BYTES);
    assertEquals(
      hashes.map((piece) => piece.toString(16).padStart(16, "0")),
      pieces.map((from) => hash(bytes.subarray(from, from + PIECE_BYTES))),
      `${cut}`,
    );
  }
  lease.release();
});

Deno.test("Fingerprinter goes on from a fingerprint and the bytes after its last whole piece", () => {
  const bytes = bytesOf(4 * PIECE_BYTES + 99);
  for (const length of LENGTHS.slice(1)) {
    const fingerprinter = new Fingerprinter();
    fingerprinter.update(bytes.subarray(length - length % PIECE_BYTES, length));
    fingerprinter.continue(expected(bytes.subarray(0, length)));
    assertEquals(fingerprinter.fingerprint(), expected(bytes.subarray(0, length)), `${length}`);
    fingerprinter.update(bytes.subarray(length));
    assertEquals(fingerprinter.fingerprint(), expected(bytes), `${length}`);
  }
});

Deno.test("Fingerprinter tells a change of any one byte, also when asked in between", () => {
  const bytes = bytesOf(2 * PIECE_BYTES + 100);
  const fingerprint = fingerprintOf(bytes);
  for (const at of [0, 1, PIECE_BYTES - 1, PIECE_BYTES, 2 * PIECE_BYTES - 1, 2 * PIECE_BYTES, bytes.length - 1]) {
    const changed = bytes.slice();
    changed[at]! ^= 1;
    assertNotEquals(fingerprintOf(changed), fingerprint, `${at}`);
  }
  const fingerprinter = new Fingerprinter();
  for (let i = 0; i < bytes.length; i += 1000) {
    fingerprinter.update(bytes.subarray(i, i + 1000));
    fingerprinter.fingerprint();
  }
  assertEquals(fingerprinter.fingerprint(), fingerprint);
});
