import { assert, assertEquals } from "@std/assert";
import { SaveClock } from "../lib/pure/save_clock.ts";

Deno.test("SaveClock waits a second by default, and for new lines", () => {
  const clock = new SaveClock(undefined, 1000, 50);
  assertEquals(clock.due(1999, 60), false);
  assertEquals(clock.due(2000, 60), true);
  assertEquals(clock.due(9000, 50), false);
});

Deno.test("SaveClock waits a hundred times what the last save cost, when that is longer", () => {
  const clock = new SaveClock(undefined, 0, 0);
  clock.saved(1000, 1030, 10);
  assertEquals(clock.due(1030 + 2999, 20), false);
  assertEquals(clock.due(1030 + 3000, 20), true);
  clock.saved(5000, 5001, 20);
  assertEquals(clock.due(6000, 30), false);
  assertEquals(clock.due(6001, 30), true);
});

Deno.test("SaveClock keeps to the milliseconds that it was told, whatever a save costs", () => {
  const clock = new SaveClock({ milliseconds: 20 }, 0, 0);
  assertEquals(clock.due(19, 1), false);
  assertEquals(clock.due(20, 1), true);
  clock.saved(20, 420, 1);
  assertEquals(clock.due(439, 2), false);
  assertEquals(clock.due(440, 2), true);
});

Deno.test("SaveClock keeps to the bytes that it was told, before and after a block", () => {
  const clock = new SaveClock({ bytes: 100 }, 0, 1000);
  assertEquals(clock.due(1e9, 1099), false);
  assertEquals(clock.due(0, 1100), true);
  assertEquals(clock.dueBefore(100, 1000), false, "nothing is new");
  assertEquals(clock.dueBefore(1000, 1000), false, "nothing is new, and the line is long");
  assertEquals(clock.dueBefore(60, 1040), false);
  assertEquals(clock.dueBefore(61, 1040), true);
  clock.saved(0, 0, 1040);
  assertEquals(clock.due(0, 1139), false);
  assertEquals(clock.due(0, 1140), true);
});

Deno.test("SaveClock knows nothing of a next block when it goes by time", () => {
  for (const every of [undefined, { milliseconds: 1 }]) {
    assert(!new SaveClock(every, 0, 0).dueBefore(1e9, 1e9));
  }
});
