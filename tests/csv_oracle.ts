/**
 * What the reading of columns is checked against: RFC 4180 as a regular expression of one field, on text. It shares no
 * code with lib/, and is slow and short on purpose.
 *
 * @module
 */
import { kindOf, oracleSum } from "./oracle.ts";

/** What a column of a table comes to. */
export interface ColumnFacts {
  sum: string;
  count: number;
  blank: number;
  skipped: number;
  /** The rows that are bad, from 1. */
  bad: number[];
  /** Where each row ends, in characters. */
  ends: number[];
}

/** Reads a column of a table of ASCII characters. */
export function readColumn(
  text: string,
  { column, header, delimiter = ",", na = [] }: { column: number; header: boolean; delimiter?: string; na?: string[] },
): ColumnFacts {
  const rows = rowsOf(text, delimiter);
  const facts: ColumnFacts = { sum: "0", count: 0, blank: 0, skipped: 0, bad: [], ends: rows.map(({ end }) => end) };
  const numbers: string[] = [];
  const width = isEmpty(rows[0]) ? undefined : rows[0]?.fields.length;
  for (const [i, row] of rows.entries()) {
    const field = row.fields[column - 1]?.replace(/\r$/, "").replace(/^[ \t]+|[ \t]+$/g, "").replaceAll("\r", "?");
    if (i === 0 && header || isEmpty(row)) {
      facts.blank++;
    } else if (!row.isWellMade || field === undefined || row.fields.length !== (width ?? row.fields.length)) {
      facts.bad.push(i + 1);
    } else if (field === "" || na.includes(field)) {
      facts.blank++;
    } else if (kindOf(field) === "number" && !field.includes("\n")) {
      facts.count++;
      numbers.push(field);
    } else {
      facts.bad.push(i + 1);
    }
  }
  return { ...facts, sum: oracleSum(numbers), skipped: facts.bad.length };
}

interface Row {
  fields: string[];
  isWellMade: boolean;
  end: number;
  text: string;
}

/** Whether nothing is in a row, not even quotes. */
function isEmpty(row: Row | undefined): boolean {
  return row !== undefined && row.fields.length === 1 && /^[ \t]*\r?\n?$/.test(row.text);
}

function rowsOf(text: string, delimiter: string): Row[] {
  const d = delimiter.replace(/[|\\^.*+?$()[\]{}]/, "\\$&");
  const field = new RegExp(`("((?:[^"]|"")*)("|$))?([^${d}\n]*)(${d}|\n|$)`, "y");
  const rows: Row[] = [];
  for (let at = 0; at < text.length;) {
    const row: Row = { fields: [], isWellMade: true, end: 0, text: "" };
    const start = at;
    for (;;) {
      field.lastIndex = at;
      const [, quoted, inner = "", close, plain = "", end] = field.exec(text)!;
      at = field.lastIndex;
      if (quoted === undefined) row.fields.push(plain);
      else row.fields.push(inner);
      if (quoted !== undefined) {
        row.isWellMade &&= close === '"' && /^\r?$/.test(plain) && (plain === "" || end !== delimiter);
      }
      if (end !== delimiter) break;
    }
    row.end = at;
    row.text = text.slice(start, at);
    rows.push(row);
  }
  return rows;
}
