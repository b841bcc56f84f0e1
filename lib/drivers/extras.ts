import type { CreateColumnReader } from "../pure/column_reader.ts";
import type { SumOptions } from "./sum_options.ts";

/** What only some runs need, as {@linkcode loadExtras} loads it. */
export interface Extras {
  /**
   * What reads a column.
   *
   * @internal
   */
  createColumnReader?: CreateColumnReader;
  /** What finds the lines of a part of a file. */
  ranges?: typeof import("./ranges.ts");
}

/** Loads what a run with these options needs, and no more: each module costs 0.2 ms of a start. */
export async function loadExtras({ column, range }: Pick<SumOptions, "column" | "range">): Promise<Extras> {
  const extras: Extras = {};
  if (column !== undefined) extras.createColumnReader = (await import("../pure/column_reader.ts")).createColumnReader;
  if (range) extras.ranges = await import("./ranges.ts");
  return extras;
}
