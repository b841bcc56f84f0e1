import type { ColumnFormat } from "./column_format.ts";
import { OptionError } from "./errors.ts";
import { MAX_LINE_BYTES, withoutCr } from "./parse_number.ts";
import { fieldsOf } from "./scan_record.ts";

/** The most names that a message lists. */
const MOST_NAMES = 20;

/** Where a column stands in each record. */
export interface ColumnPlace {
  /** From 0. */
  column: number;
  /** How many fields each record has, if the first one says so: a blank line does not. */
  fields: number | undefined;
}

/**
 * Finds the place of a column.
 *
 * @param record The input's first record, without its line feed.
 * @throws {OptionError} If there is no such column, or more than one of that name, or the record is too long.
 */
export function findColumn(file: string, record: Uint8Array, { column, delimiter }: ColumnFormat): ColumnPlace {
  if (withoutCr(record, 0, record.length) > MAX_LINE_BYTES) throw tooLongError(file);
  const names = fieldsOf(record, delimiter);
  if (typeof column === "string") {
    const found = names.flatMap((name, i) => name === column.trim() ? [i] : []);
    if (found.length === 1) return { column: found[0]!, fields: names.length };
    throw new OptionError(found.length === 0 ? missing(file, column, names) : ambiguous(file, column, found));
  }
  const isBlank = names.length === 1 && names[0] === "";
  if (!isBlank && column > names.length) {
    const has = names.length === 1 ? "1 field" : `${names.length} fields`;
    throw new OptionError(
      `there is no column ${column} in ${file}: its first row has ${has}; if they are not separated by ` +
        `"${String.fromCharCode(delimiter)}", say by what with --delimiter`,
    );
  }
  return { column: column - 1, fields: isBlank ? undefined : names.length };
}

/** For a first record that is too long to be looked at. */
export function tooLongError(file: string): OptionError {
  return new OptionError(
    `there is no column in ${file}: its first row is longer than ${MAX_LINE_BYTES} bytes, the limit`,
  );
}

function missing(file: string, column: string, names: readonly string[]): string {
  const listed = names.slice(0, MOST_NAMES).map((name) => JSON.stringify(name.slice(0, 60))).join(", ");
  const more = names.length > MOST_NAMES ? `, and ${names.length - MOST_NAMES} more` : "";
  const hint = names.length === 1
    ? "; if several columns are meant there, say what separates them with --delimiter"
    : "";
  return `there is no column ${JSON.stringify(column)} in ${file}; its first row has ${listed}${more}${hint}`;
}

function ambiguous(file: string, column: string, found: readonly number[]): string {
  const places = found.map((i) => i + 1).join(" and ");
  return `${file} has more than one column ${JSON.stringify(column)}: say which by its number, ${places}, and --header`;
}
