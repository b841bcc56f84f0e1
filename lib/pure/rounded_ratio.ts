/** How a number is rounded: to so many significant digits, or to so many places after the point. */
export type Precision = { digits: number } | { places: number };

/**
 * `numerator / denominator` in plain digits, rounded half to even. Nothing is rounded before.
 *
 * @param denominator Above 0.
 */
export function roundedRatio(numerator: bigint, denominator: bigint, precision: Precision): string {
  const magnitude = numerator < 0n ? -numerator : numerator;
  const digits = rounded(
    precision,
    decimalLength(magnitude) - decimalLength(denominator),
    (up, down) => divideHalfEven(magnitude * up, denominator * down),
  );
  return numerator < 0n && /[1-9]/.test(digits) ? `-${digits}` : digits;
}

/**
 * The square root of `numerator / denominator`, likewise.
 *
 * @param numerator From 0 on.
 * @param denominator Above 0.
 */
export function roundedRoot(numerator: bigint, denominator: bigint, precision: Precision): string {
  return rounded(
    precision,
    Math.floor((decimalLength(numerator) - decimalLength(denominator)) / 2),
    (up, down) => rootHalfEven(numerator * up * up, denominator * down * down),
  );
}

/**
 * @param magnitude About the power of ten of the result.
 * @param scaled The result times `up`, by `down`, rounded to an integer.
 */
function rounded(
  precision: Precision,
  magnitude: number,
  scaled: (up: bigint, down: bigint) => bigint,
): string {
  const atPlaces = (places: number) => scaled(10n ** BigInt(Math.max(0, places)), 10n ** BigInt(Math.max(0, -places)));
  if ("places" in precision) return placePoint(atPlaces(precision.places), precision.places, false);
  let places = precision.digits - magnitude + 1;
  let value = atPlaces(places);
  // an estimate of the magnitude is off by one or two; the result is made anew, never rounded twice
  for (let excess = 0; value > 0n && (excess = decimalLength(value) - precision.digits) !== 0;) {
    places -= excess;
    value = atPlaces(places);
  }
  return placePoint(value, places, true);
}

function divideHalfEven(numerator: bigint, denominator: bigint): bigint {
  const quotient = numerator / denominator;
  const twice = 2n * (numerator - quotient * denominator);
  const isUp = twice > denominator || twice === denominator && quotient % 2n === 1n;
  return isUp ? quotient + 1n : quotient;
}

function rootHalfEven(numerator: bigint, denominator: bigint): bigint {
  const root = squareRoot(numerator / denominator);
  const middle = (2n * root + 1n) ** 2n * denominator;
  const isUp = 4n * numerator > middle || 4n * numerator === middle && root % 2n === 1n;
  return isUp ? root + 1n : root;
}

/** The largest integer whose square is not above `n` (Newton's method from above). */
function squareRoot(n: bigint): bigint {
  if (n < 2n) return n;
  let root = 1n << BigInt(Math.ceil(n.toString(16).length * 4 / 2));
  for (;;) {
    const next = (root + n / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}

/** An integer of units of `10 ** -places` in plain digits. */
function placePoint(units: bigint, places: number, trim: boolean): string {
  if (places <= 0) return String(units * 10n ** BigInt(-places));
  const digits = String(units).padStart(places + 1, "0");
  const at = digits.length - places;
  const fraction = trim ? digits.slice(at).replace(/0+$/, "") : digits.slice(at);
  return fraction === "" ? digits.slice(0, at) : `${digits.slice(0, at)}.${fraction}`;
}

function decimalLength(n: bigint): number {
  return String(n).length;
}
