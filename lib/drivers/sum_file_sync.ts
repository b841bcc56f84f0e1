import { CheckpointFile } from "../disk/checkpoint_file.ts";
import { openInputSync } from "../disk/open_input.ts";
import { checkPrefixSync, readBlocksSync } from "../disk/read_blocks.ts";
import type { Extras } from "./extras.ts";
import { Run } from "./run.ts";
import type { Progress, SumOptions, SumResult } from "./sum_options.ts";

/**
 * `sumFile` as a plain generator: the same result, checkpoint and errors, without the event loop. Nothing else in
 * the process happens between two blocks unless the consumer lets it. What is compressed is an `OptionError`.
 *
 * @param extras What `loadExtras` has loaded for these options: a column or a range needs it.
 */
export function* sumFileSync(
  path: string,
  options: SumOptions = {},
  extras: Extras = {},
): Generator<Progress, SumResult, void> {
  const { checkpoint: given, restart = false } = options;
  using input = openInputSync(path);
  using own = typeof given === "string" ? CheckpointFile.openSync(given, { discardDamaged: restart }) : undefined;
  const run = new Run(input, typeof given === "string" ? own : given, options, extras);
  try {
    for (const _ of checkPrefixSync(run.check, input, run.buffer)) yield run.progress;
    const cutter = run.begin();
    yield run.progress;
    for (const block of readBlocksSync(input, cutter)) {
      run.take(block);
      yield run.progress;
    }
    return run.finish();
  } finally {
    run.close();
  }
}
