import { CheckpointFile } from "../disk/checkpoint_file.ts";
import { openInput } from "../disk/open_input.ts";
import { checkPrefix, readBlocks } from "../disk/read_blocks.ts";
import { loadExtras } from "./extras.ts";
import { Run } from "./run.ts";
import type { Progress, SumOptions, SumResult } from "./sum_options.ts";

/**
 * Adds up a file of numbers, one a line, as a coroutine. It yields how far it is at the start and after every block,
 * gives the event loop a turn with every few, and returns the sum. Its consumer drives it: leaving the loop saves the
 * state, and the next run with the same checkpoint continues there. What is compressed with gzip or zstd is read as what
 * it unpacks to, and all offsets are in that.
 *
 * @throws {BadLineError} At a line that is no number; the state before it is saved.
 * @throws {CheckpointRefusedError} If the checkpoint does not fit the file; it is kept as it is.
 * @throws {OptionError} If an option does not fit the file: there is no such column.
 * @throws {CheckpointHeldError} If another run holds the checkpoint.
 * @throws {FileError} If the file cannot be read, or the checkpoint cannot be saved to.
 */
export async function* sumFile(path: string, options: SumOptions = {}): AsyncGenerator<Progress, SumResult, void> {
  const { checkpoint: given, restart = false } = options;
  using input = await openInput(path);
  using own = typeof given === "string" ? await CheckpointFile.open(given, { discardDamaged: restart }) : undefined;
  const run = new Run(input, typeof given === "string" ? own : given, options, await loadExtras(options));
  try {
    for await (const _ of checkPrefix(run.check, input, run.buffer)) yield run.progress;
    const threads = run.threads(navigator.hardwareConcurrency);
    if (threads > 1) {
      const { takeStretches } = await import("./take_stretches.ts");
      yield* takeStretches(run, threads);
    } else {
      const cutter = run.begin({ readsAhead: true });
      yield run.progress;
      for await (const block of readBlocks(input, cutter)) {
        run.take(block);
        yield run.progress;
      }
    }
    return run.finish();
  } finally {
    run.close();
  }
}
