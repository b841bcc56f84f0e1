import { assert, assertEquals } from "@std/assert";
import { createAddLines } from "../lib/kernel/add_lines_fast.ts";
import { addLinesFast, leaseBuffer, xxh64 } from "../lib/kernel/kernel.ts";
import * as wasm from "../lib/kernel/kernel.wasm";
import { addLines, emptyTally } from "../lib/pure/add_lines.ts";
import { PLAIN_MARKS } from "../lib/pure/parse_number.ts";
import { createCase, expected, limitCases, outcome } from "./kernel_cases.ts";

const ROUNDS = 5000;
const encode = (text: string) => new TextEncoder().encode(text);

Deno.test("addLinesFast() agrees with addLines() on random lines and splits", () => {
  const seed = Math.floor(Math.random() * 2 ** 31);
  console.log(`the seed is ${seed}`);
  for (let round = 0; round < ROUNDS; round++) {
    const made = createCase(seed + round);
    assertEquals(
      outcome(addLinesFast, made, wasm),
      expected(made),
      `again with: deno run tools/fuzz_kernel.ts ${seed + round} 1`,
    );
  }
});

Deno.test("addLinesFast() agrees with addLines() at the limits", () => {
  for (const made of limitCases()) {
    const want = expected(made);
    assertEquals(outcome(addLinesFast, made, wasm), want);
    assertEquals(outcome(addLinesFast, made), want, "not in the kernel's memory");
  }
});

Deno.test("addLinesFast() takes lines that are not in the kernel's memory, of any length", () => {
  const text = "12.5\n".repeat(200_000) + "8".repeat(300_000) + "\n" + "-3\n".repeat(200_000);
  const bytes = encode(text + "x\n" + text);
  const [fast, reference] = [emptyTally(), emptyTally()];
  assertEquals(addLinesFast(fast, bytes, PLAIN_MARKS), text.length);
  assertEquals(addLines(reference, bytes, PLAIN_MARKS), text.length);
  assertEquals(`${fast.sum} ${fast.count}`, `${reference.sum} ${reference.count}`);
});

Deno.test("addLinesFast() leaves the tally as it was when the first line is bad", () => {
  for (const lead of ["", "-1.5\n"]) {
    const tally = emptyTally();
    const bytes = encode(lead + "x\n7\n");
    assertEquals(addLinesFast(tally, bytes, PLAIN_MARKS), lead.length);
    assertEquals(`${tally.sum} ${tally.count} ${tally.skipped}`, lead ? "-1.5 1 0" : "0 0 0");
  }
});

Deno.test("addLinesFast() lets onBadLine use the kernel", () => {
  const bytes = encode("1\nx\n".repeat(30_000));
  const [inner, outer] = [emptyTally(), emptyTally()];
  let seen = 0;
  addLinesFast(outer, bytes, PLAIN_MARKS, () => {
    if (seen++ % 1000 !== 0) return;
    addLinesFast(inner, encode("5\n1e999\n".repeat(4000)), PLAIN_MARKS);
    xxh64(bytes);
  });
  assertEquals(`${outer.sum} ${outer.count} ${outer.skipped}`, "30000 30000 30000");
  assertEquals(inner.count, 30 * 8000);
});

Deno.test("addLinesFast() never takes a group mark for something else", () => {
  for (const marks of [{ decimal: 46, group: 46 }, { decimal: 95, group: -1 }, { decimal: 46, group: 101 }]) {
    const bytes = encode("1.5\n1_5\n1e3\n1e123\n1.234\n7\n");
    const made = { bytes, marks, parts: [{ to: bytes.length, at: 0 }], poison: 0 };
    assertEquals(outcome(addLinesFast, made, wasm), expected(made));
  }
});

Deno.test("createAddLines() makes functions that do not disturb each other", () => {
  const [first, second] = [createAddLines(wasm), createAddLines(wasm)];
  const [a, b] = [emptyTally(), emptyTally()];
  for (let i = 0; i < 3; i++) {
    first(a, encode("1\n"), PLAIN_MARKS);
    second(b, encode("2.5\n"), PLAIN_MARKS);
  }
  assertEquals(`${a.sum} ${b.sum}`, "3 7.5");
});

Deno.test("addLinesFast() takes as many lines at once as fit into the kernel's memory", () => {
  const lease = leaseBuffer();
  const text = encode("99\n".repeat(Math.floor(lease.bytes.length / 3)));
  lease.bytes.set(text);
  const tally = emptyTally();
  assertEquals(addLinesFast(tally, lease.bytes.subarray(0, text.length), PLAIN_MARKS), text.length);
  assertEquals([tally.count, tally.sum.toString()], [text.length / 3, String(text.length / 3 * 99)]);
  lease.release();
});

Deno.test("leaseBuffer() lends the kernel's memory, and ordinary memory after that", () => {
  const leases = Array.from({ length: wasm.areas() + 1 }, () => leaseBuffer());
  const buffers = leases.map(({ bytes }) => bytes.buffer);
  const size = leases[0]!.bytes.length;
  assert(size >= 2 * 1024 * 1024 + 2);
  assertEquals(leases.map(({ bytes }) => bytes.length), leases.map(() => size));
  assertEquals(buffers.map((buffer) => buffer === wasm.memory.buffer), [true, true, true, false]);
  // none overlaps another
  leases.forEach(({ bytes }, index) => bytes.fill(index));
  leases.forEach(({ bytes }, index) => assert(bytes.every((byte) => byte === index)));

  leases[1]!.release();
  leases[1]!.release();
  const again = [leaseBuffer(), leaseBuffer()];
  assertEquals(again.map(({ bytes }) => bytes.buffer === wasm.memory.buffer), [true, false]);
  assertEquals(again[0]!.bytes.byteOffset, leases[1]!.bytes.byteOffset);
  [...again, ...leases.filter((_, index) => index !== 1)].forEach((lease) => lease.release());
});

Deno.test("leaseBuffer() lends room that can be summed to its last byte", () => {
  const leases = Array.from({ length: wasm.areas() }, () => leaseBuffer());
  for (const { bytes } of leases) {
    bytes.fill(48);
    for (let i = 9; i < bytes.length; i += 10) bytes[i] = 10;
    bytes[bytes.length - 2] = 55;
    bytes[bytes.length - 1] = 10;
    const tally = emptyTally();
    assertEquals(addLinesFast(tally, bytes, PLAIN_MARKS), bytes.length);
    assertEquals(tally.sum.toString(), "7");
  }
  leases.forEach((lease) => lease.release());
});
