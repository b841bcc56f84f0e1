import type { NumberParts } from "./parse_number.ts";

/** What is known of numbers beside their sum, as a checkpoint holds it. Every part of it is exact. */
export interface StatsState {
  /** The smallest number, in plain decimal digits; `null` where there is none. */
  min: string | null;
  /** The largest, likewise. */
  max: string | null;
  /** The sum of the squares. */
  squares: string;
  /** How the numbers are distributed, as `Histogram` writes it. */
  histogram: string;
}

/** What is known of numbers beside their sum, while they are being added. */
export interface NumberStats {
  /** Takes the number whose parts stand in the bytes. */
  add(bytes: Uint8Array, parts: NumberParts): void;
  /** Takes all numbers of another. */
  merge(other: StatsState): void;
  /** What is known by now. */
  readonly state: StatsState;
}

/** Makes a {@linkcode NumberStats} that goes on from a state. */
export type MakeStats = (state: StatsState) => NumberStats;

/** What is known of no numbers. */
export const NO_STATS: StatsState = { min: null, max: null, squares: "0", histogram: "" };
