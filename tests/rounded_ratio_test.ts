import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { roundedRatio, roundedRoot } from "../lib/pure/rounded_ratio.ts";
import { checkProperty } from "./property.ts";

Deno.test("roundedRatio() rounds half to even, to digits or to places", () => {
  const cases: [numerator: bigint, denominator: bigint, precision: Parameters<typeof roundedRatio>[2], text: string][] =
    [
      [0n, 7n, { digits: 3 }, "0"],
      [6n, 3n, { digits: 20 }, "2"],
      [1n, 3n, { digits: 5 }, "0.33333"],
      [-2n, 3n, { digits: 5 }, "-0.66667"],
      [1n, 8n, { digits: 2 }, "0.12"],
      [3n, 8n, { digits: 2 }, "0.38"],
      [25n, 2n, { digits: 2 }, "12"],
      [9996n, 100n, { digits: 3 }, "100"],
      [99999n, 1n, { digits: 2 }, "100000"],
      [123456n, 1n, { digits: 3 }, "123000"],
      [1n, 3_000_000n, { digits: 2 }, "0.00000033"],
      [5n, 2n, { places: 0 }, "2"],
      [7n, 2n, { places: 0 }, "4"],
      [1n, 3n, { places: 2 }, "0.33"],
      [-1n, 1000n, { places: 2 }, "0.00"],
      [2n, 1n, { places: 3 }, "2.000"],
    ];
  for (const [numerator, denominator, precision, text] of cases) {
    assertEquals(roundedRatio(numerator, denominator, precision), text);
  }
});

Deno.test("roundedRoot() gives the nearest number of so many digits", () => {
  assertEquals(roundedRoot(2n, 1n, { digits: 20 }), "1.4142135623730950488");
  assertEquals(roundedRoot(0n, 1n, { digits: 20 }), "0");
  assertEquals(roundedRoot(1n, 4n, { digits: 20 }), "0.5");
  assertEquals(roundedRoot(10n ** 40n, 1n, { digits: 3 }), String(10n ** 20n));
  assertEquals(roundedRoot(2n, 1n, { places: 2 }), "1.41");
  assertEquals(roundedRoot(2n, 10n ** 30n, { digits: 3 }), "0.00000000000000141");
  assertEquals(roundedRoot(25n, 4n, { places: 0 }), "2"); // 2.5, to even
});

Deno.test("roundedRoot() and roundedRatio() are never off by more than half a unit in the last place", () => {
  const big = fc.bigInt({ min: 0n, max: 10n ** 40n });
  checkProperty(
    fc.property(big, big, fc.integer({ min: 1, max: 25 }), (numerator, less, digits) => {
      const denominator = less + 1n;
      const check = (text: string, isNear: (low: bigint, high: bigint, unit: bigint) => boolean) => {
        const [whole = "", fraction = ""] = text.split(".");
        const shown = (whole + fraction).replace(/^0+/, "").replace(/0+$/, "").length;
        assert(shown <= digits, `${text} has more than ${digits} digits`);
        // the place of the last digit that may count
        const first = text.search(/[1-9]/);
        if (first < 0) return;
        const point = text.indexOf(".") < 0 ? text.length : text.indexOf(".");
        const power = first < point ? point - first - digits : point - first + 1 - digits;
        const scale = power < 0 ? 10n ** BigInt(-power) : 1n;
        const unit = power < 0 ? 1n : 10n ** BigInt(power);
        const twice = 2n * BigInt(whole + fraction.padEnd(Math.max(0, -power), "0").slice(0, Math.max(0, -power)));
        assert(isNear(twice - unit, twice + unit, 2n * scale), text);
      };
      check(
        roundedRatio(numerator, denominator, { digits }),
        (low, high, unit) => low * denominator <= numerator * unit && numerator * unit <= high * denominator,
      );
      check(roundedRoot(numerator, denominator, { digits }), (low, high, unit) => {
        const value = numerator * unit ** 2n;
        return (low <= 0n || low ** 2n * denominator <= value) && value <= high ** 2n * denominator;
      });
    }),
    500,
  );
});
