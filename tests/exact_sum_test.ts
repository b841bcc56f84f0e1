import { assertEquals, assertThrows } from "@std/assert";
import { ExactSum } from "../lib/pure/exact_sum.ts";
import { numaccSets } from "./numacc.ts";

const BASE = 10 ** 9;
const encode = (text: string) => new TextEncoder().encode(text);

Deno.test("ExactSum of nothing is 0", () => {
  assertEquals(new ExactSum().toString(), "0");
});

Deno.test("ExactSum.from() reads what toString() writes", () => {
  for (
    const text of ["0", "5", "-5", "0.1", "-0.000000001", "123456789012345678901234567890.123456789123", "-1000000000"]
  ) {
    assertEquals(ExactSum.from(text).toString(), text);
  }
});

Deno.test("ExactSum.toString() writes no needless zeros and never -0", () => {
  for (
    const [text, shown] of [["007", "7"], ["-0", "0"], ["-0.000", "0"], ["5.2500", "5.25"], ["0010.0", "10"]] as const
  ) {
    assertEquals(ExactSum.from(text).toString(), shown);
  }
});

Deno.test("ExactSum.from() refuses every other form", () => {
  for (const text of ["", "-", "+1", "1.", ".5", "1e3", " 1", "1 ", "1\n", "0x1", "1,0", "--1", "١", "NaN"]) {
    assertThrows(() => ExactSum.from(text), SyntaxError, "want plain decimal digits");
  }
});

Deno.test("ExactSum.from() cuts the text that it shows", () => {
  const error = assertThrows(() => ExactSum.from("x".repeat(1e6)), SyntaxError);
  assertEquals(error.message.length < 100, true);
});

Deno.test("ExactSum is exact where doubles are not", () => {
  assertEquals(total("0.1", "0.2"), "0.3");
  assertEquals(total(String(2 ** 53), "1", "1"), "9007199254740994");
  assertEquals(total("10000000000000000", "1", "-10000000000000000"), "1");
});

Deno.test("ExactSum carries and borrows over every limb", () => {
  for (let n = 1; n <= 60; n++) {
    const nines = "9".repeat(n);
    assertEquals(total(nines, "1"), `1${"0".repeat(n)}`);
    assertEquals(total(`1${"0".repeat(n)}`, "-1"), nines);
    assertEquals(total("-1", `0.${nines}`), `-0.${"0".repeat(n - 1)}1`);
    assertEquals(total(`-1${"0".repeat(n)}`, `0.${nines}`), `-${nines}.${"0".repeat(n - 1)}1`);
    assertEquals(total(nines, `-${nines}`), "0");
  }
});

Deno.test("ExactSum carries in time when a limb is full, of either sign", () => {
  // some 9,007,195 adds of the largest limb fill a double
  const times = 10_000_000;
  for (const negative of [false, true]) {
    const sum = new ExactSum();
    const digits = encode(String(BASE - 1));
    for (let i = 0; i < times; i++) sum.addDigits(digits, 0, digits.length, 0, negative);
    assertEquals(sum.toString(), (negative ? "-" : "") + BigInt(BASE - 1) * BigInt(times));
  }
});

Deno.test("ExactSum.addUnits() carries in time at its largest", () => {
  for (const value of [2 ** 26, -(2 ** 26)]) {
    for (const power of [-9, -1, 0, 8, 17]) {
      const sum = new ExactSum();
      for (let i = 0; i < 1000; i++) sum.addUnits(value, power);
      const units = ExactSum.from(String(BigInt(value) * 1000n));
      assertEquals(sum.toString(), shifted(units.toString(), power));
    }
  }
});

Deno.test("ExactSum.addUnits() refuses what it could not add exactly", () => {
  for (const value of [2 ** 26 + 1, -(2 ** 26) - 1, 0.5, NaN, Infinity]) {
    assertThrows(() => new ExactSum().addUnits(value, 0), RangeError, "Cannot add units");
  }
});

Deno.test("ExactSum.addDigits() takes a power from -1,010,000 to 10,000 and any number of digits", () => {
  const sum = new ExactSum();
  sum.addDigits(encode("7"), 0, 1, 10_000, false);
  sum.addDigits(encode("7"), 0, 1, -1_010_000, true);
  const expected = `6${"9".repeat(10_000)}.${"9".repeat(1_009_999)}3`;
  assertEquals(sum.toString() === expected, true);
  const million = encode("1234567890".repeat(100_000));
  const long = new ExactSum();
  long.addDigits(million, 0, million.length, 0, false);
  assertEquals(long.toString() === "1234567890".repeat(100_000), true);
});

Deno.test("ExactSum.addDigits() adds nothing for no digits", () => {
  const sum = new ExactSum();
  sum.addDigits(encode("123"), 1, 1, 5, false);
  assertEquals(sum.toString(), "0");
});

Deno.test("ExactSum.merge() leaves the other as it is, and adds a sum to itself", () => {
  const [a, b] = [ExactSum.from("1.5"), ExactSum.from("-0.25")];
  a.merge(b);
  assertEquals([String(a), String(b)], ["1.25", "-0.25"]);
  a.merge(a);
  assertEquals(String(a), "2.5");
});

Deno.test("ExactSum.merge() does not grow with the number of merges", () => {
  // each merge once doubled the row: a thousand of them would need 2^1000 limbs
  let [a, b] = [ExactSum.from("1"), ExactSum.from("0")];
  for (let i = 0; i < 1000; i++) {
    b.merge(a);
    [a, b] = [b, a];
  }
  assertEquals(String(a).length, 209);
});

Deno.test("ExactSum adds NIST's accumulation series", () => {
  for (const { name, values, sum } of numaccSets()) {
    const found = new ExactSum();
    for (const value of values) found.merge(ExactSum.from(value));
    assertEquals(`${name}: ${found}`, `${name}: ${sum}`);
  }
});

function total(...texts: string[]): string {
  const sum = new ExactSum();
  for (const text of texts) sum.merge(ExactSum.from(text));
  return sum.toString();
}

/** Whole digits times `10 ** power`. */
function shifted(digits: string, power: number): string {
  if (power >= 0) return digits + "0".repeat(power);
  const [sign, abs] = digits.startsWith("-") ? ["-", digits.slice(1)] : ["", digits];
  const padded = abs.padStart(1 - power, "0");
  const fraction = padded.slice(power).replace(/0+$/, "");
  return sign + padded.slice(0, power) + (fraction && `.${fraction}`);
}
