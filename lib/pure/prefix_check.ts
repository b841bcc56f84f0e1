import { type Fingerprint, PIECE_BYTES } from "./fingerprint.ts";
import type { FileHints } from "./state.ts";

/** A part of a file, in bytes from its start. */
export interface Range {
  /** The first byte. */
  from: number;
  /** Just after the last byte. */
  to: number;
}

/** A part of the bytes that were summed, and what its own fingerprint must have in common with the state's. */
export interface PartToCheck extends Range {
  keys: readonly (keyof Fingerprint)[];
}

/**
 * How much of what was summed must be read again to believe that it is still there:
 * - `end`: what follows the last whole piece, which going on needs anyway.
 * - `ends`: the first piece too, and the last whole one.
 * - `whole`: every byte.
 */
export type Trust = "end" | "ends" | "whole";

/** Decides how far the file system's word is taken for the bytes that were summed. */
export function chooseTrust(saved: FileHints, now: FileHints): Trust {
  const same = (key: keyof FileHints) => saved[key] !== null && saved[key] === now[key];
  const sameFile = same("device") && same("inode");
  if (sameFile && same("size") && same("modified") && same("changed")) return "end";
  return sameFile && now.size > saved.size ? "ends" : "whole";
}

/**
 * The parts of the bytes from `start` to `offset` to read for a check; the last one ends at `offset`.
 *
 * @param start Where the pieces are counted from.
 */
export function partsToCheck(offset: number, trust: Trust, start = 0): PartToCheck[] {
  if (offset === start) return [];
  const rest = offset - (offset - start) % PIECE_BYTES;
  if (trust === "end") return [{ from: rest, to: offset, keys: ["rest"] }];
  if (trust === "whole" || rest - start <= PIECE_BYTES) {
    return [{ from: start, to: offset, keys: ["chain", "head", "last", "rest"] }];
  }
  return [{ from: start, to: start + PIECE_BYTES, keys: ["head"] }, {
    from: rest - PIECE_BYTES,
    to: offset,
    keys: ["last", "rest"],
  }];
}
