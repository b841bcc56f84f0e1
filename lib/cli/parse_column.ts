import { type ColumnOptions, isDelimiter } from "../pure/column_format.ts";
import type { OptionName } from "./options.ts";

/** What a command line says of a column, as text. */
export interface GivenColumn {
  /** The options that it has. */
  names: readonly OptionName[];
  column: string | undefined;
  delimiter: string | undefined;
  /** Each a text, or several with commas between them. */
  na: readonly string[];
}

/** The column that a command line asks for, or why it cannot be had. */
export function parseColumn({ names, column, delimiter, na }: GivenColumn): ColumnOptions | { whyNot: string } {
  if (column === undefined) {
    const [stray] = (["delimiter", "header", "na"] as const).filter((name) => names.includes(name));
    return stray ? { whyNot: `--${stray} is about the columns of a table; say which one to sum with --column` } : {};
  }
  const number = /^\d+$/.test(column) ? Number(column) : undefined;
  if (number !== undefined && !(number >= 1 && Number.isSafeInteger(number))) {
    return { whyNot: `--column wants a number from 1 or a name from the first row, not "${column}"` };
  }
  const between = delimiter !== undefined && /^(tab|\\t)$/i.test(delimiter) ? "\t" : delimiter;
  if (between !== undefined && !isDelimiter(between)) {
    return { whyNot: `--delimiter wants one ASCII character or "tab", not "${delimiter}"` };
  }
  return {
    column: number ?? column,
    delimiter: between,
    header: names.includes("header") || undefined,
    na: na.flatMap((text) => text.split(",")),
  };
}
