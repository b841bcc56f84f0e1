import { assert } from "@std/assert";
import { turnEventLoop } from "../lib/disk/turn_event_loop.ts";

Deno.test("turnEventLoop() lets other things happen, whatever is permitted", async () => {
  let turned = false;
  const timer = setTimeout(() => turned = true);
  for (let turns = 0; !turned && turns < 1000; turns++) await turnEventLoop();
  clearTimeout(timer);
  assert(turned);
});
