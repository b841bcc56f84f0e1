import { assertEquals } from "@std/assert";
import { badLineError } from "../lib/pure/bad_line.ts";
import { explainFirstLine } from "../lib/pure/explain_first_line.ts";
import { PLAIN_MARKS } from "../lib/pure/parse_number.ts";

const encode = (text: string) => new TextEncoder().encode(text);

/** A text as UTF-16, up to its first line feed's byte. */
function utf16(text: string, endian: "little" | "big", mark: boolean): Uint8Array {
  const units = Array.from((mark ? "\uFEFF" : "") + text, (character) => character.charCodeAt(0));
  const bytes = units.flatMap((unit) => endian === "little" ? [unit & 255, unit >> 8] : [unit >> 8, unit & 255]);
  const feed = bytes.indexOf(10);
  return Uint8Array.from(feed < 0 ? bytes : bytes.slice(0, feed));
}

const KINDS: readonly (readonly [bytes: Uint8Array, reason: string])[] = [
  [utf16("12\n34\n", "little", true), "this is UTF-16 text; make it UTF-8 with iconv -f UTF-16 -t UTF-8"],
  [
    new Uint8Array([0xFF, 0xFE, 0, 0, 0x31, 0, 0, 0]),
    "this is UTF-32 text; make it UTF-8 with iconv -f UTF-32 -t UTF-8",
  ],
  [utf16("12\r\n34\n", "big", true), "this is UTF-16 text; make it UTF-8 with iconv -f UTF-16 -t UTF-8"],
  [utf16("12\n34\n", "little", false), "this looks like UTF-16 text; make it UTF-8 with iconv -f UTF-16LE -t UTF-8"],
  [utf16("12\r\n34", "little", false), "this looks like UTF-16 text; make it UTF-8 with iconv -f UTF-16LE -t UTF-8"],
  [utf16("12.5\n34", "big", false), "this looks like UTF-16 text; make it UTF-8 with iconv -f UTF-16BE -t UTF-8"],
  [utf16("1\r\n34", "big", false), "this looks like UTF-16 text; make it UTF-8 with iconv -f UTF-16BE -t UTF-8"],
  [Uint8Array.of(0x1F, 0x8B, 8, 0, 1, 2, 3), "this is gzip data; unpack it with gunzip"],
  [Uint8Array.of(0x28, 0xB5, 0x2F, 0xFD, 0, 1), "this is zstd data; unpack it with unzstd"],
  [Uint8Array.of(0xFD, 0x37, 0x7A, 0x58, 0x5A, 0), "this is xz data; unpack it with unxz"],
  [encode("BZh91AY&SY"), "this is bzip2 data; unpack it with bunzip2"],
  [encode("PK\x03\x04\x14"), "this is a ZIP archive or an office document, not text"],
  [encode("PAR1\x15"), "this is a Parquet file, not text"],
  [encode("\x7FELF\x02"), "this is a program, not text"],
  [encode("[1, 2, 3]"), "this looks like JSON, not a number a line"],
  [encode('  {"amount": 5}'), "this looks like JSON, not a number a line"],
  [encode("<!DOCTYPE html>"), "this looks like HTML or XML, not a number a line"],
];
const TABLE = "this looks like the header of a CSV file; --column sums one of its columns";
const HEADER = "not a number; if it is a header, leave it out with tail -n +2";
const FIRST_LINES: readonly (readonly [reason: string | undefined, ...lines: string[]])[] = [
  [
    TABLE,
    "id,amount",
    "Name;Betrag;W\u00E4hrung\r",
    "a\tb",
    '"first name","last name"',
    "date|total",
    "x,1,2",
    "_id,n",
  ],
  [HEADER, "amount", "amount\r", "Total (EUR)", "price_usd", '"amount"', "# my numbers", "gr\u00F6\u00DFe"],
  [undefined, "NaN", "inf", "null\r", "-", "0x10", "12a", "1,234", "1 2", "-abc", "", "\0", "2024-01-31", "$5"],
];

Deno.test("explainFirstLine() knows files of other kinds", () => {
  for (const [bytes, reason] of KINDS) assertEquals(explainFirstLine(bytes), { reason, isOtherFile: true });
});

Deno.test("explainFirstLine() knows headers, and says nothing of what explainLine() knows better", () => {
  for (const [reason, ...lines] of FIRST_LINES) {
    for (const line of lines) {
      assertEquals([line, explainFirstLine(encode(line))], [line, reason && { reason, isOtherFile: false }]);
    }
  }
});

Deno.test("badLineError() speaks of the whole file in line 1 only", () => {
  const error = (line: number, offset: number) =>
    badLineError({ file: "data.txt", line, offset, bytes: encode("amount\r"), marks: PLAIN_MARKS }).message;
  assertEquals(error(1, 0), `data.txt:1 (byte 0): ${HEADER}: "amount"`);
  assertEquals(error(1, 3), `data.txt:1 (byte 3): ${HEADER}: "amount"`);
  assertEquals(error(2, 5), 'data.txt:2 (byte 5): not a number: "amount"');
});
