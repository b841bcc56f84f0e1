/**
 * Compressed data of any number of members, in stretches of any size: what it unpacks to, or an error, never a part.
 */
import { assert, assertEquals, assertRejects } from "@std/assert";
import fc from "fast-check";
import { loadGunzip, type Unpack } from "../lib/disk/gunzip.ts";
import { loadUnzstd } from "../lib/disk/unzstd.ts";
import { compressionOf, mayBeCompressed } from "../lib/pure/compression.ts";
import { concat, PACKINGS } from "./compressed_data.ts";

const SANITIZERS = { sanitizeOps: true, sanitizeResources: true, sanitizeExit: true };
const unpackers: Record<string, () => Promise<Unpack>> = { gzip: loadGunzip, zstd: loadUnzstd };

/** Stretches of at most so many bytes, each of them overwritten when the next is asked for. */
async function* inStretches(bytes: Uint8Array, most: number): AsyncGenerator<Uint8Array, void> {
  const buffer = new Uint8Array(most);
  for (let at = 0; at < bytes.length; at += most) {
    const part = bytes.subarray(at, at + most);
    buffer.set(part);
    await Promise.resolve();
    yield buffer.subarray(0, part.length);
    buffer.fill(0xAA);
  }
}

async function unpacked(unpack: Unpack, bytes: Uint8Array, most: number): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const part of unpack(inStretches(bytes, most))) parts.push(part.slice());
  return new TextDecoder().decode(concat(...parts));
}

const members = fc.array(
  fc.oneof(fc.string({ maxLength: 40 }), fc.nat({ max: 3000 }).map((lines) => "12345\n".repeat(lines))),
  { minLength: 1, maxLength: 4 },
);
const stretch = fc.oneof(fc.integer({ min: 1, max: 40 }), fc.constant(1 << 16));

for (const { name, pack } of PACKINGS) {
  Deno.test(`${name}: any members, any stretches`, SANITIZERS, async () => {
    const unpack = await unpackers[name]!();
    const property = fc.asyncProperty(members, stretch, async (texts, most) => {
      assertEquals(await unpacked(unpack, concat(...texts.map(pack)), most), texts.join(""));
    });
    await fc.assert(property, { numRuns: 60 });
  });

  Deno.test(`${name}: cut off anywhere but between members, it is an error`, SANITIZERS, async () => {
    const unpack = await unpackers[name]!();
    const parts = ["1\n2\n", "3\n".repeat(300)].map(pack);
    const whole = concat(...parts);
    for (let length = 1; length < whole.length; length++) {
      const cut = whole.subarray(0, length);
      for (const most of [3, 1 << 16]) {
        if (length === parts[0]!.length) assertEquals(await unpacked(unpack, cut, most), "1\n2\n");
        else await assertRejects(() => unpacked(unpack, cut, most), Error, undefined, `${length} bytes`);
      }
    }
  });

  Deno.test(`${name}: something else behind it is an error, also after zeros`, SANITIZERS, async () => {
    const unpack = await unpackers[name]!();
    const text = "1\n2\n";
    for (const rest of [[7], [0, 0, 7], [...pack(text), 7]]) {
      for (const most of [1, 2, 5, 24, 1 << 16]) {
        await assertRejects(() => unpacked(unpack, concat(pack(text), Uint8Array.from(rest)), most), Error);
      }
    }
  });

  Deno.test(`${name}: a member behind zeros is not lost without a word`, SANITIZERS, async () => {
    const unpack = await unpackers[name]!();
    const text = "1\n2\n";
    for (const zeros of [1, 3, 5000]) {
      for (const most of [1, 2, 5, 24, 1 << 16]) {
        const bytes = concat(pack(text), new Uint8Array(zeros), pack(text));
        // older versions of Deno take the zeros for nothing at all, if they come by themselves
        assertEquals(await unpacked(unpack, bytes, most).catch(() => text + text), text + text);
      }
    }
  });

  Deno.test(`${name}: a little of it holds no more than it must`, SANITIZERS, async () => {
    const unpack = await unpackers[name]!();
    const bomb = pack("0".repeat(64 * 1024 * 1024));
    const most = 4096;
    let read = 0;
    let had = 0;
    const counted = async function* () {
      for await (const stretch of inStretches(bomb, most)) {
        assert(had <= 1100 * read + 256 * 1024 * (name === "zstd" ? 2000 : 1), `${had} bytes of ${read}`);
        read += stretch.length;
        yield stretch;
      }
    };
    for await (const part of unpack(counted())) {
      had += part.length;
      assert(part.length <= 256 * 1024);
    }
    assertEquals(had, 64 * 1024 * 1024);
  });
}

Deno.test("gzip: zeros may follow, as on tapes", SANITIZERS, async () => {
  const unpack = await loadGunzip();
  for (const zeros of [1, 7, 512, 100_000]) {
    for (const most of [1, 5, 24, 1 << 16]) {
      const bytes = concat(PACKINGS[0]!.pack("1\n2\n"), new Uint8Array(zeros));
      if (zeros < 1000 || most > 1) assertEquals(await unpacked(unpack, bytes, most), "1\n2\n");
    }
  }
});

Deno.test("gzip: what was changed is an error", SANITIZERS, async () => {
  const unpack = await loadGunzip();
  const bytes = PACKINGS[0]!.pack("1\n2\n3\n");
  for (const at of [10, 12, bytes.length - 8, bytes.length - 1]) {
    const changed = bytes.slice();
    changed[at]! ^= 1;
    await assertRejects(() => unpacked(unpack, changed, 1 << 16), Error);
  }
});

Deno.test({
  name: "zstd: frames to be skipped are [needs a Deno with zstd]",
  ignore: PACKINGS.length < 2,
  ...SANITIZERS,
  async fn() {
    const unpack = await loadUnzstd();
    const skipped = Uint8Array.of(0x5A, 0x2A, 0x4D, 0x18, 3, 0, 0, 0, 1, 2, 3);
    const frame = PACKINGS[1]!.pack("1\n");
    assertEquals(await unpacked(unpack, concat(skipped, frame, skipped, frame, skipped), 5), "1\n1\n");
    await assertRejects(() => unpacked(unpack, concat(frame, skipped.subarray(0, 10)), 5), Error, "too early");
  },
});

Deno.test("compressionOf() knows the first bytes, mayBeCompressed() how many are needed", () => {
  const cases: [string, number[], string | undefined, boolean][] = [
    ["nothing", [], undefined, true],
    ["text", [0x31, 10], undefined, false],
    ["half of gzip's", [0x1F], undefined, true],
    ["gzip", [0x1F, 0x8B], "gzip", false],
    ["half of zstd's", [0x28, 0xB5], undefined, true],
    ["zstd", [0x28, 0xB5, 0x2F, 0xFD], "zstd", false],
    ["a frame to be skipped", [0x5F, 0x2A, 0x4D, 0x18], "zstd", false],
    ["a parenthesis", [0x28, 0x31, 0x29, 10], undefined, false],
  ];
  for (const [what, bytes, format, needsMore] of cases) {
    assertEquals(
      [compressionOf(Uint8Array.from(bytes)), mayBeCompressed(Uint8Array.from(bytes))],
      [format, needsMore],
      what,
    );
  }
});
