import { findLineStartSync } from "../disk/find_line_start.ts";
import { hashEndsSync } from "../disk/hash_ends.ts";
import type { OpenInput } from "../disk/open_input.ts";
import { becameShorter } from "../pure/errors.ts";
import { rangeOf } from "../pure/shard.ts";
import type { StartedRange, SummedRange, SumOptions } from "./sum_options.ts";

/**
 * Finds where the first line of a part of a file begins.
 *
 * @throws {NoSuchRangeError} If the file has no such part.
 */
export function startRange(input: OpenInput, wanted: NonNullable<SumOptions["range"]>): StartedRange {
  const range = rangeOf(wanted, input.path, input.size);
  const isOpen = "to" in wanted && wanted.to === Infinity;
  return { ...range, start: findLineStartSync(input, range.from), isOpen };
}

/**
 * Tells the part that was summed and the file that it is of, so that a merge can join it to the others.
 *
 * @param end Where its last line ended.
 * @param buffer Is overwritten.
 * @throws {FileError} If the file ended before the part did.
 */
export function finishRange(input: OpenInput, range: StartedRange, end: number, buffer: Uint8Array): SummedRange {
  const { path, size } = input;
  if (end < range.to) throw becameShorter(path);
  return { ...range, end, ends: hashEndsSync(input, size!, buffer) };
}
