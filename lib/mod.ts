/**
 * Adds up files of numbers exactly, and continues where it was after any interruption.
 *
 * The same job in two styles: {@linkcode sumFile} is a coroutine (an async generator), {@linkcode sumFileSync} a
 * plain generator, with one checkpoint between them.
 *
 * @example
 * ```ts
 * import { sumFile } from "./mod.ts";
 *
 * const path = await Deno.makeTempFile();
 * await Deno.writeTextFile(path, "0.1\n0.2\n");
 *
 * const run = sumFile(path, { checkpoint: `${path}.checkpoint.json` });
 * let step = await run.next();
 * while (!step.done) step = await run.next(); // step.value says how far it is
 * console.assert(step.value.sum === "0.3");
 * ```
 *
 * @module
 */
export { CheckpointFile, type OpenCheckpointOptions } from "./disk/checkpoint_file.ts";
export { RejectsFile } from "./disk/rejects_file.ts";
export { type Extras, loadExtras } from "./drivers/extras.ts";
export { numberStream } from "./drivers/number_stream.ts";
export type { NumberStreamOptions } from "./drivers/number_stream_options.ts";
export { numberStreamSync } from "./drivers/number_stream_sync.ts";
export { sumFile } from "./drivers/sum_file.ts";
export { sumFileSync } from "./drivers/sum_file_sync.ts";
export type { Progress, StartedRange, SummedRange, SumOptions, SumResult } from "./drivers/sum_options.ts";
export { type BadLine, badLineError } from "./pure/bad_line.ts";
export type { ColumnOptions } from "./pure/column_format.ts";
export {
  BadLineError,
  CheckpointHeldError,
  CheckpointRefusedError,
  FileError,
  type Misfit,
  NoSuchRangeError,
  OptionError,
  type Place,
} from "./pure/errors.ts";
export { ExactSum } from "./pure/exact_sum.ts";
export type { RecordExplainer, RecordFault } from "./pure/explain_record.ts";
export type { Fingerprint } from "./pure/fingerprint.ts";
export type { LineOptions, NumberFormat } from "./pure/line_options.ts";
export type { MakeStats, NumberStats, StatsState } from "./pure/add_lines.ts";
export type { Marks, NumberParts } from "./pure/parse_number.ts";
export type { Range } from "./pure/range.ts";
export { roundHalfEven } from "./pure/round_half_even.ts";
export type { SaveEvery } from "./pure/save_clock.ts";
export type { Shard } from "./pure/shard.ts";
export type { NumberAt } from "./pure/split_numbers.ts";
export type { FileHints, RejectsPlace, SavedState, State } from "./pure/state.ts";
export { makeStatistics } from "./pure/statistics.ts";
