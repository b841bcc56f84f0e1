/**
 * Lines that a reader of numbers may get wrong, and what each of them is: a table, so that nothing is left to the
 * code that it checks.
 *
 * @module
 */

/** A line without its line feed, and what it is: a number of this value, blank, or bad for this reason. */
export interface HostileLine {
  bytes: Uint8Array;
  is: { value: string } | { bad: string } | "blank";
}

const DIGITS = "0123456789";
const encode = (text: string) => new TextEncoder().encode(text);
const number = (text: string, value: string): HostileLine => ({ bytes: encode(text), is: { value } });
const bad = (reason: string, ...texts: string[]): HostileLine[] =>
  texts.map((text) => ({ bytes: encode(text), is: { bad: reason } }));
const blank = (text: string): HostileLine => ({ bytes: encode(text), is: "blank" });
const hex = (byte: number) => "\\x" + byte.toString(16).toUpperCase().padStart(2, "0");

/** Every byte but the line feed. */
const BYTES = Array.from({ length: 256 }, (_, byte) => byte).filter((byte) => byte !== 10);

const EVERY_BYTE_ALONE: HostileLine[] = BYTES.map((byte) => {
  const character = String.fromCharCode(byte);
  const say = (reason: string) => ({ bytes: Uint8Array.of(byte), is: { bad: reason } });
  if (DIGITS.includes(character)) return number(character, character);
  if ("\t\r ".includes(character)) return blank(character);
  if ("+-".includes(character)) return say("a sign without digits");
  if (".,".includes(character)) return say("a decimal mark without digits");
  if (character === "$") return say("a currency sign; tr -d '$' leaves it out");
  return say(byte < 32 || byte > 126 ? `a stray byte, ${hex(byte)}` : "not a number");
});

const EVERY_BYTE_INSIDE: HostileLine[] = BYTES.map((byte) => {
  const character = String.fromCharCode(byte);
  const say = (reason: string) => ({ bytes: Uint8Array.of(0x31, byte, 0x32), is: { bad: reason } });
  if (DIGITS.includes(character)) return number(`1${character}2`, `1${character}2`);
  if (character === ".") return number("1.2", "1.2");
  if (character === "e" || character === "E") return number(`1${character}2`, "100");
  if (character === ",") return say("a decimal comma; if these numbers are written so, say --decimal-mark ,");
  if ("\t ;:|".includes(character)) return say("more than one number on the line");
  if (character === "\r") return say("a CR inside the line; where lines end with CR alone, tr '\\r' '\\n' mends it");
  if (byte < 32 || byte > 126) return say(`a stray byte, ${hex(byte)}`);
  return say(`"${'"\\'.includes(character) ? "\\" : ""}${character}" after the number`);
});

const NO_EXPONENT_DIGITS = "an exponent without digits";
const EVERY_PREFIX: HostileLine[] = [
  blank(""),
  ...bad("a sign without digits", "-"),
  number("-9", "-9"),
  number("-90", "-90"),
  number("-900", "-900"),
  number("-9007", "-9007"),
  number("-90071", "-90071"),
  number("-900719", "-900719"),
  number("-9007199", "-9007199"),
  number("-90071992", "-90071992"),
  number("-900719925", "-900719925"),
  number("-9007199254", "-9007199254"),
  number("-90071992547", "-90071992547"),
  number("-900719925474", "-900719925474"),
  number("-9007199254740", "-9007199254740"),
  number("-90071992547409", "-90071992547409"),
  number("-900719925474099", "-900719925474099"),
  number("-9007199254740993", "-9007199254740993"),
  number("-90071992547409930", "-90071992547409930"),
  number("-900719925474099300", "-900719925474099300"),
  number("-9007199254740993001", "-9007199254740993001"),
  number("-9007199254740993001.", "-9007199254740993001"),
  number("-9007199254740993001.0", "-9007199254740993001"),
  number("-9007199254740993001.00", "-9007199254740993001"),
  number("-9007199254740993001.000", "-9007199254740993001"),
  number("-9007199254740993001.0001", "-9007199254740993001.0001"),
  number("-9007199254740993001.00010", "-9007199254740993001.0001"),
  number("-9007199254740993001.000102", "-9007199254740993001.000102"),
  number("-9007199254740993001.0001020", "-9007199254740993001.000102"),
  number("-9007199254740993001.00010203", "-9007199254740993001.00010203"),
  ...bad(NO_EXPONENT_DIGITS, "-9007199254740993001.00010203e", "-9007199254740993001.00010203e+"),
  number("-9007199254740993001.00010203e+1", "-90071992547409930010.0010203"),
  number("-9007199254740993001.00010203e+10", "-90071992547409930010001020300"),
];

