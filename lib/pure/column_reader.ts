import { addLine, type AddLines, type Tally } from "./add_lines.ts";
import type { LineEnds } from "./cut_blocks.ts";
import { FirstBytes } from "./first_bytes.ts";
import { columnFormatOf, type WantedColumn } from "./column_format.ts";
import { explainRecord, type RecordExplainer } from "./explain_record.ts";
import { findColumn, tooLongError } from "./find_column.ts";
import { isBlankByte, type Marks, MAX_LINE_BYTES, withoutCr } from "./parse_number.ts";
import { RecordEnds } from "./record_ends.ts";
import { emptyScan, scanRecord } from "./scan_record.ts";

const LF = 10;
const CR = 13;
/** What stands for a record that is bad as a whole: it is no number in any format. */
const BAD = 63;
/** Records that are added at once. */
const BATCH_RECORDS = 4096;
const BATCH_BYTES = 128 * 1024;

/** Adds one column of records, where others add lines. */
export interface ColumnReader extends RecordExplainer {
  /** Takes the input's first bytes, in order, if they were summed earlier; more than are needed do no harm. */
  takeFirst(bytes: Uint8Array): void;
  /**
   * Begins at an offset, with what was taken of the bytes before it, and returns what finds the ends of records.
   *
   * @throws {OptionError} If there is no such column.
   */
  begin(offset: number): LineEnds;
  /** @throws {OptionError} If the place of the column is not known yet, at a record that is too long to be looked at. */
  requirePlace(): void;
  /** Adds records; until the column is placed, the first of them is the input's first. */
  addLines: AddLines;
  /** Adds one record `bytes[from, to)`, without its line feed; returns whether it is good, as `addLine` does. */
  addLine(tally: Tally, bytes: Uint8Array, from: number, to: number, marks: Marks): boolean;
  /** Where the record that begins at `from` ends, without its line feed. */
  endOf(bytes: Uint8Array, from: number): number;
}

/** What {@linkcode createColumnReader} is; not everybody loads it. */
export type CreateColumnReader = typeof createColumnReader;

/**
 * Makes what adds a column of the input `file`. Of each record the wanted field is copied to a line of its own, and
 * those lines are added: the first row of names as a blank one, like an empty field or one that says that its value is
 * missing.
 *
 * A well-kept CSV parser (that of the Deno standard library) was measured in its place: it makes texts of all fields,
 * takes six times as long, and does not say where in the bytes a record that it refuses begins.
 *
 * @param addLines What adds the lines.
 * @throws {RangeError} If the options make no sense.
 */
