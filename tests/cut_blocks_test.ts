import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { BlockCutter, MIN_BUFFER_BYTES } from "../lib/pure/cut_blocks.ts";
import { MAX_LINE_BYTES } from "../lib/pure/parse_number.ts";
import { checkProperty } from "./property.ts";

/** A block with its bytes copied, for they are lent. */
interface Shown {
  kind: string;
  offset: number;
  bytes: Uint8Array;
}

const buffer = new Uint8Array(MIN_BUFFER_BYTES);
const spare = new Uint8Array(MIN_BUFFER_BYTES);
const encode = (text: string) => new TextEncoder().encode(text);

/** Cuts an input that gives at most so many bytes with each read, over and over; reading ahead changes nothing. */
function cut(input: Uint8Array, reads: readonly number[], blockBytes: number, until?: number, start = 0): Shown[] {
  const cutters = [undefined, spare].map((spare) => {
    return new BlockCutter(buffer.fill(0x39), blockBytes, start, until, undefined, spare?.fill(0x39));
  });
  const [one, ahead] = cutters.map((cutter) => show(cutter, input, reads));
  assert(one!.length === ahead!.length && one!.every((block, i) => isSameBlock(block, ahead![i]!)), "reading ahead");
  return one!;
}

/** What a cutter makes of an input. Where it can, it is given the next bytes before the block is looked at. */
function show(cutter: BlockCutter, input: Uint8Array, reads: readonly number[]): Shown[] {
  const shown: Shown[] = [];
  let at = 0;
  let i = 0;
  const read = (space: Uint8Array) => {
    const part = input.subarray(at, at + Math.min(reads[i++ % reads.length]!, space.length));
    space.set(part);
    at += part.length;
    return part.length === 0 ? null : part.length;
  };
  while (!cutter.ended) {
    const block = cutter.next();
    if (block) {
      const ahead = cutter.spaceAhead();
      const came = ahead && read(ahead);
      shown.push({ ...block, bytes: block.bytes.slice() });
      if (came !== undefined) cutter.took(came);
    } else if (!cutter.ended) {
      cutter.took(read(cutter.space()));
    }
  }
  return shown;
}

function isSameBlock(a: Shown, b: Shown): boolean {
  return a.kind === b.kind && a.offset === b.offset && isSame(a.bytes, b.bytes);
}

/** Checks that blocks are the input, cut at line feeds only, each where it says. */
function checkBlocks(shown: readonly Shown[], input: Uint8Array, start = 0): void {
  let offset = 0;
  for (const [i, block] of shown.entries()) {
    const bytes = input.subarray(offset, offset + block.bytes.length);
    assertEquals([block.offset, isSame(block.bytes, bytes)], [start + offset, true]);
    assert(block.bytes.length > 0, "a block without bytes");
    if (block.kind === "lines") assertEquals(block.bytes.at(-1), 10);
    if (block.kind === "rest") assertEquals([i, block.bytes.includes(10)], [shown.length - 1, false]);
    if (block.kind === "overlong") {
      assert(block.bytes.indexOf(10) === -1 || block.bytes.indexOf(10) === block.bytes.length - 1);
    }
    offset += block.bytes.length;
  }
  assertEquals(offset, input.length);
}

const TEXTS = [
  "",
  "\n",
  "1",
  "1\n",
  "1\n2",
  "\r\n",
  "1\r\n2\r\n",
  "\n\n\n",
  "\r",
  "1\r",
  "12345\n",
  `${"9".repeat(200)}\n7\n`,
  "1\n22\r\n333\n\n4444\r\n55555\n666666\n7",
];

Deno.test("BlockCutter gives the same bytes at the same offsets at every block size and every size of the reads", () => {
  for (const text of TEXTS) {
    const input = encode(text);
    for (let blockBytes = 1; blockBytes <= 64; blockBytes++) {
      for (const read of [1, 2, 3, 7, 64]) checkBlocks(cut(input, [read], blockBytes), input);
    }
  }
});

Deno.test("BlockCutter gives the same lines for any split of any input into reads", () => {
  const text = fc.array(fc.constantFrom("\n", "\n", "\r\n", "1", "22", "-3.5", "\r", " "), { maxLength: 60 });
  checkProperty(
    fc.property(
      text,
      fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }),
      fc.integer({ min: 1, max: 70 }),
      (parts, reads, blockBytes) => {
        const input = encode(parts.join(""));
        checkBlocks(cut(input, reads, blockBytes, undefined, 1000), input, 1000);
      },
    ),
    3000,
  );
});

