import type { SaveEvery } from "../pure/save_clock.ts";

const MILLISECONDS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, min: 60_000, h: 3_600_000 };
const BYTES: Readonly<Record<string, number>> = {
  b: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
};

/** Reads a duration (`500ms`, `2s`, `1m`) or a number of bytes (`64MB`, `1MiB`); `undefined` for anything else. */
export function parseEvery(text: string): SaveEvery | undefined {
  const [, digits = "", unit = ""] = /^(\d+(?:\.\d+)?) ?([a-z]+)$/i.exec(text) ?? [];
  const amount = Number(digits);
  const milliseconds = MILLISECONDS[unit.toLowerCase()];
  const bytes = BYTES[unit.toLowerCase()];
  if (milliseconds !== undefined && amount > 0) return { milliseconds: amount * milliseconds };
  if (bytes !== undefined && amount * bytes >= 1) return { bytes: Math.floor(amount * bytes) };
  return undefined;
}
