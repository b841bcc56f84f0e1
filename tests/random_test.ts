import { assert, assertEquals } from "@std/assert";
import { randomBelow, randomBits } from "../lib/pure/random.ts";

Deno.test("randomBits() gives the same numbers for a seed, on every machine", () => {
  const first = (seed: number) => {
    const next = randomBits(seed);
    return Array.from({ length: 4 }, next);
  };
  assertEquals(first(0), [4270301181, 3717780726, 2919608142, 3745158266]);
  assertEquals(first(1), [4064752930, 1169703512, 1317941441, 2551256358]);
  assertEquals(first(2 ** 32 - 1), [1136427174, 1916388865, 1301959096, 4012368761]);
});

Deno.test("randomBits() sets each of 32 bits about half of the time", () => {
  for (const seed of [0, 1, 12345]) {
    const next = randomBits(seed);
    const set = new Array<number>(32).fill(0);
    const draws = 20_000;
    for (let i = 0; i < draws; i++) {
      const bits = next();
      for (let bit = 0; bit < 32; bit++) set[bit]! += bits >>> bit & 1;
    }
    // five standard deviations
    for (const count of set) assert(Math.abs(count - draws / 2) < 5 * Math.sqrt(draws) / 2, `seed ${seed}: ${set}`);
  }
});

Deno.test("randomBelow() stays below its range and is uniform", () => {
  for (const range of [1, 2, 3, 10, 201]) {
    const next = randomBelow(randomBits(7), range);
    const counts = new Array<number>(range).fill(0);
    const draws = 2000 * range;
    for (let i = 0; i < draws; i++) counts[next()]!++;
    const chiSquared = counts.reduce((sum, count) => sum + (count - 2000) ** 2 / 2000, 0);
    assert(chiSquared < range - 1 + 5 * Math.sqrt(2 * range), `range ${range}: ${chiSquared}`);
  }
});

Deno.test("randomBelow() draws again rather than make some numbers likelier", () => {
  const draws = [2 ** 32 - 1, 5, 2 ** 32 - 2, 7];
  const next = randomBelow(() => draws.shift()!, 3); // 2^32 - 1 is a multiple of 3
  assertEquals([next(), next(), next()], [5 % 3, (2 ** 32 - 2) % 3, 7 % 3]);
});

Deno.test("randomBelow() reaches all of a range beyond 32 bits", () => {
  const next = randomBelow(randomBits(3), 2 ** 53);
  const drawn = Array.from({ length: 2000 }, next);
  assert(drawn.every((value) => Number.isSafeInteger(value) && value >= 0));
  for (let bit = 0; bit < 53; bit++) {
    const set = drawn.filter((value) => BigInt(value) >> BigInt(bit) & 1n).length;
    assert(set > 850 && set < 1150, `bit ${bit} is set in ${set} of 2000`);
  }
  const wide = randomBelow(() => 2 ** 32 - 1, 2 ** 53);
  assertEquals(wide(), 2 ** 53 - 1);
});
