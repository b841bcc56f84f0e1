import { type Fingerprint, PIECE_BYTES } from "./fingerprint.ts";
import type { FileHints } from "./state.ts";

/** A part of a file, in bytes from its start. */
export interface Range {
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

/** The parts of the first `offset` bytes to read for a check; the last one ends at `offset`. */
export function partsToCheck(offset: number, trust: Trust): PartToCheck[] {
  if (offset === 0) return [];
  const rest = offset - offset % PIECE_BYTES;
  if (trust === "end") return [{ from: rest, to: offset, keys: ["rest"] }];
  if (trust === "whole" || rest <= PIECE_BYTES) {
    return [{ from: 0, to: offset, keys: ["chain", "head", "last", "rest"] }];
  }
  return [{ from: 0, to: PIECE_BYTES, keys: ["head"] }, {
    from: rest - PIECE_BYTES,
    to: offset,
    keys: ["last", "rest"],
  }];
}
