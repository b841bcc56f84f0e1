import { InputFile } from "../disk/input_file.ts";
import { readBlocks } from "../disk/read_blocks.ts";
import { leaseBuffer } from "../kernel/kernel.ts";
import { BLOCK_BYTES, BlockCutter } from "../pure/cut_blocks.ts";
import { type Merged, PartialMerger } from "../pure/merge_partials.ts";
import { PartialLines } from "../pure/partial_lines.ts";

/**
 * Merges the partials that stand in files, one a line.
 *
 * @param paths `-` is standard input.
 * @param expectLines How many lines of the input there must be, if that is known.
 * @throws {MergeError} If a line is no partial, or the partials do not make a whole.
 * @throws {FileError} If a file cannot be read.
 */
export async function mergeFiles(paths: readonly string[], expectLines?: number): Promise<Merged> {
  const merger = new PartialMerger();
  const { bytes: buffer, release } = leaseBuffer();
  try {
    for (const path of paths) {
      using input = await InputFile.open(path);
      const lines = new PartialLines(input.path, merger);
      for await (const block of readBlocks(input, new BlockCutter(buffer, BLOCK_BYTES, 0))) lines.take(block);
      lines.finish();
    }
    return merger.finish(expectLines);
  } finally {
    release();
  }
}
