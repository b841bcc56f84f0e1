/**
 * Rounds a number in plain decimal digits to a number of decimal places, half to even (IEEE 754's
 * roundTiesToEven), and pads it with zeros to just that many. Never `-0`.
 *
 * @param text As `ExactSum` writes it.
 * @param places From 0 on.
 */
export function roundHalfEven(text: string, places: number): string {
  const negative = text.startsWith("-");
  const [whole = "", fraction = ""] = (negative ? text.slice(1) : text).split(".");
  const kept = fraction.slice(0, places).padEnd(places, "0");
  const dropped = fraction.slice(places);
  let digits = whole + kept;
  if (dropped !== "" && isUp(digits, dropped)) digits = increment(digits);
  const at = digits.length - places;
  const rounded = places === 0 ? digits : `${digits.slice(0, at)}.${digits.slice(at)}`;
  return negative && /[1-9]/.test(digits) ? `-${rounded}` : rounded;
}

/** Whether digits move away from zero for the sake of those that are dropped after them. */
function isUp(kept: string, dropped: string): boolean {
  if (dropped[0] !== "5") return dropped[0]! > "5";
  return /[1-9]/.test(dropped.slice(1)) || Number(kept.at(-1)) % 2 === 1;
}

/** One more in the last place. */
function increment(digits: string): string {
  let nines = digits.length;
  while (nines > 0 && digits[nines - 1] === "9") nines--;
  const zeros = "0".repeat(digits.length - nines);
  if (nines === 0) return `1${zeros}`;
  return digits.slice(0, nines - 1) + (Number(digits[nines - 1]) + 1) + zeros;
}
