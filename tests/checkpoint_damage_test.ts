import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { CheckpointFile } from "../lib/disk/checkpoint_file.ts";
import { CheckpointDamage, decodeCheckpoint, encodeCheckpoint } from "../lib/pure/checkpoint.ts";
import { CheckpointRefusedError } from "../lib/pure/errors.ts";
import { Fingerprinter, PIECE_BYTES } from "../lib/pure/fingerprint.ts";
import type { SavedState } from "../lib/pure/state.ts";
import { lacks } from "./granted.ts";
import { finish, STYLES } from "./styles.ts";
import { tempFolder } from "./temp_folder.ts";

const ignore = lacks("read", "write");

const PLAIN: SavedState = {
  file: "numbers.txt",
  options: {},
  state: {
    offset: 1234567,
    sum: "98765432109876543210.125",
    count: 4321,
    blank: 2,
    skipped: 1,
    fingerprint: fingerprintOf(100_000),
  },
  hints: {
    device: 65024,
    inode: 2147012,
    size: 2000000,
    modified: "2026-01-02T03:04:05.678Z",
    changed: "2026-01-02T03:04:05.679Z",
  },
};
const OTHER: SavedState = {
  file: "../data/größer.txt",
  options: { decimal_mark: ",", group_mark: "." },
  state: { offset: 0, sum: "-0.5", count: 0, blank: 0, skipped: 0, fingerprint: fingerprintOf(0) },
  hints: { device: null, inode: null, size: 0, modified: null, changed: null },
  rejects: { file: "bad.txt", bytes: 77, hash: "0123456789abcdef", size: 78 },
};

for (const [form, states] of [["flat", [PLAIN]], ["flat, with rejects", [OTHER]], ["list", [PLAIN, OTHER]]] as const) {
  const bytes = encodeCheckpoint(states);

  Deno.test(`decodeCheckpoint() reads a ${form} checkpoint back`, () => {
    assertEquals(decodeCheckpoint(bytes), { kind: "states", states: [...states] });
  });

  Deno.test(`decodeCheckpoint() refuses a ${form} checkpoint with any one bit flipped`, () => {
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const damaged = bytes.slice();
      damaged[bit >> 3]! ^= 1 << (bit & 7);
      assertThrows(() => decodeCheckpoint(damaged), CheckpointDamage, undefined, `bit ${bit}`);
    }
  });

  Deno.test(`decodeCheckpoint() refuses a ${form} checkpoint cut off anywhere`, () => {
    for (let length = 0; length < bytes.length; length++) {
      assertThrows(() => decodeCheckpoint(bytes.slice(0, length)), CheckpointDamage, undefined, `${length} bytes`);
    }
  });

  Deno.test(`decodeCheckpoint() refuses a ${form} checkpoint with a sector of zeros`, () => {
    for (let from = 0; from < bytes.length; from += 64) {
      const damaged = bytes.slice();
      damaged.fill(0, from, from + 512);
      assertThrows(() => decodeCheckpoint(damaged), CheckpointDamage, undefined, `zeros from ${from}`);
    }
  });
}

for (const style of STYLES) {
  Deno.test(`${style.name}: verify refuses every change of one byte of what was summed`, { ignore }, async () => {
    await using folder = await tempFolder();
    const summed = new TextEncoder().encode("1\n-22.5\n\n3\n");
    const path = folder.write("numbers.txt", summed);
    using checkpoint = await CheckpointFile.open(folder.at("checkpoint.json"));
    await finish(style.sum(path, { checkpoint }));
    const before = folder.read("checkpoint.json");
    for (let i = 0; i < summed.length; i++) {
      for (let change = 1; change < 256; change++) {
        const changed = summed.slice();
        changed[i]! ^= change;
        folder.write("numbers.txt", changed);
        const run = style.sum(path, { checkpoint, verify: true });
        await assertRejects(() => finish(run), CheckpointRefusedError, "are not those that were summed");
      }
    }
    assertEquals(folder.read("checkpoint.json"), before);
    folder.write("numbers.txt", summed);
    assertEquals((await finish(style.sum(path, { checkpoint, verify: true }))).sum, "-18.5");
  });

  Deno.test(`${style.name}: a change that keeps the size and sets the time back is found`, { ignore }, async () => {
    await using folder = await tempFolder();
    const path = folder.write("numbers.txt", "1\n2\n3\n");
    const checkpoint = folder.at("checkpoint.json");
    await finish(style.sum(path, { checkpoint }));
    folder.write("numbers.txt", "1\n7\n3\n"); // with the same times of change, as far as a program can set them
    await assertRejects(() => finish(style.sum(path, { checkpoint })), CheckpointRefusedError);
  });

  Deno.test(
    `${style.name}: only verify finds a change far from both ends of a file that grew`,
    { ignore },
    async () => {
      await using folder = await tempFolder();
      const lines = "1\n".repeat(4 * PIECE_BYTES / 2);
      const path = folder.write("numbers.txt", lines);
      const checkpoint = folder.at("checkpoint.json");
      await finish(style.sum(path, { checkpoint }));
      const middle = lines.length / 2;
      folder.write("numbers.txt", `${lines.slice(0, middle)}2${lines.slice(middle + 1)}1\n`);
      await assertRejects(() => finish(style.sum(path, { checkpoint, verify: true })), CheckpointRefusedError);
      assertEquals((await finish(style.sum(path, { checkpoint }))).count, lines.length / 2 + 1);
    },
  );
}

function fingerprintOf(bytes: number) {
  const fingerprinter = new Fingerprinter();
  fingerprinter.update(new Uint8Array(bytes).fill(55));
  return fingerprinter.fingerprint();
}
