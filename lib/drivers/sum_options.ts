import type { CheckpointFile } from "../disk/checkpoint_file.ts";
import type { RejectsFile } from "../disk/rejects_file.ts";
import type { BadLine } from "../pure/bad_line.ts";
import type { ColumnOptions } from "../pure/column_format.ts";
import type { NumberFormat } from "../pure/line_options.ts";
import type { MakeStats, StatsState } from "../pure/add_lines.ts";
import type { Range } from "../pure/range.ts";
import type { SaveEvery } from "../pure/save_clock.ts";
import type { Shard } from "../pure/shard.ts";

/** How an input is summed. */
export interface SumOptions extends NumberFormat, ColumnOptions {
  /** Where the state is kept: a path, or a checkpoint that the caller holds and disposes of. None by default. */
  checkpoint?: string | CheckpointFile | undefined;
  /** Begin this input anew, whatever the checkpoint has of it. @default {false} */
  restart?: boolean | undefined;
  /** On resume, check every byte before the offset. @default {false} */
  verify?: boolean | undefined;
  /** How often to save; by default after one second or a hundred times what the last save cost, whichever is longer. */
  every?: SaveEvery | undefined;
  /**
   * Leave it to whoever holds the checkpoint to find out whether it can be saved to, and to save at the input's end;
   * it keeps the state until then: for many small inputs, where saving would cost more than summing. @default {false}
   */
  shareSaves?: boolean | undefined;
  /** Sum only the lines whose first byte lies in this part of the file, which one thread does. */
  range?: Range | Shard | undefined;
  /** What is to know more of the numbers than their sum: `makeStatistics`. It takes one thread, and is slower. */
  makeStats?: MakeStats | undefined;
  /** Called for each bad line, which is then passed over and counted. Without it the first one is an error. */
  onSkip?: ((line: BadLine) => void) | undefined;
  /** Where bad lines are collected. The checkpoint keeps its length, so that after a resume it has each just once. */
  rejects?: RejectsFile | undefined;
  /** Called after each save, with the offset up to which the state is safe, in bytes. */
  onSave?: ((offset: number) => void) | undefined;
  /** Called with what went wrong without stopping the work: a save that failed. */
  onWarning?: ((warning: Error) => void) | undefined;
  /**
   * Threads that parse, in the async style; 1 is none but this one. By default as many as there are cores, if there is
   * so much to sum that it pays.
   */
  workers?: number | undefined;
  /** Bytes that one read asks for, where one thread sums; at most what a buffer has room for. @default {1 MiB} */
  blockBytes?: number | undefined;
}

/** The part of an input that a run sums. */
export interface StartedRange extends Range {
  /** Where its first line starts, in bytes from the input's start; beyond the range where it has none. */
  start: number;
  /** Whether it has no end but the input's, and so a later one when that has grown. */
  isOpen: boolean;
}

/** The part of an input that a run has summed. */
export interface SummedRange extends StartedRange {
  /** Where its last line ends, which is where the next range's first line starts. */
  end: number;
  /** The hash of the whole input's first and last 64 KiB. */
  ends: string;
}

/** How far a run is. */
export interface Progress {
  /** The input's path. */
  file: string;
  /** Whether what was summed earlier is being checked, or new lines are being added. */
  phase: "checking" | "summing";
  /** In bytes from the input's start. */
  offset: number;
  /** The input's size in bytes, when it was opened; `undefined` for a pipe, and for what is compressed. */
  size: number | undefined;
  /** How much of a compressed input was read, and its size, in its own bytes; the size of a pipe is `undefined`. */
  packed?: { readonly read: number; readonly size: number | undefined } | undefined;
  /** What is summed of it; `undefined` for all. */
  range: StartedRange | undefined;
  /** Where this run began to add, in bytes from the input's start. */
  resumedFrom: number;
  /** Lines before that, from the range's first line on. */
  resumedLine: number;
  /** The offset of the last save; `undefined` without a checkpoint, and before the first save. */
  saved: number | undefined;
  /** Lines that hold a number, up to the offset. */
  count: number;
  /** Lines that hold nothing. */
  blank: number;
  /** Bad lines that were passed over. */
  skipped: number;
}

/** What a run comes to. */
export interface SumResult extends Progress {
  /** The exact sum of the whole input or range, in plain decimal digits. */
  sum: string;
  /** What else is known of the numbers, where that was wanted. */
  stats?: StatsState | undefined;
  /** What was summed of it; `undefined` for all. */
  range: SummedRange | undefined;
}
