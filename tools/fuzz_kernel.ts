/**
 * Compares the kernel with the reference for as long as wanted.
 *
 *     deno run tools/fuzz_kernel.ts SEED ROUNDS    random cases with the seeds SEED, SEED + 1, ...
 *     deno run tools/fuzz_kernel.ts --sweep        the position sweep, with more places and bytes than in the tests
 *
 * @module
 */
import { addLinesFast } from "../lib/kernel/kernel.ts";
import * as wasm from "../lib/kernel/kernel.wasm";
import { createCase, expected, outcome, sweep, SWEPT_FORMS, WRONG_BYTES } from "../tests/kernel_cases.ts";

/** Says what differs, and ends the process. */
function fail(message: string): never {
  console.error(message);
  Deno.exit(1);
}

if (Deno.args[0] === "--sweep") {
  for (const form of SWEPT_FORMS) {
    const { comparisons, difference } = sweep(addLinesFast, wasm, form, { reach: Infinity, wrongBytes: WRONG_BYTES });
    if (difference) fail(difference);
    console.log(`${comparisons} comparisons, no difference`);
  }
} else {
  const [seed, rounds] = Deno.args.map(Number);
  if (!Number.isSafeInteger(seed) || !Number.isSafeInteger(rounds)) {
    fail("Cannot compare: want SEED ROUNDS or --sweep");
  }
  for (let round = 0; round < rounds!; round++) {
    const made = createCase(seed! + round);
    const want = expected(made);
    const got = outcome(addLinesFast, made, wasm);
    if (got !== want) fail(`seed ${seed! + round}:\n got ${got}\nwant ${want}`);
    if (round % 10_000 === 9_999) console.log(`${round + 1} rounds, no difference`);
  }
}
