import { assert, assertEquals, assertRejects } from "@std/assert";
import { InputFile } from "../lib/disk/input_file.ts";
import { readBlocks, readBlocksSync, readRange, readRangeSync } from "../lib/disk/read_blocks.ts";
import { type Block, BlockCutter, MIN_BUFFER_BYTES } from "../lib/pure/cut_blocks.ts";
import { lacks } from "./granted.ts";
import { tempFolder } from "./temp_folder.ts";

const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

/** A source that gives at most `step` bytes with each read. */
class Trickle {
  #left: Uint8Array;
  readonly #step: number;

  constructor(text: string, step: number) {
    this.#left = new TextEncoder().encode(text);
    this.#step = step;
  }

  readSync(into: Uint8Array): number | null {
    if (this.#left.length === 0) return null;
    const part = this.#left.subarray(0, Math.min(this.#step, into.length));
    into.set(part);
    this.#left = this.#left.subarray(part.length);
    return part.length;
  }

  async read(into: Uint8Array): Promise<number | null> {
    return await Promise.resolve(this.readSync(into));
  }
}

type Shown = [kind: Block["kind"], text: string, offset: number];

const show = ({ kind, bytes, offset }: Block): Shown => [kind, decode(bytes), offset];

async function blocksOf(text: string, step: number, blockBytes: number, offset = 0): Promise<Shown[]> {
  const cutter = () => new BlockCutter(new Uint8Array(MIN_BUFFER_BYTES), blockBytes, offset);
  const found: Shown[] = [];
  for await (const block of readBlocks(new Trickle(text, step), cutter())) found.push(show(block));
  const ahead: Shown[] = [];
  const spare = new Uint8Array(MIN_BUFFER_BYTES);
  const twoBuffers = new BlockCutter(new Uint8Array(MIN_BUFFER_BYTES), blockBytes, offset, undefined, undefined, spare);
  for await (const block of readBlocks(new Trickle(text, step), twoBuffers)) ahead.push(show(block));
  assertEquals(ahead, found, "reading ahead gives something else");
  const plain: Shown[] = [];
  for (const block of readBlocksSync(new Trickle(text, step), cutter())) plain.push(show(block));
  assertEquals(plain, found, "the twins differ");
  return found;
}

Deno.test("readBlocks() gives whole lines and where they are, whatever the reads give", async () => {
  const text = "1\n22\n333\n\n4444\r\n55555\n6";
  for (const step of [1, 2, 3, 7, 100]) {
    for (const blockBytes of [1, 2, 5, 8, 100]) {
      const blocks = await blocksOf(text, step, blockBytes, 1000);
      assertEquals(blocks.map(([, bytes]) => bytes).join(""), text);
      let offset = 1000;
      for (const [kind, bytes, at] of blocks) {
        assertEquals(at, offset);
        assert(kind === "rest" ? bytes === "6" : kind === "lines" && bytes.endsWith("\n"), bytes);
        offset += bytes.length;
      }
      assertEquals(blocks.filter(([kind]) => kind === "rest").length, 1);
    }
  }
});

Deno.test("readBlocks() gives nothing of nothing", async () => {
  assertEquals(await blocksOf("", 10, 10), []);
});

Deno.test("readBlocks() asks for no more bytes than a block has, but for a longer line", async () => {
  const text = "123\n".repeat(10) + "1".repeat(20) + "\n" + "123\n".repeat(10);
  const sizes = (await blocksOf(text, 100, 10)).map(([, bytes]) => bytes.length);
  assertEquals(sizes.filter((size) => size > 10).length, 1);
  assert(Math.max(...sizes) <= 21 + 10);
});

Deno.test("readBlocks() reads ahead where it can, tells an error when its turn comes, and waits when it is left", async () => {
  const log: string[] = [];
  const pending = Promise.withResolvers<number | null>();
  const reads = [() => Promise.resolve(4), () => pending.promise];
  const source = {
    read(into: Uint8Array): Promise<number | null> {
      log.push("read");
      into.set(new TextEncoder().encode("1\n2\n"));
      return reads[log.filter((entry) => entry === "read").length - 1]!();
    },
  };
  const buffers = [new Uint8Array(MIN_BUFFER_BYTES), new Uint8Array(MIN_BUFFER_BYTES)] as const;
  const begin = () => readBlocks(source, new BlockCutter(buffers[0], 4, 0, undefined, undefined, buffers[1]));

  const left = begin();
  const { value } = await left.next();
  assertEquals([log, decode((value as Block).bytes)], [["read", "read"], "1\n2\n"]);
  const leaving = left.return().then(() => log.push("left"));
  await new Promise((resolve) => setTimeout(resolve, 5));
  assertEquals(log, ["read", "read"]);
  pending.resolve(4);
  await leaving;
  assertEquals(log, ["read", "read", "left"]);

  log.length = 0;
  reads[1] = () => Promise.reject(new Error("the disk is gone"));
  const failing = begin();
  assertEquals(decode(((await failing.next()).value as Block).bytes), "1\n2\n");
  await assertRejects(() => failing.next(), Error, "the disk is gone");
});

for (const canReadAhead of [true, false]) {
  const reads = canReadAhead ? "reads ahead" : "reads";
  Deno.test(`readBlocks() ${reads}, and lets the event loop turn every few milliseconds`, async () => {
    const most = 2000; // on a busy machine, a turn may be missed
    let [reads, blocks, ahead, turns] = [0, 0, 0, 0];
    const source = {
      read(into: Uint8Array): Promise<number | null> {
        into.set(new TextEncoder().encode("1\n2\n"));
        reads++;
        return Promise.resolve(turns >= 5 || reads > most ? null : 4);
      },
    };
    const buffer = new Uint8Array(MIN_BUFFER_BYTES);
    const spare = canReadAhead ? new Uint8Array(MIN_BUFFER_BYTES) : undefined;
    const timer = setInterval(() => turns++);
    try {
      for await (const _ of readBlocks(source, new BlockCutter(buffer, 4, 0, undefined, undefined, spare))) {
        if (reads > ++blocks) ahead++;
        for (const begun = performance.now(); performance.now() - begun < 2;);
      }
    } finally {
      clearInterval(timer);
    }
    assertEquals(ahead, canReadAhead ? blocks : 0);
    assert(reads <= most, `it turned ${turns} times`);
  });
}

Deno.test("readRange() reads just a range, or what is there of it", { ignore: lacks("read", "write") }, async () => {
  await using folder = await tempFolder();
  const path = folder.write("numbers.txt", "0123456789");
  const cases: [from: number, to: number, text: string][] = [
    [0, 10, "0123456789"],
    [3, 8, "34567"],
    [9, 10, "9"],
    [5, 5, ""],
    [8, 100, "89"],
    [50, 100, ""],
  ];
  using input = await InputFile.open(path);
  for (const [from, to, text] of cases) {
    for (const size of [1, 3, 64]) {
      let found = "";
      for await (const bytes of readRange(input, { from, to }, new Uint8Array(size))) found += decode(bytes);
      assertEquals(found, text);
      found = "";
      for (const bytes of readRangeSync(input, { from, to }, new Uint8Array(size))) found += decode(bytes);
      assertEquals(found, text);
    }
  }
});
