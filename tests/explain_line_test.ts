import { assertEquals } from "@std/assert";
import { explainLine } from "../lib/pure/explain_line.ts";
import { type Marks, parseNumber } from "../lib/pure/parse_number.ts";

const encode = (text: string) => new TextEncoder().encode(text);
const latin1 = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));
const marks = (decimal: string, group = ""): Marks => ({
  decimal: decimal.charCodeAt(0),
  group: group === "" ? -1 : group.charCodeAt(0),
});

/** Lines, and what is said of them. */
const EXPLAINED: readonly (readonly [reason: string, ...lines: string[]])[] = [
  ["more than one number on the line", "1 2 3 4", "1\t2", "1;2", "1|2", "1, 2", "1,2,3", "-1.5 +2e3", "1:2"],
  ["a sign without digits", "+", "-", " - "],
  ["a decimal mark without digits", ".", "-.", ",", "+,"],
  ["not a number that can be added", "NaN", "nan", "inf", "-Infinity", "+INF"],
  ["a missing value, not a number", "NA", "N/A", "null", "None", "nil"],
  ["hexadecimal is not read, only decimal digits", "0x10", "-0XfF", "0x1.8p3"],
  ["binary and octal are not read, only decimal digits", "0b101", "0o17"],
  ["an exponent without digits", "1e", "1.5E+", "-7e-", "5.e"],
  ["an exponent without a number before it", "e5", "-E3", ".e1"],
  ["the exponent is beyond 10000, the limit either way", "1e10001", "-1.5E-99999", "0e+10001", `1e${"9".repeat(400)}`],
  ["that dash is not the ASCII minus sign", "\u22125", "\u20135", "\u20145.5", "\uFF0D5"],
  ["a space that is not the ASCII space, U+00A0; in bash, sed $'s/\\u00A0//g' leaves it out", "1\u00A0234", "-\u00A05"],
  ["a space that is not the ASCII space, U+202F; in bash, sed $'s/\\u202F//g' leaves it out", "\u202F5"],
  ["digits other than 0 to 9 are not read", "\u0661\u0662", "\uFF11\uFF12", "1\u0967", "\u{1D7D8}"],
  ["a currency sign; tr -d '$' leaves it out", "$5", "-$5.00", "5$", "$1,234.50"],
  ["a currency sign; sed 's/\u20AC//g' leaves it out", "5\u20AC", "\u20AC5", "+\u20AC5.20", "5,20 \u20AC"],
  ["a percent sign; tr -d % leaves it out", "5%", "-1.5 %"],
  ["parentheses, as bookkeepers write negative numbers, are not read", "(5)", "(1,234.50)"],
  ["quotes around the line; a column of a CSV file is read with --column", '"5"', "'5.5'"],
  ["more than one sign", "--5", "+-5", "-+1.5"],
  ["a space between the sign and the digits", "- 5", "+ 1.5"],
  ["the sign comes after the number", "5-", "1,234.50-", "7+"],
  ["a date, not a number", "2024-01-31", "31.12.2024", "1/2/2024"],
  ["a time, not a number", "12:30", "1:02:03"],
  ["a byte order mark inside the file, as where two files were joined", "\uFEFF5"],
  ["a byte order mark in the line", "5\uFEFF"],
  ["a CR inside the line; where lines end with CR alone, tr '\\r' '\\n' mends it", "1\r2", "\r1", "1\r\r"],
  [
    "a thousands separator or a decimal comma; if these numbers are written so, say --group-mark , or --decimal-mark ,",
    "1,234",
    "-12,345",
  ],
  ["a thousands separator; if these numbers are written so, say --group-mark ,", "1,234.5", "1,234,567", "+1,000.00e3"],
  ["a decimal comma; if these numbers are written so, say --decimal-mark ,", "1,5", ",5", "1234,567", "1,5e3"],
  [
    "a thousands separator; if these numbers are written so, say --decimal-mark , --group-mark .",
    "1.234,5",
    "1.234.567",
  ],
  ['a thousands separator; if these numbers are written so, say --group-mark "\'"', "1'234", "1'234.5"],
  ["a thousands separator; if these numbers are written so, say --group-mark _", "1_234_567"],
  [
    'more than one number on the line or a thousands separator; if these numbers are written so, say --group-mark " "',
    "1 234",
    "10 200.5",
  ],
  ["not a number", "abc", "abc 12", "--", "#", "x1", "\u00E9t\u00E9", "hello, world"],
  ['"a" after the number', "12a", "12 apples", `${"1".repeat(5000)}abc`],
  ['"." after the number', "1.2.3", "1e5.5"],
  ['"-" after the number', "1-2"],
  ['"#" after the number', "5 # five"],
  ['"\u00E9" after the number', "5\u00E9"],
  ['"\u{1F600}" after the number', "5\u{1F600}"],
  ['"\\xE2\\x80\\x8B" after the number', "5\u200B"],
  ['"_" after the number', "1_2"],
];

