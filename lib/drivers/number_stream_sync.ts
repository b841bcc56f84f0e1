import { InputFile } from "../disk/input_file.ts";
import { readBlocksSync } from "../disk/read_blocks.ts";
import { BlockCutter, MIN_BUFFER_BYTES } from "../pure/cut_blocks.ts";
import { marksOf } from "../pure/line_options.ts";
import { type NumberAt, NumberSplitter } from "../pure/split_numbers.ts";
import { NUMBER_BLOCK_BYTES, type NumberStreamOptions } from "./number_stream_options.ts";

/** `numberStream` as a plain generator: the same numbers, offsets and errors, without the event loop. */
export function* numberStreamSync(
  path: string,
  offset = 0,
  options: NumberStreamOptions = {},
): Generator<NumberAt, void> {
  using input = InputFile.openSync(path);
  if (offset > 0) input.seekSync(offset);
  const cutter = new BlockCutter(new Uint8Array(MIN_BUFFER_BYTES), options.blockBytes ?? NUMBER_BLOCK_BYTES, offset);
  const splitter = new NumberSplitter(path, marksOf(options));
  for (const block of readBlocksSync(input, cutter)) yield* splitter.split(block);
}
