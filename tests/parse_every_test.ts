import { assertEquals } from "@std/assert";
import { parseEvery } from "../lib/cli/parse_every.ts";

Deno.test("parseEvery() reads durations", () => {
  const cases: [string, number][] = [
    ["500ms", 500],
    ["1s", 1000],
    ["2.5s", 2500],
    ["0.5 s", 500],
    ["1m", 60_000],
    ["3min", 180_000],
    ["2h", 7_200_000],
    ["10MS", 10],
  ];
  for (const [text, milliseconds] of cases) assertEquals(parseEvery(text), { milliseconds }, text);
});

Deno.test("parseEvery() reads numbers of bytes", () => {
  const cases: [string, number][] = [
    ["1B", 1],
    ["64MB", 64_000_000],
    ["1.5kB", 1500],
    ["100 kb", 100_000],
    ["2GB", 2_000_000_000],
    ["1KiB", 1024],
    ["8MiB", 8_388_608],
    ["1gib", 1_073_741_824],
    ["1.5b", 1],
  ];
  for (const [text, bytes] of cases) assertEquals(parseEvery(text), { bytes }, text);
});

Deno.test("parseEvery() refuses a number without a unit", () => {
  for (const text of ["64", "1.5", "0"]) assertEquals(parseEvery(text), undefined, text);
});

Deno.test("parseEvery() refuses nothing, less than a byte, and what is no amount", () => {
  const texts = ["", "s", "0s", "0MB", "0.5B", "-1s", "1e3s", "1 000s", "1,5s", "1sec", "1x", "1s ", " 1s", "1s2m"];
  for (const text of texts) assertEquals(parseEvery(text), undefined, text);
});
