import { type Fingerprint, fingerprintOf, NO_PIECES } from "./fingerprint.ts";
import type { LineOptions } from "./line_options.ts";
import type { StatsState } from "./add_lines.ts";

/**
 * An offset together with everything that is known of the bytes before it. It is taken whole: no part of it is
 * ever newer than another.
 */
export interface State {
  /**
   * Bytes from the input's start; right after a line feed, or 0, or the input's end where a range has no line at all.
   */
  offset: number;
  /** The exact sum of the lines before the offset, in plain decimal digits. */
  sum: string;
  /** Lines that hold a number. */
  count: number;
  /** Lines that hold nothing. */
  blank: number;
  /** Bad lines that were passed over. */
  skipped: number;
  /** What else is known of the numbers, where that was wanted. */
  stats?: StatsState | undefined;
  /** Of all bytes before the offset. */
  fingerprint: Fingerprint;
}

/** What the file system said of a file. Hints only: they can prove that nothing changed, never that something did. */
export interface FileHints {
  /** The device that it is on, or `null` where there is no such number. */
  device: number | null;
  /** Its number on the device, likewise. */
  inode: number | null;
  /** In bytes. */
  size: number;
  /** When the content was last changed, as an ISO 8601 text, or `null` where that is not known for sure. */
  modified: string | null;
  /** When content, name or rights were last changed, likewise. */
  changed: string | null;
}

/** One input's state, as a checkpoint holds it. */
export interface SavedState {
  /** The input's path from the checkpoint's folder. */
  file: string;
  /** The options that it was summed with. */
  options: LineOptions;
  /** What is known of the bytes before the offset. */
  state: State;
  /** What the file system said when the state was saved. */
  hints: FileHints;
  /** Where its bad lines are collected. */
  rejects?: RejectsPlace | undefined;
}

/** A file of bad lines, as it was when a state was saved, or when the run ended that saved it. */
export interface RejectsPlace {
  /** Its path from the checkpoint's folder. */
  file: string;
  /** How much of it belongs to the states that are saved. */
  bytes: number;
  /** XXH64 of its first `size` bytes, or of the first `bytes`, as 16 hexadecimal digits. */
  hash: string;
  /** How long it was at the run's end. Without it the run was killed, and what comes after `bytes` is of that run. */
  size?: number;
}

/** The state of an input of which nothing was read yet, where reading begins at `offset`. */
export function initialState(offset = 0): State {
  return { offset, sum: "0", count: 0, blank: 0, skipped: 0, fingerprint: fingerprintOf(NO_PIECES) };
}

/** Lines before the offset. */
export function linesOf(state: Pick<State, "count" | "blank" | "skipped">): number {
  return state.count + state.blank + state.skipped;
}
