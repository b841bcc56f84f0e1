import {
  addLine,
  type AddLines,
  emptyTally,
  type MakeStats,
  NO_STATS,
  type StatsState,
  type Tally,
} from "./add_lines.ts";
import type { Block } from "./cut_blocks.ts";
import { type BadLine, badLineError } from "./bad_line.ts";
import type { ColumnReader } from "./column_reader.ts";
import { ExactSum } from "./exact_sum.ts";
import { type Fingerprinter, fingerprintOf, NO_PIECES } from "./fingerprint.ts";
import { lengthOfByteOrderMark, type Marks, PLAIN_MARKS } from "./parse_number.ts";
import { linesOf, type State } from "./state.ts";

const LF = 10;

/** How a {@linkcode Summation} goes. */
export interface SummationOptions {
  /** The input's path, for messages. */
  file: string;
  /** Where the line starts from which lines are counted, in bytes from the input's start. @default {0} */
  countedFrom?: number | undefined;
  /** @default {PLAIN_MARKS} */
  marks?: Marks;
  /** Called for each bad line, which is then passed over. Without it a bad line is an error. */
  onSkip?: ((line: BadLine) => void) | undefined;
  /** What adds whole lines. */
  addLines: AddLines;
  /** What is to know more of the numbers than their sum; it needs the plain {@linkcode addLines}. */
  makeStats?: MakeStats | undefined;
  /** In place of `addLines`, what adds a column of records. */
  column?: ColumnReader | undefined;
}

/** How many lines there are of each kind. */
export type Counts = Pick<State, "count" | "blank" | "skipped">;

/** The sum of a whole input, also of what follows its last line feed. */
export type Totals = Counts & Pick<State, "sum" | "stats">;

/** What is known of an input that is being added up. */
export interface Addition {
  /** Bytes of the input that were added, up to the last line feed. */
  readonly offset: number;
  /** The lines up to {@linkcode offset}. */
  readonly counts: Counts;
  /** What is known of the bytes before {@linkcode offset}. */
  readonly state: State;
  /** The totals with what follows the last line feed. */
  readonly totals: Totals;
}

/** Adds the blocks of one input to a state, in order. */
export class Summation implements Addition {
  readonly #options: SummationOptions;
  readonly #marks: Marks;
  readonly #tally: Tally;
  readonly #fingerprinter: Fingerprinter | undefined;
  #offset: number;
  /** The state before a line that is longer than a block and not yet at its end. */
  #before: State | undefined;
  /** What the line without a line feed at the input's end adds. No state contains it: the rest of it may come yet. */
  #rest: Tally;

  /**
   * @param state Where to begin.
   * @param fingerprinter That has been given all bytes before the state's offset; without it, states have the
   * fingerprint of no bytes, and are not to be saved.
   */
  constructor(state: State, fingerprinter: Fingerprinter | undefined, options: SummationOptions) {
    this.#options = options;
    this.#marks = options.marks ?? PLAIN_MARKS;
    this.#tally = { ...state, sum: ExactSum.from(state.sum), stats: options.makeStats?.(state.stats ?? NO_STATS) };
    this.#rest = this.#emptyRest();
    this.#offset = state.offset;
    this.#fingerprinter = fingerprinter;
  }

  get offset(): number {
    return this.#before?.offset ?? this.#offset;
  }

  get counts(): Counts {
    const { count, blank, skipped } = this.#tally;
    return { count, blank, skipped };
  }

  get state(): State {
    return this.#before ?? {
      offset: this.#offset,
      sum: this.#tally.sum.toString(),
      ...this.counts,
      stats: this.#tally.stats?.state,
      fingerprint: this.#fingerprinter?.fingerprint() ?? fingerprintOf(NO_PIECES),
    };
  }

  /** What was read of the input, a line that is not yet at its end included: the state without what it comes to. */
  get reached(): Pick<State, "offset" | "fingerprint"> {
    return { offset: this.#offset, fingerprint: this.#fingerprinter?.fingerprint() ?? fingerprintOf(NO_PIECES) };
  }

  get totals(): Totals {
    const sum = ExactSum.from(this.#tally.sum.toString());
    sum.merge(this.#rest.sum);
    return {
      sum: sum.toString(),
      count: this.#tally.count + this.#rest.count,
      blank: this.#tally.blank + this.#rest.blank,
      skipped: this.#tally.skipped + this.#rest.skipped,
      stats: this.#totalStats,
    };
  }

  get #totalStats(): StatsState | undefined {
    const { stats } = this.#tally;
    const total = stats && this.#options.makeStats!(stats.state);
    total?.merge(this.#rest.stats!.state);
    return total?.state;
  }

  /** What follows the last line feed comes to. */
  get unended(): Totals {
    const { count, blank, skipped } = this.#rest;
    return { sum: this.#rest.sum.toString(), count, blank, skipped };
  }

  /**
   * Adds the next block.
   *
   * @throws {BadLineError} At a bad line that is not to be passed over; the state is then the one before that line.
   */
  take(block: Block): void {
    if (block.bytes.length === 0) return;
    if (block.kind === "lines") this.#takeLines(block.bytes);
    else if (block.kind === "rest") this.#takeRest(block.bytes);
    else this.#takeOverlong(block);
  }

  #takeLines(bytes: Uint8Array): void {
    const start = this.#offset === 0 ? lengthOfByteOrderMark(bytes) : 0;
    const lines = bytes.subarray(start);
    const { onSkip } = this.#options;
    const skip = onSkip && ((from: number, to: number) => {
      onSkip(this.#badLine(lines.subarray(from, to), this.#offset + start + from));
    });
    const { addLines, column } = this.#options;
    const end = (column?.addLines ?? addLines)(this.#tally, lines, this.#marks, skip);
    const added = end === 0 ? 0 : start + end;
    this.#fingerprinter?.update(bytes.subarray(0, added));
    this.#offset += added;
    if (end === lines.length) return;
    const offset = this.#offset + (added === 0 ? start : 0);
    const to = column ? column.endOf(lines, end) : lines.indexOf(LF, end);
    throw badLineError(this.#badLine(lines.subarray(end, to), offset));
  }

  #takeRest(bytes: Uint8Array): void {
    const start = this.#offset === 0 ? lengthOfByteOrderMark(bytes) : 0;
    const add = this.#options.column?.addLine ?? addLine;
    if (start === bytes.length || add(this.#rest, bytes, start, bytes.length, this.#marks)) return;
    this.#passOver(this.#rest, bytes.subarray(start), this.#offset + start);
  }

  #takeOverlong({ bytes, more = false }: Block): void {
    if (!this.#before) {
      const start = this.#offset === 0 ? lengthOfByteOrderMark(bytes) : 0;
      this.#passOver(this.#rest, bytes.subarray(start), this.#offset + start);
      this.#before = this.state;
    }
    this.#fingerprinter?.update(bytes);
    this.#offset += bytes.length;
    if (more) return;
    this.#rest = this.#emptyRest();
    this.#tally.skipped++;
    this.#before = undefined;
  }

  #emptyRest(): Tally {
    return { ...emptyTally(), stats: this.#options.makeStats?.(NO_STATS) };
  }

  #passOver(tally: Tally, line: Uint8Array, offset: number): void {
    const bad = this.#badLine(line, offset);
    if (!this.#options.onSkip) throw badLineError(bad);
    this.#options.onSkip(bad);
    tally.skipped++;
  }

  #badLine(bytes: Uint8Array, offset: number): BadLine {
    const { file, countedFrom, column } = this.#options;
    return { file, line: linesOf(this.#tally) + 1, offset, countedFrom, bytes, marks: this.#marks, column };
  }
}
