/**
 * What numsum's answers are checked against: the grammar as one regular expression, and the sum as a fraction of two
 * BigInts. It shares no code with lib/, and is slow and short on purpose.
 *
 * @module
 */

/** A line without its line feed, one character a byte. */
const LINE = /^[ \t]*([+-]?)(\d+\.?\d*|\.\d+)(?:[eE]([+-]?\d+))?[ \t]*\r?$/;
const BLANK_LINE = /^[ \t]*\r?$/;
const LARGEST_EXPONENT = 10_000n;

/** A number as `digits * 10 ** power`. */
interface Decimal {
  digits: bigint;
  power: bigint;
}

/** What a line is by the documented grammar. */
export function kindOf(line: string): "number" | "blank" | "bad" {
  return BLANK_LINE.test(line) ? "blank" : read(line) ? "number" : "bad";
}

/** The exact sum of the lines that are numbers, in plain digits. */
export function oracleSum(lines: readonly string[]): string {
  const numbers = lines.map(read).filter((number) => number !== undefined);
  const lowest = numbers.reduce((low, { power }) => power < low ? power : low, 0n);
  const total = numbers.reduce((sum, { digits, power }) => sum + digits * 10n ** (power - lowest), 0n);
  return plainDigits(total, Number(-lowest));
}

function read(line: string): Decimal | undefined {
  const match = LINE.exec(line);
  if (!match) return undefined;
  const [, sign, mantissa = "", exponent = "0"] = match;
  const power = BigInt(exponent.replace("+", ""));
  if (power > LARGEST_EXPONENT || power < -LARGEST_EXPONENT) return undefined;
  const [whole = "", fraction = ""] = mantissa.split(".");
  const digits = BigInt(whole + fraction);
  return { digits: sign === "-" ? -digits : digits, power: power - BigInt(fraction.length) };
}

/** Writes `total / 10 ** places`. */
function plainDigits(total: bigint, places: number): string {
  const digits = String(total < 0n ? -total : total).padStart(places + 1, "0");
  const whole = digits.slice(0, digits.length - places);
  const fraction = digits.slice(digits.length - places).replace(/0+$/, "");
  return (total < 0n ? "-" : "") + whole + (fraction && `.${fraction}`);
}
