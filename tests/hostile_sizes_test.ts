import { assertEquals } from "@std/assert";
import { measure } from "../tools/hostile_sizes.ts";
import { lacks } from "./granted.ts";

/** Of the sizes that tools/hostile_sizes.ts has: one line of 200 MB, 20,000 lines at the exponent limit, and so on. */
const SCALE = 0.02;
/** An empty program takes 60 MB, buffers and garbage as much again, and each thread some stretches of 8 MiB. */
const MOST_BYTES = 400e6;
const MOST_MILLISECONDS = 60_000;

Deno.test({
  name: `The program takes little memory and time, whatever the file [needs Linux: peak memory]`,
  ignore: lacks("read", "write", "run") || Deno.build.os !== "linux",
  sanitizeOps: true,
  sanitizeResources: true,
  async fn() {
    for await (const { title, milliseconds, peakBytes, isRight } of measure(SCALE)) {
      console.log(`${title}: ${Math.round(milliseconds)} ms, ${Math.round(peakBytes / 1e6)} MB`);
      assertEquals([title, isRight], [title, true]);
      assertEquals([title, peakBytes, peakBytes > 0 && peakBytes < MOST_BYTES], [title, peakBytes, true]);
      assertEquals([title, milliseconds, milliseconds < MOST_MILLISECONDS], [title, milliseconds, true]);
    }
  },
});
