const LF = 10;
const CR = 13;
const QUOTE = 34;

/** What a look at one record found. One object serves for many looks, since there are millions. */
export interface Scan {
  /** Just after the record, its line feed included. */
  next: number;
  /** How many fields it has. */
  fields: number;
  /** The wanted field without its quotes, or an empty stretch if there is none. Doubled quotes in it stay doubled. */
  from: number;
  to: number;
  /** What is wrong with the record as a whole. */
  fault: "none" | "unclosed quote" | "text after a quote";
}

/** For {@linkcode scanRecord} to fill. */
export function emptyScan(): Scan {
  return { next: 0, fields: 0, from: 0, to: 0, fault: "none" };
}

/**
 * Finds the end of the record that begins at `start`, and one of its fields. A field is quoted if its first byte is a
 * quote; there, delimiters and line feeds are text, and a quote is written twice. A quote anywhere else is text.
 *
 * @param column The wanted field, from 0.
 */
export function scanRecord(bytes: Uint8Array, start: number, delimiter: number, column: number, scan: Scan): void {
  let from = start;
  let to = start;
  scan.fault = "none";
  scan.fields = 0;
  for (let at = start;;) {
    at = scanField(bytes, at, delimiter, scan);
    if (scan.fields === column) {
      from = scan.from;
      to = scan.to;
    }
    scan.fields++;
    if (at === bytes.length || bytes[at++] === LF) {
      scan.next = at;
      break;
    }
  }
  scan.from = from;
  scan.to = to;
}

/** Finds the field that begins at `start`; returns where what ends it stands: a delimiter, a line feed, or nothing. */
function scanField(bytes: Uint8Array, start: number, delimiter: number, scan: Scan): number {
  const end = bytes.length;
  let at = start;
  let close = -1;
  if (at < end && bytes[at] === QUOTE) {
    at++;
    while (at < end && (bytes[at] !== QUOTE || bytes[at + 1] === QUOTE)) at += bytes[at] === QUOTE ? 2 : 1;
    close = at = Math.min(at, end);
    if (at === end) scan.fault = "unclosed quote";
    else if (!isFieldEnd(bytes, ++at, delimiter)) scan.fault = "text after a quote";
  }
  while (at < end) {
    const byte = bytes[at]!;
    if (byte === delimiter || byte === LF) break;
    at++;
  }
  scan.from = close < 0 ? start : start + 1;
  scan.to = close < 0 ? at : close;
  return at;
}

/** Whether a field may end at `at`: there is the delimiter, a line end with or without CR, or nothing more. */
function isFieldEnd(bytes: Uint8Array, at: number, delimiter: number): boolean {
  if (at >= bytes.length || bytes[at] === delimiter || bytes[at] === LF) return true;
  return bytes[at] === CR && (at + 1 === bytes.length || bytes[at + 1] === LF);
}

/** The fields of one record, as text. */
export function fieldsOf(record: Uint8Array, delimiter: number): string[] {
  const decoder = new TextDecoder();
  const scan = emptyScan();
  const fields: string[] = [];
  for (let at = 0;;) {
    const isQuoted = record[at] === QUOTE;
    at = scanField(record, at, delimiter, scan);
    const text = decoder.decode(record.subarray(scan.from, scan.to));
    fields.push(isQuoted ? text.replaceAll('""', '"') : text.trim());
    if (at === record.length || record[at++] === LF) return fields;
  }
}
