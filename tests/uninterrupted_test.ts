import { assertEquals, assertThrows } from "@std/assert";
import { uninterrupted } from "../lib/disk/uninterrupted.ts";

Deno.test("uninterrupted() calls again as long as a signal interrupts", () => {
  let calls = 0;
  const result = uninterrupted(() => {
    if (++calls < 4) throw new Deno.errors.Interrupted("EINTR");
    return 0;
  });
  assertEquals([result, calls], [0, 4]);
});

Deno.test("uninterrupted() throws every other error on, at once", () => {
  let calls = 0;
  const fail = () => {
    calls++;
    throw new Deno.errors.BrokenPipe("EPIPE");
  };
  assertThrows(() => uninterrupted(fail), Deno.errors.BrokenPipe);
  assertEquals(calls, 1);
});
