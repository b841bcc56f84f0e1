/**
 * Numbers as fast-check makes them for the properties: every form that the grammar has, and many near the places
 * where the arithmetic of a sum has its edges.
 *
 * @module
 */
import fc from "fast-check";

/** Numbers of digits at which something changes: limbs of nine, doubles of sixteen. */
const LENGTHS = [1, 2, 8, 9, 10, 15, 16, 17, 18, 19, 27, 28, 36, 40];
/** Whole numbers at an edge: of a limb, of a double, of what the kernel adds at once. */
const EDGES = [
  0n,
  1n,
  10n ** 8n,
  10n ** 9n,
  10n ** 18n,
  10n ** 27n,
  2n ** 26n,
  2n ** 31n,
  2n ** 32n,
  2n ** 53n,
  2n ** 64n,
];

const digits = fc.oneof(
  fc.nat({ max: 9999 }).map(String),
  fc.tuple(fc.constantFrom(...EDGES), fc.integer({ min: -2, max: 2 }))
    .map(([edge, near]) => String(edge + BigInt(near)).replace("-", "")),
  fc.tuple(fc.constantFrom("9", "0", "1", "5"), fc.constantFrom(...LENGTHS)).map(([digit, n]) => digit.repeat(n)),
  fc.tuple(fc.constantFrom(...LENGTHS), fc.maxSafeNat()).map(([n, some]) => String(some).repeat(40).slice(0, n)),
);
const sign = fc.constantFrom("", "-", "", "-", "+");
const mantissa = fc.oneof(
  { weight: 4, arbitrary: digits },
  { weight: 4, arbitrary: fc.tuple(digits, digits).map(([whole, fraction]) => `${whole}.${fraction}`) },
  digits.map((fraction) => `.${fraction}`),
  digits.map((whole) => `${whole}.`),
);
// the largest are rare: they take the oracle a thousand times as long
const power = fc.oneof(
  { weight: 60, arbitrary: fc.integer({ min: -30, max: 30 }) },
  {
    weight: 30,
    arbitrary: fc.tuple(fc.integer({ min: -12, max: 12 }), fc.integer({ min: -1, max: 1 })).map(([n, near]) =>
      9 * n + near
    ),
  },
  { weight: 1, arbitrary: fc.constantFrom(-10_000, -9_999, -9_001, 9_001, 9_999, 10_000) },
);
const exponent = fc.oneof(
  { weight: 3, arbitrary: fc.constant("") },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom("e", "E"), power).map(([e, n]) => e + n) },
  { weight: 1, arbitrary: power.map((n) => n < 0 ? `e-000${-n}` : `E+0${n}`) },
);

/** A number that the grammar takes, with nothing around it. */
export const numberText: fc.Arbitrary<string> = fc.tuple(sign, mantissa, exponent).map((parts) => parts.join(""));

/** A line that is a number, with what may stand around one. */
export const numberLine: fc.Arbitrary<string> = fc.tuple(
  fc.constantFrom("", "", "", " ", "\t "),
  numberText,
  fc.constantFrom("", "", "", " ", "\t", "\r", " \r"),
).map((parts) => parts.join(""));

/** Numbers, many of which cancel each other, or come many times over. */
export const numberLines: fc.Arbitrary<string[]> = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: numberLine.map((line) => [line]) },
    { weight: 1, arbitrary: numberText.map((text) => [text, negated(text)]) },
    {
      weight: 1,
      arbitrary: fc.tuple(numberText, fc.integer({ min: 2, max: 12 })).map(([text, n]) => Array<string>(n).fill(text)),
    },
  ),
  { maxLength: 8 },
).map((groups) => groups.flat());

function negated(text: string): string {
  return text.startsWith("-") ? text.slice(1) : `-${text.replace("+", "")}`;
}
