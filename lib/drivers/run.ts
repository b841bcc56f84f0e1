import type { CheckpointFile } from "../disk/checkpoint_file.ts";
import { findLineStartSync } from "../disk/find_line_start.ts";
import { hashEndsSync } from "../disk/hash_ends.ts";
import type { OpenInput } from "../disk/open_input.ts";
import { addLinesFast, leaseBuffer } from "../kernel/kernel.ts";
import { columnFormatOf } from "../pure/column_format.ts";
import type { ColumnReader, CreateColumnReader } from "../pure/column_reader.ts";
import { type AddLines, addLines } from "../pure/add_lines.ts";
import { chooseThreads } from "../pure/choose_threads.ts";
import { type Block, BlockCutter } from "../pure/cut_blocks.ts";
import { BadLineError, CheckpointRefusedError, FileError, OptionError } from "../pure/errors.ts";
import { ExactSum } from "../pure/exact_sum.ts";
import { Fingerprinter } from "../pure/fingerprint.ts";
import { marksOf } from "../pure/line_options.ts";
import type { PartToCheck } from "../pure/prefix_check.ts";
import { rangeOf } from "../pure/shard.ts";
import { unpackSkippedLines } from "../pure/skipped_lines.ts";
import { linesOf, type State } from "../pure/state.ts";
import { type Stretch, StretchMerger, type StretchResult } from "../pure/stretch.ts";
import { type Addition, Summation } from "../pure/summation.ts";
import { Keeper } from "./keeper.ts";
import { planResume } from "./resume.ts";
import type { StretchOptions } from "./sum_stretch.ts";
import type { Progress, StartedRange, SummedRange, SumOptions, SumResult } from "./sum_options.ts";

const LF = 10;

/**
 * One run over one input: all that the twins `sumFile` and `sumFileSync` do between two reads. They call, in this
 * order: {@linkcode beginPart}, {@linkcode checkBytes} and {@linkcode endPart} for each of {@linkcode partsToCheck};
 * {@linkcode begin}; {@linkcode take} for each block; {@linkcode finish}; and {@linkcode close} in any case.
 */
export class Run {
  /** What must be read of the bytes that were summed earlier. */
  readonly partsToCheck: readonly PartToCheck[];
  /** Where all reads go. */
  readonly buffer: Uint8Array;
  readonly #releaseBuffer: () => void;
  /** What is summed. */
  readonly input: OpenInput;
  readonly #options: SumOptions;
  readonly #checkpoint: CheckpointFile | undefined;
  readonly #keeper: Keeper | undefined;
  /** What is summed of the input, if not all. */
  readonly #range: StartedRange | undefined;
  /** What reads a column, if not lines are summed. */
  readonly #column: ColumnReader | undefined;
  readonly #addLines: AddLines;
  readonly #start: State;
  #partsBegun = 0;
  /** Whether the next piece of the part that is being checked is the input's first. */
  #isHeadDue = false;
  #fingerprinter = new Fingerprinter();
  /** What is known by now; only while all that was to be added is added whole. */
  #addition: Addition | undefined;
  /** What an older checkpoint says of the sum up to an offset, until it was found to be true. */
  #claim: { offset: number; sum: string } | undefined;
  #resumedFrom: number;
  #resumedLine: number;
  #checked: number;
  /** Where the last block ended. */
  #end: number;

