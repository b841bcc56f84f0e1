import type { ColumnOptions } from "./column_format.ts";
import type { Marks } from "./parse_number.ts";
import type { Range } from "./range.ts";

/** How numbers are written. */
export interface NumberFormat {
  /** What stands between a number's whole and its fraction. @default {"."} */
  decimalMark?: "." | "," | undefined;
  /** What stands between groups of three digits; none unless given. */
  groupMark?: "." | "," | "'" | " " | "_" | undefined;
}

/** Options that change what a line means, those that are not the default: a state is bound to them. */
export type LineOptions = Readonly<Record<string, string | number | boolean>>;

/**
 * The options that a state is bound to, under the names that the checkpoint has for them.
 *
 * @param options.range The part of the input that is summed, if it is not the whole.
 * @param options.makeStats There where more is to be known of the numbers than their sum.
 */
export function lineOptionsOf(
  { decimalMark = ".", groupMark, range, makeStats, ...column }:
    & NumberFormat
    & ColumnOptions
    & { range?: (Range & { isOpen?: boolean }) | undefined; makeStats?: unknown },
): LineOptions {
  return {
    ...(decimalMark === "." ? {} : { decimal_mark: decimalMark }),
    ...(groupMark === undefined ? {} : { group_mark: groupMark }),
    ...(range ? { range: `${range.from}-${range.isOpen ? "" : range.to}` } : {}),
    ...columnOptionsOf(column),
    ...(makeStats === undefined ? {} : { stats: true }),
  };
}

/** The options of a column that a state is bound to, those that are not the default. */
function columnOptionsOf({ column, delimiter = ",", header, na = [] }: ColumnOptions): LineOptions {
  if (column === undefined) return {};
  const missing = [...new Set(na.map((text) => text.trim()))].filter((text) => text !== "").sort();
  return {
    column,
    ...(delimiter === "," ? {} : { delimiter }),
    ...(header && typeof column === "number" ? { header } : {}),
    ...(missing.length === 0 ? {} : { na: missing.join(",") }),
  };
}

/** Whether two sets of options mean the same by a line. */
export function sameLineOptions(a: LineOptions, b: LineOptions): boolean {
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key]);
}

/** Options in words, for a message. */
export function describeLineOptions(options: LineOptions): string {
  const given = Object.entries(options).map(([key, value]) => {
    return `--${key.replaceAll("_", "-")}${value === true ? "" : ` ${value}`}`;
  });
  return given.length === 0 ? "no such options" : given.join(" ");
}

/**
 * The bytes that numbers are read with.
 *
 * @throws {RangeError} If both marks are the same.
 */
export function marksOf({ decimalMark = ".", groupMark }: NumberFormat): Marks {
  if (decimalMark === groupMark) throw new RangeError(`the decimal mark and the group mark are both "${groupMark}"`);
  return { decimal: decimalMark.charCodeAt(0), group: groupMark?.charCodeAt(0) ?? -1 };
}
