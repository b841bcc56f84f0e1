import { assertEquals, assertThrows } from "@std/assert";
import { Fingerprinter, PIECE_BYTES as PIECE } from "../lib/pure/fingerprint.ts";
import { chooseTrust, partsToCheck, PrefixCheck, type Trust } from "../lib/pure/prefix_check.ts";
import type { FileHints } from "../lib/pure/state.ts";

const SAVED: FileHints = {
  device: 1,
  inode: 2,
  size: 100,
  modified: "2001-01-01T00:00:00.000Z",
  changed: "2001-01-02T00:00:00.000Z",
};

Deno.test("chooseTrust() believes the file system only as far as its word goes", () => {
  const cases: [name: string, saved: Partial<FileHints>, now: Partial<FileHints>, trust: Trust][] = [
    ["nothing changed", {}, {}, "end"],
    ["larger, and nothing else", {}, { size: 101 }, "ends"],
    ["larger and changed, as by appending", {}, { size: 101, modified: "x", changed: "y" }, "ends"],
    ["changed in place", {}, { modified: "x" }, "whole"],
    ["renamed or given other rights", {}, { changed: "x" }, "whole"],
    ["smaller", {}, { size: 99 }, "whole"],
    ["another inode", {}, { inode: 3 }, "whole"],
    ["another inode, and larger", {}, { inode: 3, size: 101 }, "whole"],
    ["another device", {}, { device: 3 }, "whole"],
    ["saved too soon after a change for its time to mean anything", { modified: null }, {}, "whole"],
    ["looked at too soon after a change", {}, { modified: null }, "whole"],
    ["times unknown then and now", { modified: null, changed: null }, { modified: null, changed: null }, "whole"],
    ["times unknown, and larger", { modified: null, changed: null }, { size: 101 }, "ends"],
    ["no inodes", { inode: null }, { inode: null }, "whole"],
    ["no devices", { device: null }, { device: null }, "whole"],
    ["no inodes, and larger", { inode: null }, { inode: null, size: 101 }, "whole"],
    ["an inode of 0 and a size of 0", { inode: 0, size: 0 }, { inode: 0, size: 0 }, "end"],
  ];
  for (const [name, saved, now, trust] of cases) {
    assertEquals(chooseTrust({ ...SAVED, ...saved }, { ...SAVED, ...now }), trust, name);
  }
});

Deno.test("partsToCheck() reads nothing where nothing was summed", () => {
  for (const trust of ["end", "ends", "whole"] as const) assertEquals(partsToCheck(0, trust), []);
});

Deno.test("partsToCheck() reads what follows the last whole piece for the end", () => {
  assertEquals(partsToCheck(10, "end"), [{ from: 0, to: 10, keys: ["rest"] }]);
  assertEquals(partsToCheck(PIECE, "end"), [{ from: PIECE, to: PIECE, keys: ["rest"] }]);
  assertEquals(partsToCheck(5 * PIECE + 7, "end"), [{ from: 5 * PIECE, to: 5 * PIECE + 7, keys: ["rest"] }]);
});

Deno.test("partsToCheck() reads the first and the last piece for the ends", () => {
  assertEquals(partsToCheck(5 * PIECE + 7, "ends"), [
    { from: 0, to: PIECE, keys: ["head"] },
    { from: 4 * PIECE, to: 5 * PIECE + 7, keys: ["last", "rest"] },
  ]);
  assertEquals(partsToCheck(2 * PIECE, "ends").map(({ from, to }) => [from, to]), [[0, PIECE], [PIECE, 2 * PIECE]]);
});

Deno.test("partsToCheck() reads all, once, where that is all there is or nothing is believed", () => {
  const keys = ["chain", "head", "last", "rest"];
  for (const offset of [1, PIECE - 1, PIECE, 2 * PIECE - 1]) {
    assertEquals(partsToCheck(offset, "ends"), [{ from: 0, to: offset, keys }]);
  }
  for (const offset of [1, PIECE, 5 * PIECE + 7]) {
    assertEquals(partsToCheck(offset, "whole"), [{ from: 0, to: offset, keys }]);
  }
});

/** Bytes that differ everywhere, of four pieces and a rest. */
const SUMMED = Uint8Array.from({ length: 4 * PIECE + 100 }, (_, i) => i % 251);

function fingerprintOf(bytes: Uint8Array) {
  const fingerprinter = new Fingerprinter();
  fingerprinter.update(bytes);
  return fingerprinter.fingerprint();
}

/** Checks the bytes of a file, given in portions, against what was summed; gives how many were looked at. */
function checkBytes(file: Uint8Array, trust: Trust, portion: number): { looked: number; check: PrefixCheck } {
  const check = new PrefixCheck({
    parts: partsToCheck(SUMMED.length, trust),
    fingerprint: fingerprintOf(SUMMED),
    start: 0,
    refuse: () => {
      throw new Error("refused");
    },
  });
  for (const part of check.parts) {
    check.begin(part);
    for (let from = part.from; from < part.to; from += portion) {
      check.take(file.subarray(from, Math.min(from + portion, part.to)));
    }
    check.end(part);
  }
  return { looked: check.offset, check };
}

Deno.test("PrefixCheck finds a changed byte in every part that it reads", () => {
  const read: Record<Trust, [from: number, to: number][]> = {
    end: [[4 * PIECE, SUMMED.length]],
    ends: [[0, PIECE], [3 * PIECE, SUMMED.length]],
    whole: [[0, SUMMED.length]],
  };
  for (const trust of ["end", "ends", "whole"] as const) {
    for (const place of [0, PIECE - 1, PIECE, 2 * PIECE, 3 * PIECE, 4 * PIECE - 1, 4 * PIECE, SUMMED.length - 1]) {
      const changed = SUMMED.slice();
      changed[place]! ^= 1;
      const isRead = read[trust].some(([from, to]) => from <= place && place < to);
      for (const portion of [1000, PIECE, SUMMED.length]) {
        if (isRead) assertThrows(() => checkBytes(changed, trust, portion), Error, "refused", `${trust} ${place}`);
        else checkBytes(changed, trust, portion);
      }
    }
  }
});

Deno.test("PrefixCheck reads a file that was replaced no further than its first piece", () => {
  let taken = 0;
  const check = new PrefixCheck({
    parts: partsToCheck(SUMMED.length, "whole"),
    fingerprint: fingerprintOf(SUMMED),
    start: 0,
    refuse: () => {
      throw new Error("refused");
    },
    onBytes: (bytes) => taken += bytes.length,
  });
  check.begin(check.parts[0]!);
  const other = new Uint8Array(PIECE);
  assertThrows(() => check.take(other), Error, "refused");
  assertEquals(taken, 0);
});

Deno.test("PrefixCheck goes on with the fingerprint of all bytes, however few it read", () => {
  const more = new TextEncoder().encode("1\n2\n".repeat(PIECE));
  const all = new Uint8Array(SUMMED.length + more.length);
  all.set(SUMMED);
  all.set(more, SUMMED.length);
  for (const trust of ["end", "ends", "whole"] as const) {
    const { looked, check } = checkBytes(SUMMED, trust, 1000);
    assertEquals(looked, check.parts.reduce((sum, { from, to }) => sum + to - from, 0));
    const fingerprinter = check.goOn();
    fingerprinter.update(more);
    assertEquals(fingerprinter.fingerprint(), fingerprintOf(all), trust);
  }
});
