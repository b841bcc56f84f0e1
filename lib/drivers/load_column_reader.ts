import type { ColumnOptions } from "../pure/column_format.ts";
import type { CreateColumnReader } from "../pure/column_reader.ts";

/** Loads what reads a column, if one is wanted. */
export async function loadColumnReader({ column }: ColumnOptions): Promise<CreateColumnReader | undefined> {
  return column === undefined ? undefined : (await import("../pure/column_reader.ts")).createColumnReader;
}
