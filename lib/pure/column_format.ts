import type { LineOptions } from "./line_options.ts";
import { MAX_LINE_BYTES } from "./parse_number.ts";

/** As many of an input's first bytes as its first record may have, with what is around it. */
export const FIRST_BYTES = MAX_LINE_BYTES + 8;

/** Which column of a table is summed, and how the table is written. */
export interface ColumnOptions {
  /**
   * Sum this column of a table as RFC 4180 describes it: a number counts columns from 1, a text is the column's name in
   * the table's first row. Without it, every line is a number.
   */
  column?: number | string | undefined;
  /** What stands between fields: one ASCII character. @default {","} */
  delimiter?: string | undefined;
  /** Whether the first row has names in place of values. @default {true for a column's name, false for its number} */
  header?: boolean | undefined;
  /** Fields that stand for a missing value, which is passed over and counted as blank; an empty field always is. */
  na?: readonly string[] | undefined;
}

/** {@linkcode ColumnOptions} with all defaults, as bytes. */
export interface ColumnFormat {
  column: number | string;
  delimiter: number;
  header: boolean;
  na: readonly Uint8Array[];
}

/**
 * How the column is read, or `undefined` where lines are.
 *
 * @throws {RangeError} If the options make no sense.
 */
export function columnFormatOf(options: ColumnOptions): ColumnFormat | undefined {
  const { column, delimiter = ",", header = typeof column === "string", na = [] } = options;
  if (column === undefined) return undefined;
  if (typeof column === "number" && !(Number.isSafeInteger(column) && column >= 1)) {
    throw new RangeError(`the column must be a name or a whole number from 1, got ${column}`);
  }
  if (!isDelimiter(delimiter)) {
    throw new RangeError(
      `the delimiter must be one ASCII character, no quote or line end, got ${JSON.stringify(delimiter)}`,
    );
  }
  const encoder = new TextEncoder();
  return {
    column,
    delimiter: delimiter.charCodeAt(0),
    header: header || typeof column === "string",
    na: na.map((text) => encoder.encode(text.trim())).filter((text) => text.length > 0),
  };
}

/** The options of a column that a state is bound to, those that are not the default. */
export function columnLineOptionsOf({ column, delimiter = ",", header, na = [] }: ColumnOptions): LineOptions {
  if (column === undefined) return {};
  const missing = [...new Set(na.map((text) => text.trim()))].filter((text) => text !== "").sort();
  return {
    column,
    ...(delimiter === "," ? {} : { delimiter }),
    ...(header && typeof column === "number" ? { header } : {}),
    ...(missing.length === 0 ? {} : { na: missing.join(",") }),
  };
}

/** Whether a text can stand between fields. */
export function isDelimiter(text: string): boolean {
  return /^[\t -!#-~]$/.test(text);
}
