import { assert } from "@std/assert";
import { SaveClock } from "../lib/pure/save_clock.ts";

/** Enough for the share to settle. */
const SAVES = 100;

/**
 * The largest share of the time that saving has taken when the next save is due, in a made-up run: over blocks that
 * take `block` milliseconds each, with saves that take `cost(i)`.
 */
function shareOfSaving(block: number, cost: (i: number) => number): number {
  const clock = new SaveClock(undefined, 0, 0);
  let now = 0;
  let saving = 0;
  let most = 0;
  let saves = 0;
  for (let offset = 1; saves < SAVES; offset++) {
    now += block;
    if (!clock.due(now, offset)) continue;
    most = Math.max(most, saving / now);
    const took = cost(saves++);
    clock.saved(now, now + took, offset);
    now += took;
    saving += took;
  }
  return most;
}

Deno.test("SaveClock: on a disk that syncs in a millisecond, saving takes less than 0.1 % of the time", () => {
  for (const block of [0.05, 1, 7]) {
    const share = shareOfSaving(block, () => 1);
    assert(share > 0 && share < 0.001, `blocks of ${block} ms: ${share * 100} %`);
  }
});

Deno.test("SaveClock: on a slow disk, saving takes less than 1 % of the time", () => {
  for (const block of [1, 50]) {
    for (const cost of [9, 11, 50, 1000, 20_000]) {
      const share = shareOfSaving(Math.max(block, cost / 100), () => cost);
      assert(share > 0 && share < 0.01, `blocks of ${block} ms, saves of ${cost} ms: ${share * 100} %`);
    }
  }
});

Deno.test("SaveClock: on a disk of changing moods, saving takes less than 1 % of the time", () => {
  const share = shareOfSaving(1, (i) => [1, 300, 5, 80][i % 4]!);
  assert(share > 0 && share < 0.01, `${share * 100} %`);
});
