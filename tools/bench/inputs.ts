import { ExactSum } from "../../lib/pure/exact_sum.ts";
import { randomBelow, randomBits } from "../../lib/pure/random.ts";
import { placePoint } from "../../lib/pure/random_lines.ts";

/** A file to be summed, and its exact sum, known from how it was made. */
export interface BenchInput {
  name: string;
  /** What it holds, for the table. */
  title: string;
  path: string;
  sum: string;
}

/** A number as text, and its value in units of {@linkcode UNIT_PLACES} decimal places. */
type MakeNumber = () => { text: string; units: bigint };

interface Recipe {
  name: string;
  title: string;
  count: number;
  lineEnd: string;
  make(bits: () => number): MakeNumber;
}

/** Decimal places of the units in which sums are kept while the files are made. */
const UNIT_PLACES = 16;
const UNIT = 10n ** BigInt(UNIT_PLACES);

const RECIPES: readonly Recipe[] = [
  { name: "integers", title: "10 M integers", count: 10_000_000, lineEnd: "\n", make: integers },
  { name: "decimals", title: "10 M with two decimals", count: 10_000_000, lineEnd: "\n", make: decimals },
  { name: "digits20", title: "4 M of 20 digits", count: 4_000_000, lineEnd: "\n", make: digits20 },
  { name: "mixed", title: "6 M mixed, CRLF, exponents", count: 6_000_000, lineEnd: "\r\n", make: mixed },
  { name: "varied", title: "10 M of 1 to 12 digits", count: 10_000_000, lineEnd: "\n", make: varied },
  { name: "large", title: "100 M integers, 740 MB", count: 100_000_000, lineEnd: "\n", make: integers },
];

/** The names of all inputs. */
export const INPUT_NAMES: readonly string[] = RECIPES.map(({ name }) => name);

/** Makes those of the files in `folder` that are not there yet; the same bytes on every machine. */
export function makeInputs(folder: string, names: readonly string[]): BenchInput[] {
  Deno.mkdirSync(folder, { recursive: true });
  return RECIPES.filter(({ name }) => names.includes(name)).map((recipe) => {
    const path = `${folder}/${recipe.name}.txt`;
    const known = `${path}.sum`;
    try {
      return { name: recipe.name, title: recipe.title, path, sum: Deno.readTextFileSync(known) };
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
    const sum = write(path, recipe);
    Deno.writeTextFileSync(known, sum);
    return { name: recipe.name, title: recipe.title, path, sum };
  });
}

function write(path: string, { count, lineEnd, make }: Recipe): string {
  using file = Deno.openSync(path, { write: true, create: true, truncate: true });
  const next = make(randomBits(7));
  const encoder = new TextEncoder();
  let total = 0n;
  for (let left = count; left > 0;) {
    let text = "";
    for (; left > 0 && text.length < 1 << 16; left--) {
      const number = next();
      text += number.text + lineEnd;
      total += number.units;
    }
    const bytes = encoder.encode(text);
    for (let written = 0; written < bytes.length;) written += file.writeSync(bytes.subarray(written));
  }
  return ExactSum.from(placePoint(String(total), UNIT_PLACES)).toString();
}

function integers(bits: () => number): MakeNumber {
  const next = randomBelow(bits, 2_000_001);
  return () => whole(next() - 1_000_000);
}

function decimals(bits: () => number): MakeNumber {
  const next = randomBelow(bits, 20_000_001);
  return () => decimal(next() - 10_000_000, 2);
}

function digits20(bits: () => number): MakeNumber {
  const half = randomBelow(bits, 10 ** 10);
  const sign = randomBelow(bits, 2);
  return () => {
    const text = (sign() === 0 ? "" : "-") + (1 + half() % 9) + String(half()).padStart(10, "0").slice(1) +
      String(half()).padStart(10, "0");
    return { text, units: BigInt(text) * UNIT };
  };
}

function varied(bits: () => number): MakeNumber {
  const length = randomBelow(bits, 12);
  const sign = randomBelow(bits, 2);
  const digits = Array.from({ length: 12 }, (_, i) => randomBelow(bits, 10 ** (i + 1)));
  return () => whole((sign() === 0 ? 1 : -1) * digits[length()]!());
}

/** What a file of measurements from several programs may hold. */
function mixed(bits: () => number): MakeNumber {
  const percent = randomBelow(bits, 100);
  const small = randomBelow(bits, 1e5);
  const large = randomBelow(bits, 1e8);
  const places = randomBelow(bits, 7);
  const sign = randomBelow(bits, 2);
  return () => {
    const kind = percent();
    const signed = (value: number) => (sign() === 0 ? value : -value);
    if (kind < 40) return whole(signed(large() % 10 ** (1 + places())));
    if (kind < 95) return decimal(signed(large()), places());
    if (kind < 98) {
      const mantissa = decimal(signed(10_000 + small() % 90_000), 4);
      const exponent = signed(places());
      const units = exponent < 0 ? mantissa.units / 10n ** BigInt(-exponent) : mantissa.units * 10n ** BigInt(exponent);
      return { text: `${mantissa.text}e${exponent}`, units };
    }
    const long = `${1 + large()}${String(large()).padStart(8, "0")}${String(large()).padStart(8, "0")}`;
    return { text: long, units: BigInt(long) * UNIT };
  };
}

function whole(value: number): { text: string; units: bigint } {
  return { text: String(value), units: BigInt(value) * UNIT };
}

function decimal(value: number, places: number): { text: string; units: bigint } {
  return { text: placePoint(String(value), places), units: BigInt(value) * 10n ** BigInt(UNIT_PLACES - places) };
}
