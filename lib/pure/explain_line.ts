import {
  isBlankByte,
  type Marks,
  MAX_EXPONENT,
  MAX_LINE_BYTES,
  parseNumber,
  PLAIN_MARKS,
  skipDigits,
  withoutCr,
} from "./parse_number.ts";
import { escapeByte } from "./quote.ts";

/** Bytes of a line that are looked at to say what is wrong with it. */
const MOST_LOOKED_AT = 1024;

/** A form that is met often and is no number, and what to say of it. */
interface KnownForm {
  form: RegExp;
  reason: string;
}

const KNOWN_FORMS: readonly KnownForm[] = [
  { form: /^[+-]?$/, reason: "a sign without digits" },
  { form: /^[+-]?(nan|inf|infinity)$/i, reason: "not a number that can be added" },
  { form: /^[+-]?0x[0-9a-f]/i, reason: "hexadecimal is not read, only decimal digits" },
  { form: /^[+-]?0[bo][0-7]/i, reason: "binary and octal are not read, only decimal digits" },
  { form: /^\uFEFF/, reason: "a byte order mark inside the file, as where two files were joined" },
  { form: /\uFEFF/, reason: "a byte order mark in the line" },
  { form: /^[\u2010-\u2015\u2212\uFE63\uFF0D]/, reason: "that dash is not the ASCII minus sign" },
  { form: /[\u00A0\u2007\u2009\u202F]/, reason: "a space that is not the ASCII space" },
  { form: /(?![0-9])\p{Nd}/u, reason: "digits other than 0 to 9 are not read" },
  { form: /^[$\u20AC\u00A3\u00A5]|[$\u20AC\u00A3\u00A5]$/, reason: "a currency sign" },
  { form: /^[+-]?[\d.,]+\s*%$/, reason: "a percent sign" },
  { form: /^\(.*\)$/, reason: "parentheses, as bookkeepers write negative numbers, are not read" },
  { form: /^["'].*["']$/, reason: "quotes around the line; a column of a CSV file is read with --column" },
  { form: /^[+-]{2,}\d/, reason: "more than one sign" },
  { form: /^\d[\d.,]*[+-]$/, reason: "the sign comes after the number" },
];

/** How numbers are written elsewhere, tried on a line that is no number as numbers are written here. */
const OTHER_MARKS: readonly { decimal: string; group: string }[] = [
  { decimal: ".", group: "," },
  { decimal: ",", group: "." },
  { decimal: ",", group: "" },
  { decimal: ".", group: "" },
  { decimal: ".", group: "'" },
  { decimal: ".", group: "_" },
  { decimal: ".", group: " " },
  { decimal: ",", group: " " },
  { decimal: ",", group: "'" },
];

/**
 * Says why a line is no number, as the first part of a message.
 *
 * @param bytes A line that was refused, without its line feed.
 */
export function explainLine(bytes: Uint8Array, marks: Marks = PLAIN_MARKS): string {
  let end = withoutCr(bytes, 0, bytes.length);
  if (end > MAX_LINE_BYTES) return `longer than ${MAX_LINE_BYTES} bytes, the limit for a line`;
  let start = 0;
  while (start < end && isBlankByte(bytes[start])) start++;
  while (start < end && isBlankByte(bytes[end - 1])) end--;
  const line = bytes.subarray(start, end);
  if (exponentTooLarge(line, marks)) return `the exponent is beyond ${MAX_EXPONENT}, the limit either way`;
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(line.subarray(0, MOST_LOOKED_AT));
  const known = KNOWN_FORMS.find(({ form }) => form.test(text));
  if (known) return known.reason;
  return explainMarks(line, marks) ?? explainSeveral(text, marks) ?? explainStray(line, text, marks);
}

function exponentTooLarge(line: Uint8Array, marks: Marks): boolean {
  const e = line.findLastIndex((byte) => (byte | 32) === 101);
  if (e < 0 || !parseNumber(line, 0, e, marks)) return false;
  const digits = e + 1 < line.length && (line[e + 1] === 43 || line[e + 1] === 45) ? e + 2 : e + 1;
  return digits < line.length && skipDigits(line, digits, line.length) === line.length;
}

/** For a number as it is written with other marks. */
function explainMarks(line: Uint8Array, marks: Marks): string | undefined {
  const code = (mark: string) => mark === "" ? -1 : mark.charCodeAt(0);
  for (const { decimal, group } of OTHER_MARKS) {
    const other = { decimal: code(decimal), group: code(group) };
    if (other.decimal === marks.decimal && other.group === marks.group) continue;
    if (!parseNumber(line, 0, line.length, other)) continue;
    const hasGroup = group !== "" && line.includes(other.group);
    const hasDecimal = line.includes(other.decimal);
    const newDecimal = other.decimal !== marks.decimal && (hasDecimal || other.group === marks.decimal);
    const options = [
      newDecimal ? `--decimal-mark ${decimal}` : "",
      hasGroup ? `--group-mark ${shellQuote(group)}` : "",
    ];
    const what = hasGroup ? "a thousands separator" : `a decimal ${decimal === "," ? "comma" : "point"}`;
    return `${what}; if that is how these numbers are written, say ${options.filter(Boolean).join(" ")}`;
  }
  return undefined;
}

function shellQuote(mark: string): string {
  return mark === "'" || mark === " " ? `"${mark}"` : mark;
}

/** For several numbers on one line. */
function explainSeveral(text: string, marks: Marks): string | undefined {
  const isNumber = (part: string) => {
    const bytes = new TextEncoder().encode(part);
    return parseNumber(bytes, 0, bytes.length, marks) !== undefined;
  };
  const parts = text.split(/[\s;,|:]+/).filter((part) => part !== "");
  return parts.length > 1 && parts.every(isNumber) ? "more than one number on the line" : undefined;
}

/** For everything else: what stands where the number ends, or that there is no number. */
function explainStray(line: Uint8Array, text: string, marks: Marks): string {
  let end = Math.min(line.length, MOST_LOOKED_AT);
  while (end > 0 && !parseNumber(line, 0, end, marks)) end--;
  if (end === 0 || end === MOST_LOOKED_AT) {
    const odd = line.findIndex((byte) => byte < 32 || byte > 126);
    if (odd < 0 || /\p{L}/u.test(text)) return "not a number";
    return `not a number, with the byte ${escapeByte(line[odd]!)} in it`;
  }
  const byte = line[end]!;
  const shown = byte > 32 && byte < 127
    ? `"${String.fromCharCode(byte)}"`
    : byte === 32
    ? "a space"
    : `the byte ${escapeByte(byte)}`;
  return `${shown} after the number`;
}

/** First bytes of files that are not text of one number a line. */
const KNOWN_FILES: readonly { bytes: readonly number[]; reason: string }[] = [
  { bytes: [0xFF, 0xFE], reason: "this is UTF-16 text; make it UTF-8 with iconv -f UTF-16 -t UTF-8" },
  { bytes: [0xFE, 0xFF], reason: "this is UTF-16 text; make it UTF-8 with iconv -f UTF-16 -t UTF-8" },
  { bytes: [0x1F, 0x8B], reason: "this is gzip data; unpack it with gunzip" },
  { bytes: [0x28, 0xB5, 0x2F, 0xFD], reason: "this is zstd data; unpack it with unzstd" },
  { bytes: [0xFD, 0x37, 0x7A, 0x58, 0x5A], reason: "this is xz data; unpack it with unxz" },
  { bytes: [0x42, 0x5A, 0x68], reason: "this is bzip2 data; unpack it with bunzip2" },
  { bytes: [0x50, 0x4B, 0x03, 0x04], reason: "this is a ZIP archive or an office document, not text" },
  { bytes: [0x50, 0x41, 0x52, 0x31], reason: "this is a Parquet file, not text" },
  { bytes: [0x7F, 0x45, 0x4C, 0x46], reason: "this is a program, not text" },
];

/** Says what kind of file begins with such a line, if it is clearly not one of a number a line. */
export function explainFirstLine(bytes: Uint8Array): string | undefined {
  const known = KNOWN_FILES.find(({ bytes: first }) => first.every((byte, i) => bytes[i] === byte));
  if (known) return known.reason;
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes.subarray(0, MOST_LOOKED_AT));
  if (/^(.\0)+|^(\0.)+/.test(text)) return "this looks like UTF-16 text; make it UTF-8 with iconv";
  if (/^["\w .-]*\p{L}["\w .()-]*([,;\t|]["\w .()-]+)+\r?$/u.test(text)) {
    return "this looks like the header of a CSV file, not a number";
  }
  return undefined;
}
