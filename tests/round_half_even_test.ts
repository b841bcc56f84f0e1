import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { ExactSum } from "../lib/pure/exact_sum.ts";
import { roundHalfEven } from "../lib/pure/round_half_even.ts";
import { checkProperty } from "./property.ts";

Deno.test("roundHalfEven() goes to the nearest, and half-way to the even one", () => {
  const rounded = [
    ["0.5", "0"],
    ["1.5", "2"],
    ["2.5", "2"],
    ["3.5", "4"],
    ["0.50001", "1"],
    ["0.49999", "0"],
    ["9.5", "10"],
    ["99.5", "100"],
    ["98.5", "98"],
    ["-0.5", "0"],
    ["-1.5", "-2"],
    ["-2.5", "-2"],
    ["-0.4", "0"],
    ["7", "7"],
  ];
  for (const [text = "", expected] of rounded) assertEquals([text, roundHalfEven(text, 0)], [text, expected]);
  assertEquals(roundHalfEven("0.125", 2), "0.12");
  assertEquals(roundHalfEven("0.135", 2), "0.14");
  assertEquals(roundHalfEven("0.1250000000000000000000001", 2), "0.13");
  assertEquals(roundHalfEven("-9.995", 2), "-10.00");
});

Deno.test("roundHalfEven() pads with zeros", () => {
  assertEquals(roundHalfEven("5", 2), "5.00");
  assertEquals(roundHalfEven("-0.5", 3), "-0.500");
  assertEquals(roundHalfEven("0", 1), "0.0");
});

Deno.test("roundHalfEven() never gives -0", () => {
  assertEquals(roundHalfEven("-0.004", 2), "0.00");
  assertEquals(roundHalfEven("-0.006", 2), "-0.01");
});

Deno.test("roundHalfEven() takes a million digits and places", () => {
  const nines = "9".repeat(1_000_000);
  assertEquals(roundHalfEven(`${nines}.5`, 0) === `1${"0".repeat(1_000_000)}`, true);
  assertEquals(roundHalfEven("1", 1_000_000).length, 1_000_002);
});

Deno.test("roundHalfEven() equals what BigInt makes of it", () => {
  const tail = fc.constantFrom("", "5", "50", "500", "5001", "4999", "49", "51");
  checkProperty(
    fc.property(
      fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }),
      fc.nat({ max: 25 }),
      fc.nat({ max: 30 }),
      tail,
      (units, decimals, places, end) => {
        const all = BigInt(`${units}${end}`);
        const scale = decimals + end.length;
        const digits = `${all < 0n ? -all : all}`.padStart(scale + 1, "0");
        const plain = (all < 0n ? "-" : "") + digits.slice(0, digits.length - scale) +
          (scale > 0 ? `.${digits.slice(-scale)}` : "");
        const text = ExactSum.from(plain).toString();
        assertEquals([text, places, roundHalfEven(text, places)], [text, places, expected(all, scale, places)]);
      },
    ),
    10_000,
  );
});

/** Rounds `units / 10 ** scale`. */
function expected(units: bigint, scale: number, places: number): string {
  const [one, wanted] = [10n ** BigInt(scale), 10n ** BigInt(places)];
  const abs = (units < 0n ? -units : units) * wanted;
  const [down, twice] = [abs / one, 2n * (abs % one)];
  const rounded = down + (twice > one || (twice === one && down % 2n === 1n) ? 1n : 0n);
  const digits = `${rounded}`.padStart(places + 1, "0");
  const whole = digits.slice(0, digits.length - places);
  return (units < 0n && rounded !== 0n ? "-" : "") + whole + (places > 0 ? `.${digits.slice(-places)}` : "");
}
