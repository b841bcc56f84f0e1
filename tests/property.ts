import fc from "fast-check";

/**
 * Checks a property over many cases, and prints the seed: the same seed gives the same cases. Another one can be
 * set in `NUMSUM_SEED` where the environment may be read.
 */
export function checkProperty<T extends [unknown, ...unknown[]]>(
  property: fc.IPropertyWithHooks<T>,
  numRuns: number,
): void {
  const seed = givenSeed() ?? Math.floor(Math.random() * 2 ** 31);
  console.log(`${numRuns} cases with NUMSUM_SEED=${seed}`);
  fc.assert(property, { numRuns, seed });
}

function givenSeed(): number | undefined {
  const isGranted = Deno.permissions.querySync({ name: "env", variable: "NUMSUM_SEED" }).state === "granted";
  const text = isGranted ? Deno.env.get("NUMSUM_SEED") : undefined;
  return text === undefined ? undefined : Number(text);
}
