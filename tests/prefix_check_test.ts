import { assertEquals } from "@std/assert";
import { PIECE_BYTES as PIECE } from "../lib/pure/fingerprint.ts";
import { chooseTrust, partsToCheck, type Trust } from "../lib/pure/prefix_check.ts";
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
