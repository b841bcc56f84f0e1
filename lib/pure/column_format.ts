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

/** {@linkcode ColumnOptions} where there is a column. */
export type WantedColumn = ColumnOptions & { column: number | string };

/** {@linkcode ColumnOptions} with all defaults, as bytes. */
export interface ColumnFormat {
  column: number | string;
  delimiter: number;
  header: boolean;
  na: readonly Uint8Array[];
}

/**
 * How the column is read.
 *
 * @throws {RangeError} If the options make no sense.
 */
export function columnFormatOf(options: WantedColumn): ColumnFormat {
  const { column, delimiter = ",", header = typeof column === "string", na = [] } = options;
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

/** Whether a text can stand between fields. */
export function isDelimiter(text: string): boolean {
  return /^[\t -!#-~]$/.test(text);
}
