import { assert, assertEquals } from "@std/assert";
import { formatBytes, formatDuration, formatProgress, formatShare } from "../lib/cli/format_progress.ts";
import type { Progress } from "../lib/drivers/sum_options.ts";

const HALF: Progress = {
  file: "numbers.txt",
  phase: "summing",
  offset: 5_000_000,
  size: 10_000_000,
  resumedFrom: 0,
  resumedLine: 0,
  saved: 0,
  count: 700_000,
  blank: 0,
  skipped: 0,
  range: undefined,
};
const PACE = { bytes: 5_000_000, milliseconds: 2500 };

Deno.test("formatProgress() says how far, how fast and how long", () => {
  assertEquals(formatProgress(HALF, PACE, 80), "50 %, 700000 numbers, 2.0 MB/s, 2.5 s left");
  const resumed = { ...HALF, resumedFrom: 1_000_000, skipped: 3 };
  assertEquals(
    formatProgress(resumed, { bytes: 4_000_000, milliseconds: 2500 }, 80),
    "50 %, 700000 numbers, 1.6 MB/s, 3.1 s left, 3 skipped, resumed at 10 %",
  );
});

Deno.test("formatProgress() says what is being checked, as a part of that", () => {
  const checking: Progress = { ...HALF, phase: "checking", offset: 1_000_000, resumedFrom: 4_000_000, count: 0 };
  assertEquals(
    formatProgress(checking, { bytes: 1_000_000, milliseconds: 1000 }, 80),
    "25 %, checking what was summed, 1.0 MB/s, 3.0 s left",
  );
});

Deno.test("formatProgress() promises nothing of a pipe or at the very start", () => {
  assertEquals(formatProgress({ ...HALF, size: undefined }, PACE, 80), "5.0 MB, 700000 numbers, 2.0 MB/s");
  assertEquals(formatProgress({ ...HALF, offset: 0, count: 0 }, { bytes: 0, milliseconds: 0 }, 80), "0 %, 0 numbers");
});

Deno.test("formatProgress() leaves out whole parts, the least needed first", () => {
  const parts = ["50 %", "700000 numbers", "2.0 MB/s", "2.5 s left"];
  for (let kept = 1; kept <= parts.length; kept++) {
    const line = parts.slice(0, kept).join(", ");
    const next = parts.slice(0, kept + 1).join(", ");
    assertEquals(formatProgress(HALF, PACE, line.length), line);
    assertEquals(formatProgress(HALF, PACE, Math.max(line.length, next.length - 1)), line);
  }
});

Deno.test("formatProgress() never exceeds the width, and never says NaN or Infinity", () => {
  const sizes = [undefined, 0, 1, 10_000_000, Number.MAX_SAFE_INTEGER];
  for (const size of sizes) {
    for (const phase of ["checking", "summing"] as const) {
      for (const pace of [PACE, { bytes: 0, milliseconds: 0 }, { bytes: 0, milliseconds: 10 }]) {
        for (let width = 0; width < 120; width++) {
          const line = formatProgress({ ...HALF, size, phase, skipped: 5, resumedFrom: 1 }, pace, width);
          assert(line.length <= width, line);
          assert(!/NaN|Infinity|undefined|-\d/.test(line), line);
        }
      }
    }
  }
});

Deno.test("formatShare() is 100 only when all is there", () => {
  const cases: [number, number, string][] = [
    [0, 10, "0 %"],
    [1, 3, "33.3 %"],
    [9_999_999, 10_000_000, "99.9 %"],
    [10, 10, "100 %"],
    [0, 0, "100 %"],
    [12, 10, "100 %"],
    [248, 1000, "24.8 %"],
  ];
  for (const [part, whole, text] of cases) assertEquals(formatShare(part, whole), text);
});

Deno.test("formatBytes() uses decimal units and about three digits", () => {
  const cases: [number, string][] = [
    [0, "0 B"],
    [999, "999 B"],
    [1000, "1.0 kB"],
    [1550, "1.6 kB"],
    [99_949, "99.9 kB"],
    [99_950, "100 kB"],
    [999_499, "999 kB"],
    [999_500, "1.0 MB"],
    [73_892_782, "73.9 MB"],
    [1e9, "1.0 GB"],
    [2.5e12, "2.5 TB"],
    [1e18, "1000 PB"],
  ];
  for (const [bytes, text] of cases) assertEquals(formatBytes(bytes), text);
});

Deno.test("formatDuration() uses the units that a person would say", () => {
  const cases: [number, string][] = [
    [0, "0.0 s"],
    [40, "0.0 s"],
    [1234, "1.2 s"],
    [9949, "9.9 s"],
    [9950, "10 s"],
    [99_000, "99 s"],
    [99_500, "2 min"],
    [600_000, "10 min"],
    [99 * 60_000, "99 min"],
    [100 * 60_000, "1.7 h"],
    [36e6, "10.0 h"],
  ];
  for (const [milliseconds, text] of cases) assertEquals(formatDuration(milliseconds), text);
});
