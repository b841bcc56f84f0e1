import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { addLinesFast } from "../lib/kernel/kernel.ts";
import { type AddLines, addLines, emptyTally } from "../lib/pure/add_lines.ts";
import { type Marks, parseExponent, parseNumber, PLAIN_MARKS } from "../lib/pure/parse_number.ts";
import { numberText } from "./arbitrary_numbers.ts";
import { kindOf, oracleSum } from "./oracle.ts";
import { checkProperty } from "./property.ts";

const CASES = 20_000;
const LARGEST = 10_000;
const encode = (text: string) => new TextEncoder().encode(text);

const PIECES = [
  "0",
  "1",
  "7",
  "9",
  "00",
  "12",
  "123",
  "999",
  "10000",
  "10001",
  "+",
  "-",
  "--",
  "e",
  "E",
  "e-",
  "E+",
  ".",
];
const ODD_PIECES = [
  ",",
  "'",
  "_",
  " ",
  "\t",
  "\r",
  "x",
  "\0",
  "NaN",
  "0x",
  "\u0661",
  "\u2212",
  "\uFF0E",
  ":",
  "/",
  "\u00E9",
];

/** Texts that are numbers, or nearly. */
const nearNumber = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.array(fc.constantFrom(...PIECES, ...PIECES, ...ODD_PIECES), { maxLength: 7 }).map((parts) =>
      parts.join("")
    ),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(numberText, fc.nat(), fc.constantFrom("", ...PIECES, ...ODD_PIECES), fc.nat({ max: 2 })).map(
      spoil,
    ),
  },
  { weight: 1, arbitrary: fc.string({ maxLength: 5 }) },
);

/** How numbers are written, and that as a regular expression. */
interface Notation {
  marks: Marks;
  decimal: string;
  group: string;
}

const NOTATIONS: Notation[] = [".", ","].flatMap((decimal) =>
  ["", ".", ",", "'", " ", "_"].filter((group) => group !== decimal).map((group) => ({
    decimal,
    group,
    marks: { decimal: decimal.charCodeAt(0), group: group === "" ? -1 : group.charCodeAt(0) },
  }))
);

Deno.test("parseNumber() takes a string just when an independent regular expression does", () => {
  checkProperty(
    fc.property(nearNumber, (text) => {
      assertEquals([text, parses(text, PLAIN_MARKS)], [text, matches(text, NOTATIONS[0]!)]);
    }),
    CASES,
  );
});

Deno.test("parseNumber() takes a string just when a regular expression does, for any decimal and group mark", () => {
  const grouped = fc.tuple(
    fc.constantFrom(...NOTATIONS),
    fc.array(fc.constantFrom("0", "1", "12", "123", "123", "1234", "G", "G", "G123", "G000", "D", "-", "e2"), {
      maxLength: 8,
    }),
  )
    .map(([notation, parts]) =>
      [notation, parts.join("").replaceAll("G", notation.group).replaceAll("D", notation.decimal)] as const
    );
  const any = fc.oneof(grouped, fc.tuple(fc.constantFrom(...NOTATIONS), nearNumber));
  checkProperty(
    fc.property(any, ([notation, text]) => {
      assertEquals([notation, text, parses(text, notation.marks)], [notation, text, matches(text, notation)]);
    }),
    CASES,
  );
});

Deno.test("addLines() and addLinesFast() read what is written with any marks as what it is with plain ones", () => {
  checkProperty(
    fc.property(fc.constantFrom(...NOTATIONS), fc.array(numberText, { maxLength: 6 }), (notation, texts) => {
      const written = texts.map((text) => rewrite(text, notation));
      for (const add of [addLines, addLinesFast] as AddLines[]) {
        const tally = emptyTally();
        const bytes = encode(written.map((text) => `${text}\n`).join(""));
        assertEquals([written, add(tally, bytes, notation.marks)], [written, bytes.length]);
        assertEquals([written, `${tally.sum}`], [written, oracleSum(texts)]);
      }
    }),
    5000,
  );
});