Deno.test("explainLine() says what is wrong with each known form", () => {
  for (const [reason, ...lines] of EXPLAINED) {
    for (const line of lines) assertEquals([line, explainLine(encode(line))], [line, reason]);
  }
});

Deno.test("explainLine() says the same with blanks and a CR around the line", () => {
  for (const [reason, ...lines] of EXPLAINED) {
    for (const line of lines) assertEquals([line, explainLine(encode(` \t${line}\t \r`))], [line, reason]);
  }
});

Deno.test("explainLine() is asked only for lines that are no numbers, so the table has none", () => {
  for (const [, ...lines] of EXPLAINED) {
    for (const line of lines) assertEquals(parseNumber(encode(line), 0, encode(line).length), undefined);
  }
});

Deno.test("explainLine() shows a stray byte escaped", () => {
  const strays = [["\0", "\\x00"], ["1\x002", "\\x00"], ["1\x80", "\\x80"], ["\x7F5", "\\x7F"], ["5\xFF", "\\xFF"]];
  for (const [line = "", escaped] of [...strays, ["\xC3\xA9\xB5", "\\xB5"], ["12\x0C", "\\x0C"]]) {
    assertEquals(explainLine(latin1(line)), `a stray byte, ${escaped}`);
  }
});

Deno.test("explainLine() says of a line of more than 1 MiB that it is too long, whatever is in it", () => {
  const reason = "longer than 1048576 bytes, the limit for a line";
  const line = (length: number) => new Uint8Array(length).fill(0x31);
  assertEquals(explainLine(line(1024 * 1024 + 1)), reason);
  assertEquals(explainLine(line(2 * 1024 * 1024)), reason);
  assertEquals(explainLine(Uint8Array.of(...line(10), 0x78)), '"x" after the number');
});

Deno.test("explainLine() names the marks that would make it a number, seen from those that are set", () => {
  const rest = "if these numbers are written so, say";
  assertEquals(explainLine(encode("1.5"), marks(",")), `a decimal point; ${rest} --decimal-mark .`);
  assertEquals(explainLine(encode("1.234,5"), marks(",")), `a thousands separator; ${rest} --group-mark .`);
  assertEquals(
    explainLine(encode("1.234"), marks(",")),
    `a decimal point or a thousands separator; ${rest} --decimal-mark . or --group-mark .`,
  );
  assertEquals(
    explainLine(encode("1,5"), marks(".", ",")),
    `a decimal comma; ${rest} --decimal-mark , without --group-mark ,`,
  );
  assertEquals(
    explainLine(encode("1.234,5"), marks(".", ",")),
    `a thousands separator; ${rest} --decimal-mark , --group-mark .`,
  );
  assertEquals(explainLine(encode("1,23,456"), marks(".", ",")), "more than one number on the line");
});

Deno.test("explainLine() takes little time for lines that are made to be slow", () => {
  const parts = ["1", "1.", "1e", "e", "+", ".", ",", "1,", "1 ", "-1", "\t", "x", '"', "(", "\0", "\xFF", "0x", "1'"];
  for (const part of parts) {
    for (const end of ["", "x", "\0"]) {
      const [unit, last] = [latin1(part), latin1(end)];
      const line = new Uint8Array(1024 * 1024);
      for (let i = 0; i < line.length; i++) line[i] = unit[i % unit.length]!;
      line.set(last, line.length - last.length);
      const began = performance.now();
      explainLine(line);
      assertEquals([part, end, performance.now() - began < 3000], [part, end, true]);
    }
  }
});
