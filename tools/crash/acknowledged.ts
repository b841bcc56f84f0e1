import { progressOf } from "./checkpoint_on_disk.ts";
import type { Call } from "./read_trace.ts";

/**
 * The progress that the program relied upon: that of the last checkpoint that it went on from, by reading more, by
 * printing its answer, or by beginning the next save. Whatever happens then, no older one may come back.
 *
 * @param calls What the program did.
 * @returns -1 if it relied on none.
 */
export function acknowledgedProgress(calls: readonly Call[]): number {
  const content = new Map<number, number[]>();
  let written: number[] = [];
  let renamed = -1;
  let acknowledged = -1;
  for (const { name, args, texts, result } of calls) {
    const fd = Number.parseInt(args);
    const path = decode(texts[0]);
    const isSaving = name === "openat" && /O_WRONLY/.test(args) && /checkpoint\.json(\.tmp)?$/.test(path);
    if (isSaving || (name === "read" && result !== undefined) || (name === "write" && fd === 1)) {
      acknowledged = renamed;
    }
    if (result === undefined || result < 0) continue;
    if (isSaving) content.set(result, []);
    if (name === "write") content.get(fd)?.push(...texts[0] ?? []);
    if (name === "close") {
      written = content.get(fd) ?? written;
      content.delete(fd);
    }
    if (name === "rename" && /checkpoint\.json$/.test(decode(texts[1]))) {
      const whole = [...content.values()].at(-1) ?? written;
      renamed = progressOf(Uint8Array.from(whole)) ?? renamed;
    }
  }
  return acknowledged;
}

function decode(text: Uint8Array | undefined): string {
  return new TextDecoder().decode(text);
}