Deno.test("BlockCutter never splits a CR from its line feed", () => {
  for (let blockBytes = 1; blockBytes <= 8; blockBytes++) {
    for (const { kind, bytes } of cut(encode("1\r\n22\r\n333\r\n"), [1], blockBytes)) {
      assertEquals([kind, bytes.at(-2)], ["lines", 13]);
    }
  }
});

Deno.test("BlockCutter keeps a line up to the limit whole, however it is read", () => {
  for (const read of [4096, 65_536, 1_000_003]) {
    for (const end of ["\n", "\r\n", ""]) {
      const line = new Uint8Array(MAX_LINE_BYTES + end.length).fill(0x37);
      line.set(encode(end), MAX_LINE_BYTES);
      const input = concat(encode("1\n"), line);
      for (const start of [0, 2047]) { // where the buffer begins in the middle, and at the end, of a page
        const shown = cut(input, [read], read, undefined, start);
        checkBlocks(shown, input, start);
        assertEquals(shown.map(({ kind }) => kind).includes("overlong"), false);
      }
    }
  }
});

Deno.test("BlockCutter gives a line beyond the limit in parts, and then goes on", () => {
  const input = new Uint8Array(3 * MAX_LINE_BYTES).fill(0x37);
  const more = concat(encode("1\n"), input, encode("\n2\n3"));
  for (const read of [10_000, 65_536, 1_000_003]) {
    const shown = cut(more, [read], read);
    checkBlocks(shown, more);
    const kinds = shown.map(({ kind }) => kind);
    assertEquals([kinds[0], kinds[1], kinds.at(-2), kinds.at(-1)], ["lines", "overlong", "lines", "rest"]);
    assertEquals(shown.filter(({ kind, bytes }) => kind === "overlong" && bytes.at(-1) === 10).length, 1);
  }
  const unended = cut(more.subarray(0, 2 + input.length), [65_536], 65_536);
  assertEquals(unended.at(-1)!.kind, "overlong");
});

Deno.test("BlockCutter gives just the lines that begin before its end", () => {
  const input = encode("1\n22\n333\n4444\n5");
  const starts = [0, 2, 5, 9, 14];
  for (let until = 0; until <= input.length + 2; until++) {
    for (const blockBytes of [1, 2, 5, 64]) {
      const text = cut(input, [3], blockBytes, until).map(({ bytes }) => new TextDecoder().decode(bytes)).join("");
      const end = starts.find((start) => start >= until) ?? input.length;
      assertEquals([until, text], [until, new TextDecoder().decode(input.subarray(0, end))]);
    }
  }
});

Deno.test("BlockCutter has each read begin half a page further in its buffer's pages than in the file's", () => {
  const line = encode(`${"7".repeat(28)}\n`);
  const inSpare = new Set<boolean>();
  const unaligned = new Uint8Array(MIN_BUFFER_BYTES + 2500).subarray(2500);
  for (const [memory, ahead] of [[buffer, undefined], [buffer, spare], [unaligned, undefined]] as const) {
    const cutter = new BlockCutter(memory, 10_000, 0, undefined, undefined, ahead);
    for (let at = 0; at < 500_000;) {
      const space = cutter.next() ? cutter.spaceAhead() : cutter.space();
      if (!space) continue;
      inSpare.add(space.buffer === spare.buffer);
      assertEquals([at, space.byteOffset % 4096], [at, (at + 2048) % 4096]);
      for (let i = 0; i < space.length; i++) space[i] = line[(at + i) % line.length]!;
      at += space.length;
      cutter.took(space.length);
    }
  }
  assertEquals(inSpare.size, 2);
});

Deno.test("BlockCutter refuses an offset that no file has", () => {
  for (const offset of [-1, -2049, NaN]) {
    assertThrows(() => new BlockCutter(buffer, 64, offset), RangeError, `want an offset from 0, got ${offset}`);
  }
});

Deno.test("BlockCutter refuses a buffer that could not hold the longest line", () => {
  assertThrows(() => new BlockCutter(new Uint8Array(MIN_BUFFER_BYTES - 1), 64, 0), RangeError, "want a buffer");
});

function concat(...parts: Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let end = 0;
  for (const part of parts) {
    bytes.set(part, end);
    end += part.length;
  }
  return bytes;
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