Deno.test("addLines() and addLinesFast() take a line just when the oracle does", () => {
  const line = fc.tuple(fc.constantFrom("", " ", "\t"), nearNumber, fc.constantFrom("", " ", "\r", " \r", "\r\r"))
    .map((parts) => parts.join("").replaceAll("\n", ""));
  checkProperty(
    fc.property(fc.array(line, { maxLength: 20 }), (lines) => {
      const bytes = encode(lines.map((line) => `${line}\n`).join(""));
      const latin = lines.map((line) => String.fromCharCode(...encode(line)));
      const count = (kind: string) => latin.filter((line) => kindOf(line) === kind).length;
      const expected = `${oracleSum(latin)} ${count("number")} ${count("blank")} ${count("bad")}`;
      for (const add of [addLines, addLinesFast] as AddLines[]) {
        const tally = emptyTally();
        assertEquals(add(tally, bytes, PLAIN_MARKS, () => {}), bytes.length);
        assertEquals([lines, `${tally.sum} ${tally.count} ${tally.blank} ${tally.skipped}`], [lines, expected]);
      }
    }),
    5000,
  );
});

Deno.test("parseNumber() says where the parts stand", () => {
  const bytes = encode("xx-12.345E+6yy");
  assertEquals(parseNumber(bytes, 2, bytes.length - 2), {
    negative: true,
    wholeFrom: 3,
    wholeTo: 5,
    fractionFrom: 6,
    fractionTo: 9,
    exponent: 6,
  });
});

Deno.test("parseNumber() reads nothing beyond its end", () => {
  for (const text of ["1", "12.5", "-3", "1e5"]) {
    const bytes = encode(`${text}9.e+-`);
    for (let to = 0; to <= text.length; to++) {
      assertEquals(parses(bytes, PLAIN_MARKS, to), matches(text.slice(0, to), NOTATIONS[0]!));
    }
  }
});

Deno.test("parseNumber() rejects a lone sign", () => {
  for (const text of ["+", "-", "", "+.", "-e5"]) assertEquals(parses(text, PLAIN_MARKS), false);
});

Deno.test("parseNumber() takes exponents up to 10,000 either way", () => {
  for (const text of ["1e10000", "1e-10000", "1E+0010000", `1e${"0".repeat(1000)}1`]) {
    assertEquals(parses(text, PLAIN_MARKS), true);
  }
  for (const text of ["1e10001", "1e-10001", `1e1${"0".repeat(1000)}`, "1e100000"]) {
    assertEquals(parses(text, PLAIN_MARKS), false);
  }
});

Deno.test("parseExponent() gives an infinity for what is beyond every number", () => {
  const parse = (text: string) => parseExponent(encode(text), 0, text.length);
  assertEquals(["5", "-5", "+5", "", "-", "5x", "9".repeat(400), `-${"9".repeat(400)}`].map(parse), [
    ...[5, -5, 5, undefined, undefined, undefined, Infinity, -Infinity],
  ]);
});

function parses(text: string | Uint8Array, marks: Marks, to?: number): boolean {
  const bytes = typeof text === "string" ? encode(text) : text;
  return parseNumber(bytes, 0, to ?? bytes.length, marks) !== undefined;
}

/** The grammar once more, as a regular expression. */
function matches(text: string, { decimal, group }: Notation): boolean {
  const escape = (mark: string) => mark.replace(/[.]/, "\\.");
  const [d, g] = [escape(decimal), escape(group)];
  const whole = group === "" ? "[0-9]+" : `(?:[1-9][0-9]{0,2}(?:${g}[0-9]{3})+|[0-9]+)`;
  const form = new RegExp(`^[+-]?(?:${whole}(?:${d}[0-9]*)?|${d}[0-9]+)(?:[eE]([+-]?[0-9]+))?$`);
  const match = form.exec(text);
  return match !== null && Math.abs(Number(match[1] ?? "0")) <= LARGEST;
}

/** A plain number as it is written in another notation, its whole in groups unless it begins with a zero. */
function rewrite(text: string, { decimal, group }: Notation): string {
  const [, sign, whole = "", point, rest] = /^([+-]?)(\d*)(\.?)(.*)$/.exec(text)!;
  return sign + (whole.startsWith("0") ? whole : whole.replace(/\B(?=(\d{3})+$)/g, group)) + (point && decimal) + rest;
}

/** Puts something at a place in a text, in place of so many characters. */
function spoil([text, at, piece, dropped]: [string, number, string, number]): string {
  const place = at % (text.length + 1);
  return text.slice(0, place) + piece + text.slice(place + dropped);
}
