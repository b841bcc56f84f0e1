import { assertEquals } from "@std/assert";
import { parse } from "@std/csv/parse";
import fc from "fast-check";
import { emptyScan, fieldsOf, scanRecord } from "../lib/pure/scan_record.ts";
import { checkProperty } from "./property.ts";

const text = fc.string({ unit: fc.constantFrom("a", "é", "7", ",", ";", "\t", '"', "\n", " "), maxLength: 8 });
const quoted = (field: string) => `"${field.replaceAll('"', '""')}"`;
const written = fc.tuple(text, fc.boolean()).map(([field, quotes]) =>
  quotes || /[,;\t"\n ]/.test(field) ? quoted(field) : field
);
const table = fc.record({
  delimiter: fc.constantFrom(",", ";", "\t"),
  rows: fc.integer({ min: 2, max: 4 }).chain((width) =>
    fc.array(fc.array(written, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 6 })
  ),
  lineEnd: fc.constantFrom("\n", "\r\n"),
});

Deno.test("scanRecord() and fieldsOf() read well-made tables as the Deno standard library does", () => {
  checkProperty(
    fc.property(table, ({ delimiter, rows, lineEnd }) => {
      const source = rows.map((row) => row.join(delimiter) + lineEnd).join("");
      const bytes = new TextEncoder().encode(source);
      const scan = emptyScan();
      const found: string[][] = [];
      for (let at = 0; at < bytes.length; at = scan.next) {
        scanRecord(bytes, at, delimiter.charCodeAt(0), 0, scan);
        assertEquals(scan.fault, "none");
        found.push(fieldsOf(bytes.subarray(at, scan.next - lineEnd.length), delimiter.charCodeAt(0)));
        assertEquals(scan.fields, found.at(-1)!.length);
      }
      assertEquals(found, parse(source, { separator: delimiter }));
    }),
    500,
  );
});

Deno.test("scanRecord() says what is wrong with a record", () => {
  const cases: [record: string, fault: string, fields: number, next: number][] = [
    ["a,b\nc", "none", 2, 4],
    ["a", "none", 1, 1],
    ["", "none", 1, 0],
    ['"a,b\nc', "unclosed quote", 1, 6],
    ['"a""', "unclosed quote", 1, 4],
    ['"a"b,c\nd', "text after a quote", 2, 7],
    ['"a" ,c\n', "text after a quote", 2, 7],
    ['"a"\r\nb', "none", 1, 5],
    ['"a"\rb\n', "text after a quote", 1, 6],
    ['a"b,"c"\n', "none", 2, 8],
  ];
  for (const [record, fault, fields, next] of cases) {
    const scan = emptyScan();
    scanRecord(new TextEncoder().encode(record), 0, 44, 0, scan);
    assertEquals([scan.fault, scan.fields, scan.next], [fault, fields, next], record);
  }
});