const UNICODE: HostileLine[] = [
  ...bad(
    "digits other than 0 to 9 are not read",
    ...[
      "\u0661",
      "\u0661\u0662\u0663",
      "\u06F5",
      "\u0967",
      "\u09E7",
      "\u0E51",
      "\uFF11",
      "\uFF10\uFF0E\uFF15",
      "1\u0662",
    ],
    ...[
      "\u{1D7CE}",
      "\u{1D7D8}",
      "\u{1D7E2}",
      "\u{1D7EC}",
      "\u{1D7F6}",
      "\u{1FBF0}",
      "-\u0661",
      "\u0661.5",
      "1e\uFF15",
    ],
  ),
  ...bad(
    "that dash is not the ASCII minus sign",
    ...["\u22125", "\u20105", "\u20115", "\u20125", "\u20135", "\u20145", "\u20155", "\uFE635", "\uFF0D5", "\u2212"],
  ),
  ...[["\u00A0", "00A0"], ["\u202F", "202F"], ["\u2009", "2009"], ["\u2007", "2007"]].flatMap(([space, code]) =>
    bad(
      `a space that is not the ASCII space, U+${code}; in bash, sed $'s/\\u${code}//g' leaves it out`,
      `${space}5`,
      `5${space}`,
      `1${space}000`,
    )
  ),
  ...bad("a byte order mark inside the file, as where two files were joined", "\uFEFF5", "\uFEFF", "\uFEFF-1.5"),
  ...bad("a byte order mark in the line", "5\uFEFF", "1\uFEFF2", "-\uFEFF1"),
  ...["\u20AC", "\u00A3", "\u00A5", "\u20B9"].flatMap((sign) =>
    bad(`a currency sign; sed 's/${sign}//g' leaves it out`, `${sign}5`, `5${sign}`, `-${sign}1.5`)
  ),
  ...bad("a currency sign; tr -d '$' leaves it out", "$5", "-$5", "$1,234.50"),
  ...bad(
    "not a number",
    "\u00BD",
    "\u00B2",
    "\u2460",
    "\u2167",
    "\u4E94",
    "\u221E",
    "\u00E9",
    "\u200B5",
    "\uFF0B5",
    "\u00B15",
  ),
  ...bad('"\u00BD" after the number', "5\u00BD"),
  ...bad('"\u00B2" after the number', "5\u00B2"),
  ...bad('"\u00D7" after the number', "5\u00D710"),
  ...bad('"\u066B" after the number', "5\u066B5"),
  ...bad('"\uFF0E" after the number', "5\uFF0E"),
  ...bad('"\\xE2\\x80\\x8B" after the number', "5\u200B", "1\u200B2"),
  ...bad('"\\xE2\\x80\\xA8" after the number', "5\u20286"),
  ...bad('"\\xE2\\x80\\xAE" after the number', "5\u202E6"),
  ...bad("a stray byte, \\xC2", "5\u00856", "\u0085"),
];

const NUMBERS: HostileLine[] = [
  number("007", "7"),
  number("-0", "0"),
  number("+0.0", "0"),
  number("-.0e5", "0"),
  number(".5", "0.5"),
  number("5.", "5"),
  number("+5.25", "5.25"),
  number("-.5e1", "-5"),
  number("5.e-1", "0.5"),
  number("1e3", "1000"),
  number("2E-7", "0.0000002"),
  number("1e+0000000000000000000000001", "10"),
  number("1e-0", "1"),
  number("0e10000", "0"),
  number("1e10000", `1${"0".repeat(10_000)}`),
  number("-1e-10000", `-0.${"0".repeat(9999)}1`),
  number("9007199254740993", "9007199254740993"),
  number("0.1000000000000000055511151231257827", "0.1000000000000000055511151231257827"),
  number(`${"0".repeat(400)}5`, "5"),
  number(`0.${"0".repeat(400)}5`, `0.${"0".repeat(400)}5`),
  number("7".repeat(400), "7".repeat(400)),
  number(" 5", "5"),
  number("5 ", "5"),
  number("\t5\t", "5"),
  number(" \t 5 \t \r", "5"),
  number("5\r", "5"),
  number(`${" ".repeat(300)}5${"\t".repeat(300)}`, "5"),
  blank(" \t \r"),
  blank("\t".repeat(300)),
];