export function createColumnReader(file: string, options: WantedColumn, addLines: AddLines): ColumnReader {
  const format = columnFormatOf(options);
  const { delimiter, na } = format;
  const scan = emptyScan();
  const starts = new Uint32Array(BATCH_RECORDS + 1);
  const lineStarts = new Uint32Array(BATCH_RECORDS + 1);
  let lines = new Uint8Array(BATCH_BYTES);
  /** The column, from 0, and how many fields each record must have, if that is known. */
  let column: number | undefined;
  let fields: number | undefined;

  function place(bytes: Uint8Array): void {
    ({ column, fields } = findColumn(file, bytes.subarray(0, endOf(bytes, 0)), format));
  }

  function endOf(bytes: Uint8Array, from: number): number {
    scanRecord(bytes, from, delimiter, 0, scan);
    return bytes[scan.next - 1] === LF ? scan.next - 1 : scan.next;
  }

  /** Looks at the record that begins at `from`; the scan has the field, without blanks around it. */
  function look(bytes: Uint8Array, from: number): "field" | "blank" | "bad" {
    scanRecord(bytes, from, delimiter, column!, scan);
    let { from: start, to: end } = scan;
    if (withoutCr(bytes, from, bytes[scan.next - 1] === LF ? scan.next - 1 : scan.next) - from > MAX_LINE_BYTES) {
      return "bad";
    }
    end = withoutCr(bytes, start, end);
    while (start < end && isBlankByte(bytes[start])) start++;
    while (start < end && isBlankByte(bytes[end - 1])) end--;
    scan.from = start;
    scan.to = end;
    if (scan.fields === 1 && isBlankLine(bytes, from, scan.next)) return "blank";
    if (scan.fault !== "none" || scan.fields <= column! || bytes[end - 1] === CR && end > start) return "bad";
    if (fields !== undefined && scan.fields !== fields) return "bad";
    return start === end || na.length > 0 && isMissing(bytes, start, end) ? "blank" : "field";
  }

  function isMissing(bytes: Uint8Array, from: number, to: number): boolean {
    return na.some((text) => text.length === to - from && text.every((byte, i) => byte === bytes[from + i]));
  }

  /** Copies a field to `filled`, and returns its end there. A field with a line feed in it is no number. */
  function copyField(bytes: Uint8Array, from: number, to: number, filled: number): number {
    let end = filled;
    for (let i = from; i < to; i++) {
      const byte = bytes[i]!;
      lines[end++] = byte === LF ? BAD : byte;
    }
    return end;
  }

  /** Copies the fields of as many records as a batch takes; returns how many, and where the next one begins. */
  function gather(bytes: Uint8Array, start: number): { records: number; next: number; filled: number } {
    let next = start;
    let filled = 0;
    let records = 0;
    while (next < bytes.length && records < BATCH_RECORDS && filled < BATCH_BYTES) {
      starts[records] = next;
      lineStarts[records] = filled;
      const isHeader = column === undefined;
      if (isHeader) place(bytes.subarray(next));
      const kind = isHeader && format.header ? "blank" : look(bytes, next);
      next = isHeader && format.header ? endOf(bytes, next) + 1 : scan.next;
      const { from, to } = scan;
      const length = kind === "field" ? to - from : kind === "bad" ? 1 : 0;
      if (filled + length >= lines.length) lines = enlarged(lines, filled + length + 1);
      if (kind === "bad") lines[filled++] = BAD;
      else if (kind === "field") filled = copyField(bytes, from, to, filled);
      lines[filled++] = LF;
      records++;
    }
    starts[records] = next;
    return { records, next, filled };
  }

  const first = new FirstBytes();

  return {
    takeFirst: (bytes) => first.add(bytes),
    begin: (offset) => {
      if (offset > 0) place(first.withoutMark);
      return new RecordEnds(delimiter, offset);
    },
    requirePlace: () => {
      if (column === undefined) throw tooLongError(file);
    },
    endOf,
    addLines: (tally, bytes, marks, onBadLine) => {
      for (let from = 0; from < bytes.length;) {
        const { records, next, filled } = gather(bytes, from);
        const recordAt = (line: number) => indexOf(lineStarts, line, records);
        const skip = onBadLine && ((line: number) => {
          const record = recordAt(line);
          onBadLine(starts[record]!, starts[record + 1]! - 1);
        });
        const end = addLines(tally, lines.subarray(0, filled), marks, skip);
        if (end < filled) return starts[recordAt(end)]!;
        from = next;
      }
      return bytes.length;
    },
    addLine: (tally, bytes, from, to, marks) => {
      const record = bytes.subarray(from, to);
      const isHeader = column === undefined;
      if (isHeader) place(record);
      const kind = isHeader && format.header ? "blank" : look(record, 0);
      if (kind === "blank") tally.blank++;
      return kind === "blank" || kind === "field" && addLine(tally, record, scan.from, scan.to, marks);
    },
    explain: (record, marks, isFirst) => explainRecord(record, marks, format, column ?? 0, fields, isFirst),
  };
}

/** Whether a line `bytes[from, to)` holds nothing but spaces, tabs and its end. */
function isBlankLine(bytes: Uint8Array, from: number, to: number): boolean {
  let at = from;
  while (at < to && isBlankByte(bytes[at])) at++;
  if (at < to && bytes[at] === CR) at++;
  return at === to || bytes[at] === LF;
}

function enlarged(bytes: Uint8Array<ArrayBuffer>, least: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(least + BATCH_BYTES);
  larger.set(bytes);
  return larger;
}

/** The place of a value among the first `length` of an ascending list that has it. */
function indexOf(list: Uint32Array, value: number, length: number): number {
  let low = 0;
  for (let high = length - 1; low < high;) {
    const middle = (low + high + 1) >>> 1;
    if (list[middle]! <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}
