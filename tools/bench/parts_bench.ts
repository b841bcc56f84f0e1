import { addLinesFast, leaseBuffer, xxh64 } from "../../lib/kernel/kernel.ts";
import { addLines, emptyTally } from "../../lib/pure/add_lines.ts";
import { decodeCheckpoint, encodeCheckpoint } from "../../lib/pure/checkpoint.ts";
import { PLAIN_MARKS } from "../../lib/pure/parse_number.ts";
import { randomLines } from "../../lib/pure/random_lines.ts";
import { initialState } from "../../lib/pure/state.ts";

/** What is added or hashed at once, as when a file is read. */
const BYTES = 256 * 1024;

const { bytes: buffer } = leaseBuffer();

/** Whole lines of random numbers, some 256 KiB of them, in the kernel's memory. */
function block(decimals: number): Uint8Array {
  const [lines] = randomLines({ count: 8192, min: -1_000_000, max: 1_000_000, decimals, seed: 7 });
  const text = new TextEncoder().encode(lines!.text);
  let end = 0;
  for (; end + text.length <= BYTES; end += text.length) buffer.set(text, end);
  return buffer.subarray(0, end);
}

for (const decimals of [0, 2]) {
  const group = `256 KiB of numbers with ${decimals} decimals`;
  for (const [name, add] of [["kernel", addLinesFast], ["TypeScript", addLines]] as const) {
    Deno.bench({ group, name }, (bench) => {
      const lines = block(decimals);
      bench.start();
      add(emptyTally(), lines, PLAIN_MARKS);
      bench.end();
    });
  }
}

Deno.bench("XXH64 of 256 KiB", () => void xxh64(buffer.subarray(0, BYTES)));

const hints = { device: 1, inode: 2, size: 3, modified: null, changed: null };
const saved = { file: "numbers.txt", options: {}, state: initialState(), hints };
const encoded = encodeCheckpoint([saved]);
Deno.bench("encode a checkpoint", () => void encodeCheckpoint([saved]));
Deno.bench("decode a checkpoint", () => void decodeCheckpoint(encoded));