const OTHERS: HostileLine[] = [
  ...bad("not a number that can be added", "NaN", "nan", "-nan", "inf", "INF", "-Inf", "Infinity", "+infinity"),
  ...bad("a missing value, not a number", "NA", "N/A", "null", "NULL", "None", "nil"),
  ...bad("hexadecimal is not read, only decimal digits", "0x10", "0X1F", "-0xff", "0x1p3", "0x.8", "0xg").slice(0, 4),
  ...bad('"x" after the number', "0x.8", "0xg", "1x", "0x"),
  ...bad("binary and octal are not read, only decimal digits", "0b101", "0o17", "-0B0"),
  ...bad(NO_EXPONENT_DIGITS, "1e", "1E", "1e+", "1e-", "1.e", ".5E-"),
  ...bad("an exponent without a number before it", "e5", "E5", "-e5", ".e5", "+.E-5"),
  ...bad(
    "the exponent is beyond 10000, the limit either way",
    "1e10001",
    "1e-10001",
    "0e99999",
    `1e${"9".repeat(500)}`,
    "-.5E+10001",
  ),
  ...bad("a sign without digits", "+", " - ", "\t+\r"),
  ...bad("a decimal mark without digits", "-.", "+.", " . "),
  ...bad("more than one sign", "--5", "++5", "+-5", "-+5", "---5.5"),
  ...bad("a space between the sign and the digits", "- 5", "+\t5"),
  ...bad("the sign comes after the number", "5-", "5+", "5.5-", "1,234-"),
  ...bad("a percent sign; tr -d % leaves it out", "5%", "5 %", "-1.5%"),
  ...bad("parentheses, as bookkeepers write negative numbers, are not read", "(5)", "(1,000)"),
  ...bad("quotes around the line; a column of a CSV file is read with --column", '"5"', "'5'", '"1","2"'),
  ...bad("more than one number on the line", "1 2", "1\t2", "1  -2", "1;2", "1,2,3", "1 2 3", "5 .5", "1, 2"),
  ...bad("a date, not a number", "2024-01-31", "31.12.2024", "12/31/2024"),
  ...bad("a time, not a number", "12:30", "12:30:59.5"),
  ...bad(
    "a thousands separator; if these numbers are written so, say --group-mark ,",
    "1,234.5",
    "1,234,567",
    "12,345,678.9",
  ),
  ...bad(
    "a thousands separator or a decimal comma; if these numbers are written so, say --group-mark , or --decimal-mark ,",
    "1,234",
    "-999,999",
  ),
  ...bad(
    "a thousands separator; if these numbers are written so, say --decimal-mark , --group-mark .",
    "1.234,5",
    "1.234.567",
  ),
  ...bad(
    "a decimal comma; if these numbers are written so, say --decimal-mark ,",
    "1,5",
    "1234,5",
    ",5",
    "5,",
    "0,5e3",
  ),
  ...bad("a thousands separator; if these numbers are written so, say --group-mark _", "1_000", "1_234_567.5"),
  ...bad('a thousands separator; if these numbers are written so, say --group-mark "\'"', "1'000", "1'234.5"),
  ...bad(
    'more than one number on the line or a thousands separator; if these numbers are written so, say --group-mark " "',
    "1 000",
    "12 345 678",
  ),
  ...bad('"." after the number', "1.2.3", "1..2", "1e5.5", "5.5."),
  ...bad("not a number", "..", ".-5", "..5", "abc", "abc5", "one", "#5", "=5", "--", "e", "E+", "true", "*", "@"),
  ...bad('"a" after the number', "12a", "5 apples", "5abc5"),
  ...bad('"e" after the number', "1e5e5", "1.5e3e", "1E5e99999"),
  ...bad('"-" after the number', "1-2", "1--2"),
  ...bad('"/" after the number', "1/2"),
  ...bad('"#" after the number', "5 # five", "5#"),
  ...bad('"n" after the number', "5n", "10n"),
  ...bad('"f" after the number', "5f", "1.5f"),
  ...bad("a stray byte, \\x00", "\0", "\x005", "5\0", "1\x002", "\0\0\0\0", "5 \0"),
  ...bad("a stray byte, \\x0C", "\f5", "5\f"),
  ...bad("a stray byte, \\x0B", "\v5", "5\v"),
  ...bad("a stray byte, \\x1B", "\x1B[31m5"),
  ...bad(
    "a CR inside the line; where lines end with CR alone, tr '\\r' '\\n' mends it",
    "\r5",
    "1\r2",
    "5\r\r",
    "5\r \r",
  ),
  { bytes: Uint8Array.of(0xFF, 0xFE, 0x35, 0), is: { bad: "a stray byte, \\xFF" } },
  { bytes: Uint8Array.of(0x35, 0xC3), is: { bad: "a stray byte, \\xC3" } },
  { bytes: Uint8Array.of(0xC0, 0xB5), is: { bad: "a stray byte, \\xC0" } },
  { bytes: Uint8Array.of(0x31, 0xED, 0xA0, 0x80), is: { bad: "a stray byte, \\xED" } },
  { bytes: Uint8Array.of(0xB5), is: { bad: "a stray byte, \\xB5" } },
];

/** More than 700 of them. None is fit for the first line, of which more is said than of others. */
export const HOSTILE_LINES: readonly HostileLine[] = [
  ...NUMBERS,
  ...EVERY_BYTE_ALONE,
  ...EVERY_BYTE_INSIDE,
  ...EVERY_PREFIX,
  ...UNICODE,
  ...OTHERS,
];
