import { assertEquals, assertMatch, assertThrows } from "@std/assert";
import fc from "fast-check";
import { checkOf, encodePartial, type Partial } from "../lib/pure/partial.ts";
import { PartialDamage, PartialReader } from "../lib/pure/read_partial.ts";
import { lineOf } from "./cut_by_hand.ts";
import { checkProperty } from "./property.ts";

const whole = fc.maxSafeNat();
const range = fc.tuple(whole, whole).map(([from, to]) => ({ from, to }));
const sum = fc.stringMatching(/^-?(0|[1-9]\d{0,40})(\.\d{0,20}[1-9])?$/);
const input = fc.record({
  name: fc.oneof(fc.string(), fc.string({ unit: "binary" }), fc.constantFrom('","range":[', ',"count":1,', "a,", "\\")),
  size: whole,
  ends: fc.stringMatching(/^[0-9a-f]{16}$/),
});
const options = fc.constantFrom({}, { decimal_mark: "," }, { decimal_mark: ",", group_mark: "." });
const counts = { count: whole, blank: whole, skipped: whole, sum, options };

/** Any partial, with a range or without. */
const partial: fc.Arbitrary<Partial> = fc.oneof(
  fc.record({ input, range, lines: range, ...counts }),
  fc.record({ input: fc.constant(undefined), range: fc.constant(undefined), lines: fc.constant(undefined), ...counts }),
);

const EXAMPLE: Partial = {
  input: { name: "numbers.txt", size: 3893, ends: "7a83503124d4becd" },
  options: {},
  range: { from: 1297, to: 2595 },
  lines: { from: 1300, to: 2596 },
  count: 324,
  blank: 0,
  skipped: 0,
  sum: "166698",
};

Deno.test("encodePartial() writes the documented line", () => {
  assertEquals(
    encodePartial(EXAMPLE),
    '{"numsum_partial":1,"input":{"name":"numbers.txt","size":3893,"ends":"7a83503124d4becd"},"options":{},' +
      '"range":[1297,2595],"lines":[1300,2596],"count":324,"blank":0,"skipped":0,"sum":"166698",' +
      '"check":"f24fb564ff83d56b"}\n',
  );
});

Deno.test("encodePartial() writes JSON, and PartialReader reads any partial back, one reader for all", () => {
  const reader = new PartialReader();
  checkProperty(
    fc.property(partial, (partial) => {
      const line = lineOf(partial);
      assertEquals(JSON.parse(new TextDecoder().decode(line)).sum, partial.sum);
      const { head, digest: _, sum, ...rest } = reader.read(line);
      assertEquals({ ...head, ...rest, sum: new TextDecoder().decode(sum) }, partial);
    }),
    2000,
  );
});

Deno.test("PartialReader refuses a line with any one byte changed, and with any part of its end missing", () => {
  const without = { ...EXAMPLE, input: undefined, range: undefined, lines: undefined };
  for (const line of [EXAMPLE, without].map(lineOf)) {
    const reader = new PartialReader();
    for (let at = 0; at < line.length; at++) {
      for (let flip = 1; flip < 256; flip++) {
        const changed = line.slice();
        changed[at]! ^= flip;
        assertThrows(() => reader.read(changed), PartialDamage, "", `byte ${at}`);
      }
      assertThrows(() => reader.read(line.subarray(0, at)), PartialDamage, "", `${at} bytes`);
      assertThrows(() => reader.read(line.subarray(at + 1)), PartialDamage, "", `from ${at}`);
      reader.read(line); // and is not confused by what it refused
    }
  }
});

Deno.test("PartialReader refuses two halves of different partials, and two on one line", () => {
  checkProperty(
    fc.property(partial, partial, fc.nat(), (a, b, cut) => {
      const [one, two] = [a, b].map(lineOf) as [Uint8Array, Uint8Array];
      const at = 1 + cut % Math.min(one.length, two.length);
      const joined = new Uint8Array([...one.subarray(0, at), ...two.subarray(at)]);
      fc.pre(![one, two].some((line) => String(line) === String(joined)));
      assertThrows(() => new PartialReader().read(joined), PartialDamage);
      assertThrows(() => new PartialReader().read(new Uint8Array([...one, ...two])), PartialDamage);
    }),
    500,
  );
});

Deno.test("PartialReader says that a newer version wrote a line", () => {
  const body = encodePartial(EXAMPLE).replace(/,"check".*\n$/s, "").replace('partial":1', 'partial":2');
  const error = assertThrows(() => new PartialReader().read(withCheck(body)), PartialDamage);
  assertMatch((error as Error).message, /version 2.*reads version 1/);
});

Deno.test("PartialReader refuses what has a right check and is no partial", () => {
  for (const body of ["", "{", '{"a":1', '{"numsum_partial":1,"count":1,"sum":"1"', `${"x".repeat(500)},"range":[`]) {
    assertThrows(() => new PartialReader().read(withCheck(body)), PartialDamage);
  }
});

function withCheck(body: string): Uint8Array {
  const bytes = new TextEncoder().encode(body);
  return new Uint8Array([...bytes, ...new TextEncoder().encode(`,"check":"${checkOf(bytes)}"}`)]);
}
