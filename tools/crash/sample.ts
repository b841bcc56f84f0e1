/** Random numbers from 0 up to 1, the same for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * Takes `size` of the items or all if there are not more, in their order, and so that every kind has its share: the
 * kinds take turns, each giving an item of its own at random.
 */
export function sample<T>(
  items: readonly T[],
  size: number,
  random: () => number,
  kindOf: (item: T) => string,
): T[] {
  const kinds = new Map<string, T[]>();
  for (const item of items) {
    const kind = kindOf(item);
    kinds.set(kind, [...kinds.get(kind) ?? [], item]);
  }
  const taken = new Set<T>();
  while (taken.size < Math.min(size, items.length)) {
    for (const left of kinds.values()) {
      const [item] = left.splice(Math.floor(random() * left.length), 1);
      if (item !== undefined && taken.size < size) taken.add(item);
    }
  }
  return items.filter((item) => taken.has(item));
}
