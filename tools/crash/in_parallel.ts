/** Calls `work` for every item, a few at a time, and gives the results in the items' order. */
export async function inParallel<T, R>(
  items: readonly T[],
  atOnce: number,
  work: (item: T, worker: number) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  const queue = items.entries();
  const workers = Array.from({ length: atOnce }, async (_, worker) => {
    for (const [i, item] of queue) results[i] = await work(item, worker);
  });
  await Promise.all(workers);
  return results;
}
