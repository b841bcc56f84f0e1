import { assertEquals } from "@std/assert";
import { ProgressLine, toStart } from "../lib/cli/progress_line.ts";

/** A log of progress with a clock of its own. */
function createLog(): { line: ProgressLine; lines: string[] } {
  const lines: string[] = [];
  return { line: new ProgressLine("log", 1000, (text) => lines.push(text)), lines };
}

Deno.test("ProgressLine logs a line every five seconds, however often it is updated", () => {
  const { line, lines } = createLog();
  for (let now = 1000; now <= 17_000; now += 100) line.update(() => `at ${now}`, now);
  assertEquals(lines, ["at 6000", "at 11000", "at 16000"]);
});

Deno.test("ProgressLine formats nothing when it is not time", () => {
  const { line } = createLog();
  line.update(() => {
    throw new Error("it was formatted");
  }, 5999);
});

Deno.test("ProgressLine gives a line of a log all the width that it wants", () => {
  const { line } = createLog();
  const widths: number[] = [];
  line.update((width) => `${widths.push(width)}`, 6000);
  assertEquals(widths, [Infinity]);
});

Deno.test("toStart() goes up as many rows as a narrower terminal has made of the line", () => {
  assertEquals(toStart(0, 80), "\r");
  assertEquals(toStart(79, 80), "\r");
  assertEquals(toStart(80, 80), "\r");
  assertEquals(toStart(81, 80), "\r\x1b[1A");
  assertEquals(toStart(79, 20), "\r\x1b[3A");
  assertEquals(toStart(5, 0), "\r\x1b[4A");
});
