import type { Range } from "../pure/range.ts";
import type { Shard } from "../pure/shard.ts";

/** The most shards that a file can be cut into. */
const MOST_SHARDS = 1_000_000_000;

/** Reads a shard, as `3/8`; `undefined` for anything else. */
export function parseShard(text: string): Shard | undefined {
  const [, shard, of] = (/^(\d{1,10})\/(\d{1,10})$/.exec(text) ?? []).map(Number);
  if (shard === undefined || of === undefined || shard < 1 || shard > of || of > MOST_SHARDS) return undefined;
  return { shard, of };
}

/** Reads a range, as `0-1000`, or `1000-` for all that follows; `undefined` for anything else. */
export function parseRange(text: string): Range | undefined {
  const [, first, last] = /^(\d{1,15})-(\d{0,15})$/.exec(text) ?? [];
  if (first === undefined) return undefined;
  const range = { from: Number(first), to: last === "" ? Infinity : Number(last) };
  return range.from <= range.to ? range : undefined;
}
