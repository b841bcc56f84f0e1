import type { ColumnFormat } from "./column_format.ts";
import { explainLine } from "./explain_line.ts";
import { type Marks, MAX_LINE_BYTES, withoutCr } from "./parse_number.ts";
import { emptyScan, scanRecord } from "./scan_record.ts";

/** How a missing value is often written. */
const MISSING = /^(na|n\/a|#n\/a|nan|null|nil|none|missing|-+|\.|\?)$/i;

/** What is wrong with a record. */
export interface RecordFault {
  /** The column's name or number. */
  column: string;
  /** Why it cannot be added, as the first part of a message. */
  reason: string;
  /** The bytes to show: the field, or the record where that is wrong as a whole. */
  text: Uint8Array;
}

/** What knows how the records of a table are to be read. */
export interface RecordExplainer {
  /** Says what is wrong with a record that was refused, without its line feed. */
  explain(record: Uint8Array, marks: Marks, isFirst: boolean): RecordFault;
}

/**
 * Says what is wrong with a record.
 *
 * @param record Without its line feed; of one beyond the limit, its beginning.
 * @param column Where the column stands, from 0.
 * @param fields How many fields each record must have, if that is known.
 * @param isFirst Whether it is the input's first record.
 */
export function explainRecord(
  record: Uint8Array,
  marks: Marks,
  format: ColumnFormat,
  column: number,
  fields: number | undefined,
  isFirst: boolean,
): RecordFault {
  const scan = emptyScan();
  scanRecord(record, 0, format.delimiter, column, scan);
  const whole = (reason: string) => ({ column: String(format.column), reason, text: record });
  const length = withoutCr(record, 0, record.length);
  if (scan.fault === "unclosed quote") {
    const limit = length > MAX_LINE_BYTES ? ` within ${MAX_LINE_BYTES} bytes, the limit for a row` : "";
    return whole(`a quote that is opened in this row is not closed${limit}`);
  }
  if (length > MAX_LINE_BYTES) return whole(`longer than ${MAX_LINE_BYTES} bytes, the limit for a row`);
  if (scan.fault !== "none") return whole("there is text after the closing quote of a field");
  if (scan.fields !== (fields ?? scan.fields) || scan.fields <= column) {
    return whole(
      `${countFields(scan.fields)}, where ${fields === undefined ? "the column needs" : "the first row has"} ${
        fields ?? column + 1
      }`,
    );
  }
  const text = record.subarray(scan.from, scan.to);
  const reason = text.includes(10)
    ? "a line feed inside the field"
    : MISSING.test(new TextDecoder().decode(text))
    ? "a missing value? to pass over those, say --na"
    : isFirst && !format.header
    ? `${explainLine(text, marks)}; if the first row has names, say --header`
    : explainLine(text, marks);
  return { column: String(format.column), reason, text };
}

function countFields(fields: number): string {
  return fields === 1 ? "1 field" : `${fields} fields`;
}