  /**
   * @param createColumn What reads a column, where the options want one; without it, a run can only be checked.
   * @throws {CheckpointRefusedError} If the checkpoint's state is of another input or was made with other options.
   * @throws {NoSuchRangeError} If the input does not have the range that is to be summed.
   * @throws {RangeError} If the options make no sense.
   */
  constructor(
    input: OpenInput,
    checkpoint: CheckpointFile | undefined,
    options: SumOptions,
    createColumn?: CreateColumnReader,
  ) {
    this.input = input;
    this.#options = options;
    this.#checkpoint = checkpoint;
    const format = columnFormatOf(options);
    this.#addLines = options.makeStats ? addLines : addLinesFast;
    this.#column = format && createColumn?.(input.path, format, this.#addLines);
    if (format && options.range) throw new OptionError("a column cannot be summed in parts of a file");
    this.#range = options.range && startRange(input, options.range);
    const { state, partsToCheck, claim } = planResume(input, checkpoint, options, this.#range);
    this.#start = state;
    this.#resumedFrom = state.offset;
    this.#resumedLine = linesOf(state);
    this.partsToCheck = partsToCheck;
    this.#claim = claim;
    if (claim && this.#range) this.#refuse("it says nothing of a range");
    if (claim && format) this.#refuse("it says nothing of a column");
    this.#checked = this.#range?.start ?? 0;
    this.#end = state.offset;
    this.#keeper = checkpoint && new Keeper(input, checkpoint, options, state.offset, this.#range);
    ({ bytes: this.buffer, release: this.#releaseBuffer } = leaseBuffer());
  }

  /** How far it is. */
  get progress(): Progress {
    const { size, packed, path: file } = this.input;
    const { count, blank, skipped } = this.#addition?.counts ?? this.#start;
    return {
      file,
      phase: this.#addition && !this.#claim ? "summing" : "checking",
      offset: this.#addition?.offset ?? this.#checked,
      size,
      packed,
      range: this.#range,
      resumedFrom: this.#resumedFrom,
      resumedLine: this.#resumedLine,
      saved: this.#keeper?.saved,
      count,
      blank,
      skipped,
    };
  }

  /** The exact sum of what was added so far. */
  get sum(): string {
    return this.#addition!.state.sum;
  }

  /** Saves if it is time to, though nothing was added. */
  saveIfDue(): void {
    this.#keep("saveIfDue");
  }

  /** Begins the check of a part of what was summed earlier. */
  beginPart(): void {
    const { keys } = this.partsToCheck[this.#partsBegun++]!;
    this.#isHeadDue = keys.includes("head");
    this.#fingerprinter = new Fingerprinter((piece) => this.#checkPiece(piece));
  }

  /** Takes the next bytes of the part. */
  checkBytes(bytes: Uint8Array): void {
    this.#fingerprinter.update(bytes);
    this.#column?.takeFirst(bytes);
    this.#checked += bytes.length;
  }

  /** @throws {CheckpointRefusedError} If the part's bytes are not those that were summed. */
  endPart({ keys }: PartToCheck): void {
    this.#isHeadDue = false;
    const found = this.#fingerprinter.fingerprint();
    if (keys.some((key) => found[key] !== this.#start.fingerprint[key])) this.#refuseContent();
  }

  /** A file that was replaced is another one from its first bytes on, as a rule: the rest of it need not be read. */
  #checkPiece(piece: bigint): void {
    if (this.#isHeadDue && piece !== BigInt(`0x${this.#start.fingerprint.head}`)) this.#refuseContent();
    this.#isHeadDue = false;
  }

  #refuseContent(): never {
    const bytes = this.#range
      ? `bytes ${this.#range.start} to ${this.#start.offset}`
      : `first ${this.#start.offset} bytes`;
    this.#refuse(`the ${bytes} of ${this.input.path} are not those that were summed`, true);
  }

  /**
   * Begins to add, and saves for the first time.
   *
   * @param blockBytes Bytes that one read asks for, unless the options say otherwise.
   * @returns What makes blocks of the input's bytes from the state's offset on.
   * @throws {FileError} If it cannot be saved: a run that could not keep its place does not begin.
   */
  begin(blockBytes: number): BlockCutter {
    const { every } = this.#options;
    if (this.#range) this.input.seekSync(this.#start.offset);
    if (this.#options.column !== undefined && !this.#column) throw new TypeError("a column needs what reads it");
    const ends = this.#column?.begin(this.#start.offset);
    this.#fingerprinter.continue(this.#start.fingerprint);
    this.#addition = new Summation(this.#start, this.#fingerprinter, {
      file: this.input.path,
      countedFrom: this.#range?.start,
      marks: marksOf(this.#options),
      onSkip: this.#onSkip,
      addLines: this.#addLines,
      makeStats: this.#options.makeStats,
      column: this.#column,
    });
    this.#checkClaim(0);
    this.#keepFirst();
    const most = every && "bytes" in every ? every.bytes : Infinity;
    const bytes = Math.min(this.#options.blockBytes ?? blockBytes, most);
    return new BlockCutter(this.buffer, bytes, this.#start.offset, this.#range?.to, ends);
  }

  /**
   * Adds the next block, and saves when it is time.
   *
   * @throws {BadLineError} At a bad line that is not to be passed over; the state before it is saved.
   * @throws {CheckpointRefusedError} If what an older checkpoint says turns out to be wrong.
   */
  take(block: Block): void {
    if (!this.#claim) this.#keeper?.saveIfDueBefore(block.bytes.length, this.#addition!);
    if (block.kind === "overlong") this.#column?.requirePlace();
    const claimed = this.#claim ? this.#claim.offset - block.offset : Infinity;
    if (claimed > block.bytes.length) {
      this.#add((summation: Summation) => summation.take(block));
    } else {
      const { kind, bytes } = block;
      if (kind !== "lines" || bytes[claimed - 1] !== LF) this.#refuse("its offset is inside a line");
      this.#add((summation: Summation) => summation.take({ ...block, bytes: bytes.subarray(0, claimed) }));
      this.#checkClaim(this.#addition!.offset);
      this.#add((summation: Summation) => summation.take({ ...block, bytes: bytes.subarray(claimed) }));
    }
    this.#end = block.offset + block.bytes.length;
    this.#keep("saveIfDue");
  }

  /** How many threads are to sum the input, on a machine of so many cores. */
  threads(cores: number): number {
    const { workers, every } = this.#options;
    const { size } = this.input;
    return this.#claim || this.#range || this.#column || this.#options.makeStats
      ? 1
      : chooseThreads(workers, size && size - this.#start.offset, cores, every);
  }

  /** What workers need to know. */
  stretchOptions(blockBytes: number): StretchOptions {
    return { marks: marksOf(this.#options), skip: this.#options.onSkip !== undefined, blockBytes };
  }

  /** {@linkcode begin} for stretches in place of blocks. */
  beginStretches(): void {
    this.#addition = new StretchMerger(this.#start, this.input.path);
    this.#keepFirst();
  }

  /**
   * {@linkcode take} for the next stretch and what it comes to.
   *
   * @throws {BadLineError} At a bad line that is not to be passed over; the state before it is saved.
   * @throws {FileError} If lines do not join, since the file is being changed.
   */
  takeStretch(stretch: Stretch, result: StretchResult): void {
    this.#keeper?.saveIfDueBefore(result.end - result.start, this.#addition!);
    this.#add((merger: StretchMerger) => {
      if (!merger.joins(result)) {
        throw new FileError(`read ${this.input.path}`, this.input.path, new Error("it is being changed"));
      }
      for (const { line, offset, bytes } of unpackSkippedLines(result.skippedLines)) {
        const place = { file: this.input.path, line: merger.lines + line, offset: result.start + offset };
        this.#onSkip?.({ ...place, bytes, marks: marksOf(this.#options) });
      }
      merger.add(stretch, result);
    });
    this.#keep("saveIfDue");
  }

  /**
   * Ends the run at the input's end.
   *
   * @throws {CheckpointRefusedError} If the input ends before an older checkpoint's offset.
   */
  finish(): SumResult {
    if (this.#claim) this.#refuse(`${this.input.path} is shorter than its offset ${this.#claim.offset}`);
    this.#keep("finish");
    const { path, size } = this.input;
    if (size !== undefined && this.input.hints().size < size) {
      throw new FileError(`read ${path}`, path, new Error("it became shorter meanwhile"));
    }
    const range = this.#range && this.#finishRange(this.#range);
    const result = { ...this.progress, ...this.#addition!.totals, range };
    this.#addition = undefined;
    return result;
  }

  /** Saves what is not yet saved, and gives back what the run held. */
  close(): void {
    this.#keep("saveLast");
    this.#addition = undefined;
    this.#releaseBuffer();
  }

  #finishRange(range: StartedRange): SummedRange {
    const { path, size } = this.input;
    if (this.#end < range.to) throw new FileError(`read ${path}`, path, new Error("it became shorter meanwhile"));
    return { ...range, end: this.#end, ends: hashEndsSync(this.input, size!, this.buffer) };
  }

  #refuse(reason: string, isInputChanged = false): never {
    throw new CheckpointRefusedError(this.#checkpoint!.path, reason, isInputChanged);
  }

  /** What is done with a bad line that is passed over. */
  get #onSkip(): SumOptions["onSkip"] {
    const { onSkip, rejects } = this.#options;
    if (!onSkip || !rejects) return onSkip;
    return (line) => {
      rejects.add(line);
      onSkip(line);
    };
  }

  /** Adds something whole, or up to its first bad line; should anything else go wrong, there is no state any more. */
  #add<T extends Addition>(add: (addition: T) => void): void {
    const addition = this.#addition as T;
    this.#addition = undefined;
    try {
      add(addition);
      this.#addition = addition;
    } catch (error) {
      if (!(error instanceof BadLineError)) throw error;
      this.#addition = addition;
      this.#keep("saveLast");
      this.#addition = undefined;
      error.saved = this.#keeper?.saved;
      throw error;
    }
  }

  #checkClaim(offset: number): void {
    if (this.#claim?.offset !== offset) return;
    const found = this.#addition!.state.sum;
    const claimed = ExactSum.from(this.#claim.sum).toString();
    if (found !== claimed) {
      this.#refuse(
        `it says that the first ${offset} bytes of ${this.input.path} add up to ${claimed}, and they make ${found}`,
      );
    }
    this.#claim = undefined;
    this.#resumedFrom = offset;
    this.#resumedLine = linesOf(this.#addition!.counts);
  }

  /** Saves what is known, in one of the keeper's ways; nothing is saved while a claim may turn out to be wrong. */
  #keep(way: "saveFirst" | "saveIfDue" | "saveLast" | "finish"): void {
    if (this.#addition && !this.#claim) this.#keeper?.[way](this.#addition);
  }

  /** A run that cannot keep its place does not begin, and has nothing to be saved. */
  #keepFirst(): void {
    try {
      this.#keep("saveFirst");
    } catch (error) {
      this.#addition = undefined;
      throw error;
    }
  }
}

function startRange(input: OpenInput, wanted: NonNullable<SumOptions["range"]>): StartedRange {
  const range = rangeOf(wanted, input.path, input.size);
  return { ...range, start: findLineStartSync(input, range.from) };
}
