import { NoSuchRangeError } from "./errors.ts";
import type { Range } from "./range.ts";

/** One of several parts of a file that are of the same size, as far as its bytes can be shared out. */
export interface Shard {
  /** Which one, from 1. */
  shard: number;
  /** How many there are. */
  of: number;
}

/**
 * The bytes that a range or a shard stands for. Its lines are those whose first byte lies in it.
 *
 * The shards of a file need not know of each other: shard K of N ends at `floor(size * K / N)`, where the next begins.
 *
 * @param file Its name, for the error.
 * @param size In bytes; `undefined` for what has no parts: a pipe, a compressed file.
 * @throws {NoSuchRangeError} If the file has no such bytes.
 */
export function rangeOf(part: Range | Shard, file: string, size: number | undefined): Range {
  if (size === undefined) throw new NoSuchRangeError(`${file} has no parts: it is not a plain file, or compressed`);
  if ("shard" in part) {
    const { shard, of } = part;
    if (!isWhole(of) || of < 1 || !isWhole(shard) || shard < 1 || shard > of) {
      throw new NoSuchRangeError(`shard ${shard} of ${of} does not exist`);
    }
    return { from: cut(size, shard - 1, of), to: cut(size, shard, of) };
  }
  const { from } = part;
  const [to, end] = part.to === Infinity ? [Math.max(from, size), ""] : [part.to, part.to];
  if (!isWhole(from) || !isWhole(to) || from > to) {
    throw new NoSuchRangeError(`from byte ${from} to byte ${to} is not a range`);
  }
  if (to > size) throw new NoSuchRangeError(`${file} has ${size} bytes, and the range ${from}-${end} reaches further`);
  return { from, to };
}

function cut(size: number, shard: number, of: number): number {
  return Number(BigInt(size) * BigInt(shard) / BigInt(of));
}

function isWhole(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}
