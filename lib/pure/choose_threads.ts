import type { SaveEvery } from "./save_clock.ts";

/** Below this, starting threads costs more than they save, in bytes. */
const WORTH_THREADS = 256 * 1000 * 1000;
/** The most threads that are used without being asked for: the disk is the limit from here on. */
const MOST_THREADS = 8;
/**
 * What a thread sums between two messages, in bytes: so much that the messages cost nothing, so little that a run stops
 * soon. States cannot be closer than that.
 */
export const STRETCH_BYTES = 8 * 1024 * 1024;

/**
 * Decides how many threads sum an input.
 *
 * @param wanted What the user asked for, if anything: at most so many.
 * @param bytes How much there is to sum; `undefined` where that is not known.
 * @param cores What the machine has.
 */
export function chooseThreads(
  wanted: number | undefined,
  bytes: number | undefined,
  cores: number,
  every: SaveEvery | undefined,
): number {
  if (bytes === undefined || every && "bytes" in every && every.bytes < STRETCH_BYTES) return 1;
  if (wanted !== undefined) return Math.min(wanted, Math.max(1, Math.ceil(bytes / STRETCH_BYTES)));
  return bytes < WORTH_THREADS ? 1 : Math.min(cores, MOST_THREADS);
}
