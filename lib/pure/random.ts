/**
 * Random whole numbers that are the same on every machine for the same seed: sfc32 of the
 * PractRand suite, seeded by splitmix32, in 32-bit integer arithmetic only. Not for secrets.
 *
 * @returns A function that gives the next number, from 0 to 2^32 - 1.
 */
export function randomBits(seed: number): () => number {
  const next = splitmix32(seed);
  let a = next();
  let b = next();
  let c = next();
  let counter = 1;
  const step = () => {
    const result = a + b + counter | 0;
    counter = counter + 1 | 0;
    a = b ^ b >>> 9;
    b = c + (c << 3) | 0;
    c = (c << 21 | c >>> 11) + result | 0;
    return result >>> 0;
  };
  for (let i = 0; i < 15; i++) step();
  return step;
}

/**
 * A small generator that spreads one seed over the state of a larger one ("Fast splittable pseudorandom number
 * generators", OOPSLA 2014).
 */
function splitmix32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = state + 0x9E3779B9 | 0;
    let mixed = Math.imul(state ^ state >>> 16, 0x21F0AAAD);
    mixed = Math.imul(mixed ^ mixed >>> 15, 0x735A2D97);
    return (mixed ^ mixed >>> 15) | 0;
  };
}

/**
 * Random whole numbers from 0 up to, but not including, `range`, all equally likely.
 *
 * @param bits As {@linkcode randomBits} gives them.
 * @param range From 1 to 2^53.
 */
export function randomBelow(bits: () => number, range: number): () => number {
  const isSmall = range <= 2 ** 32;
  const drawnRange = isSmall ? 2 ** 32 : 2 ** 53;
  const draw = isSmall ? bits : () => (bits() >>> 11) * 2 ** 32 + bits();
  // the last, incomplete round of the range would make its numbers likelier than the others: draw again
  const limit = drawnRange - drawnRange % range;
  return () => {
    for (;;) {
      const drawn = draw();
      if (drawn < limit) return drawn % range;
    }
  };
}
