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
import { escapeByte, quote } from "./quote.ts";

/** Bytes of a line that are looked at to say what is wrong with it. */
const MOST_LOOKED_AT = 1024;
const PLUS = 43;
const MINUS = 45;
const LOWER_E = 101;

/** A form that is met often and is no number, and what to say of it. */
interface KnownForm {
  form: RegExp;
  /** Or what makes it of the text that fits. */
  reason: string | ((fitting: string) => string);
}

/**
 * The first that fits is said; what stands here is never a number, whatever the marks. They are made when they are
 * asked for: to make those with `\p` takes longer than to read all options, and most runs have no bad line.
 */
function knownForms(): readonly KnownForm[] {
  return [
    { form: /^\uFEFF/, reason: "a byte order mark inside the file, as where two files were joined" },
    { form: /\uFEFF/, reason: "a byte order mark in the line" },
    { form: /\r/, reason: "a CR inside the line; where lines end with CR alone, tr '\\r' '\\n' mends it" },
    { form: /^[+-]$/, reason: "a sign without digits" },
    { form: /^[+-]?[.,]$/, reason: "a decimal mark without digits" },
    { form: /^[+-]?(nan|inf|infinity)$/i, reason: "not a number that can be added" },
    { form: /^(na|n\/a|null|nil|none)$/i, reason: "a missing value, not a number" },
    { form: /^[+-]?0x[\da-f]/i, reason: "hexadecimal is not read, only decimal digits" },
    { form: /^[+-]?0[bo][0-7]/i, reason: "binary and octal are not read, only decimal digits" },
    { form: /^[+-]?[\d.,]*\d[.,]?e[+-]?$/i, reason: "an exponent without digits" },
    { form: /^[+-]?[.,]?e[+-]?\d+$/i, reason: "an exponent without a number before it" },
    { form: /^[\u2010-\u2015\u2212\uFE63\uFF0D]/, reason: "that dash is not the ASCII minus sign" },
    { form: /[\u00A0\u2007\u2009\u202F]/, reason: explainSpace },
    { form: /(?!\d)\p{Nd}/u, reason: "digits other than 0 to 9 are not read" },
    { form: /^[+-]?\p{Sc}|\p{Sc}$/u, reason: explainCurrency },
    { form: /^[+-]?[\d.,]+\s*%$/, reason: "a percent sign; tr -d % leaves it out" },
    { form: /^\(.*\)$/, reason: "parentheses, as bookkeepers write negative numbers, are not read" },
    { form: /^["'].*["']$/, reason: "quotes around the line; a column of a CSV file is read with --column" },
    { form: /^[+-]{2,}\d/, reason: "more than one sign" },
    { form: /^[+-]\s+\d/, reason: "a space between the sign and the digits" },
    { form: /^\d[\d.,]*[+-]$/, reason: "the sign comes after the number" },
    { form: /^\d{4}-\d\d?-\d\d?\b|^\d\d?([./])\d\d?\1\d{4}\b/, reason: "a date, not a number" },
    { form: /^\d+:\d\d\b/, reason: "a time, not a number" },
  ];
}

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
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(line.subarray(0, MOST_LOOKED_AT));
  return explainExponent(line, marks) ??
    explainForm(text) ??
    explainMarks(line, marks) ??
    explainSeveral(text, marks) ??
    explainStrayByte(line, text) ??
    explainEnd(line, marks);
}

/** For a text of a known form. */
function explainForm(text: string): string | undefined {
  for (const { form, reason } of knownForms()) {
    const fitting = form.exec(text)?.[0];
    if (fitting !== undefined) return typeof reason === "string" ? reason : reason(fitting);
  }
  return undefined;
}

/** For `$5`; `tr` knows only ASCII everywhere. */
function explainCurrency(fitting: string): string {
  const [sign] = /\p{Sc}/u.exec(fitting)!;
  return `a currency sign; ${sign === "$" ? "tr -d '$'" : `sed 's/${sign}//g'`} leaves it out`;
}

/** For a space that looks like the ASCII one, and so has to be written by its number. */
function explainSpace(space: string): string {
  const code = space.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
  return `a space that is not the ASCII space, U+${code}; in bash, sed $'s/\\u${code}//g' leaves it out`;
}

/** For a number with an exponent beyond the limit. */
function explainExponent(line: Uint8Array, marks: Marks): string | undefined {
  const e = line.findIndex((byte) => (byte | 32) === LOWER_E);
  if (e < 0 || !parseNumber(line, 0, e, marks)) return undefined;
  const digits = line[e + 1] === PLUS || line[e + 1] === MINUS ? e + 2 : e + 1;
  const isWhole = digits < line.length && skipDigits(line, digits, line.length) === line.length;
  return isWhole ? `the exponent is beyond ${MAX_EXPONENT}, the limit either way` : undefined;
}

/** For several numbers on one line. */
function explainSeveral(text: string, marks: Marks): string | undefined {
  const isNumber = (part: string) => {
    const bytes = new TextEncoder().encode(part);
    return parseNumber(bytes, 0, bytes.length, marks) !== undefined;
  };
  const parts = text.split(/[ \t;,|:]+/).filter((part) => part !== "");
  return parts.length > 1 && parts.every(isNumber) ? "more than one number on the line" : undefined;
}

/** For a byte that is no text. */
function explainStrayByte(line: Uint8Array, text: string): string | undefined {
  const at = text.search(/[^\P{Cc}\t]|\uFFFD/u);
  if (at < 0) return undefined;
  const byte = line[new TextEncoder().encode(text.slice(0, at)).length];
  return byte === undefined ? undefined : `a stray byte, ${escapeByte(byte)}`;
}

/** For everything else: what follows the number at the line's start, or that there is none. */
function explainEnd(line: Uint8Array, marks: Marks): string {
  let end = Math.min(line.length, MOST_LOOKED_AT);
  while (end > 0 && !parseNumber(line, 0, end, marks)) end--;
  if (end === 0) return "not a number";
  end = skipDigits(line, end, line.length);
  while (isBlankByte(line[end])) end++;
  const [next = ""] = new TextDecoder().decode(line.subarray(end, end + 4));
  return `${quote(new TextEncoder().encode(next))} after the number`;
}

/** How numbers are written elsewhere. */
const OTHER_MARKS: readonly { decimal: string; group: string }[] = [
  { decimal: ".", group: "," },
  { decimal: ".", group: "'" },
  { decimal: ".", group: "_" },
  { decimal: ".", group: " " },
  { decimal: ".", group: "" },
  { decimal: ",", group: "." },
  { decimal: ",", group: "'" },
  { decimal: ",", group: "_" },
  { decimal: ",", group: " " },
  { decimal: ",", group: "" },
];

/** A way to read a line: what is in it, and the options for that. */
interface Reading {
  what: string;
  options: string;
}

/**
 * Says with which options a line would be a number. There may be two: `1,234` is a thousand and more, or one and
 * some, and only who wrote it knows.
 */
export function explainMarks(line: Uint8Array, marks: Marks): string | undefined {
  const readings = new Map<string, Reading>();
  for (const { decimal, group } of OTHER_MARKS) {
    if (!parseNumber(line, 0, line.length, { decimal: codeOf(decimal), group: codeOf(group) })) continue;
    const reading = readingOf(line, decimal, group, marks);
    if (reading.options !== "") readings.set(reading.options, reading);
  }
  if (readings.size === 0) return undefined;
  const join = (key: keyof Reading) => [...new Set([...readings.values()].map((reading) => reading[key]))].join(" or ");
  return `${join("what")}; if these numbers are written so, say ${join("options")}`;
}

function readingOf(line: Uint8Array, decimal: string, group: string, marks: Marks): Reading {
  const hasGroup = group !== "" && line.includes(codeOf(group));
  const hasDecimal = line.includes(codeOf(decimal));
  const isOther = codeOf(decimal) !== marks.decimal && (hasDecimal || codeOf(group) === marks.decimal);
  const isTaken = isOther && codeOf(decimal) === marks.group && !hasGroup;
  const options = [
    isOther ? `--decimal-mark ${decimal}` : "",
    hasGroup ? `--group-mark ${quoteForShell(group)}` : "",
    isTaken ? `without --group-mark ${decimal}` : "",
  ];
  const separator = group === " "
    ? "more than one number on the line or a thousands separator"
    : "a thousands separator";
  return {
    what: hasGroup ? separator : `a decimal ${decimal === "," ? "comma" : "point"}`,
    options: options.filter(Boolean).join(" "),
  };
}

function codeOf(mark: string): number {
  return mark === "" ? -1 : mark.charCodeAt(0);
}

function quoteForShell(mark: string): string {
  return mark === "'" || mark === " " ? `"${mark}"` : mark;
}
