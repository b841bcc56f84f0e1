import type { CheckpointFile } from "../disk/checkpoint_file.ts";
import type { OpenInput } from "../disk/open_input.ts";
import { addLinesFast, type Lease, leaseBuffer } from "../kernel/kernel.ts";
import type { ColumnReader } from "../pure/column_reader.ts";
import { type AddLines, addLines } from "../pure/add_lines.ts";
import { chooseThreads } from "../pure/choose_threads.ts";
import type { Claim } from "../pure/claim.ts";
import { type Block, BLOCK_BYTES, BlockCutter } from "../pure/cut_blocks.ts";
import { BadLineError, becameShorter, CheckpointRefusedError, type Misfit, OptionError } from "../pure/errors.ts";
import { marksOf } from "../pure/line_options.ts";
import { PrefixCheck } from "../pure/prefix_check.ts";
import { linesOf, type State } from "../pure/state.ts";
import { type Addition, Summation } from "../pure/summation.ts";
import type { Extras } from "./extras.ts";
import { Keeper } from "./keeper.ts";
import { planResume } from "./resume.ts";
import type { Progress, StartedRange, SumOptions, SumResult } from "./sum_options.ts";

/**
 * One run over one input: all that the twins `sumFile` and `sumFileSync` do between two reads. They make the
 * {@linkcode check}, and then call {@linkcode begin} and {@linkcode take} for each block, or {@linkcode beginWith} and
 * {@linkcode takeWith}; {@linkcode finish}; and {@linkcode close} in any case.
 */
export class Run {
  /** What comes first: are the bytes that were summed earlier still there? */
  readonly check: PrefixCheck;
  /** Where reads go. */
  readonly buffer: Uint8Array;
  readonly #leases: Lease[] = [];
  /** What is summed. */
  readonly input: OpenInput;
  /** How it is summed. */
  readonly options: SumOptions;
  readonly #checkpoint: CheckpointFile | undefined;
  readonly #keeper: Keeper | undefined;
  readonly #ranges: Extras["ranges"];
  /** What is summed of the input, if not all. */
  readonly #range: StartedRange | undefined;
  /** What reads a column, if not lines are summed. */
  readonly #column: ColumnReader | undefined;
  readonly #addLines: AddLines;
  readonly #start: State;
  /** What is known by now; only while all that was to be added is added whole. */
  #addition: Addition | undefined;
  /** What an older checkpoint says of the sum up to an offset, until it was found to be true. */
  #claim: Claim | undefined;
  #resumedFrom: number;
  #resumedLine: number;
  /** Where the last block ended, of which a range asks, and the end of the run. */
  #end: number;

  /**
   * @param extras What the options need beside lines; without what reads a column, a run can only be checked.
   * @throws {CheckpointRefusedError} If the checkpoint's state is of another input or was made with other options.
   * @throws {NoSuchRangeError} If the input does not have the range that is to be summed.
   * @throws {RangeError} If the options make no sense.
   */
  constructor(
    input: OpenInput,
    checkpoint: CheckpointFile | undefined,
    options: SumOptions,
    extras: Extras,
  ) {
    this.input = input;
    this.options = options;
    this.#checkpoint = checkpoint;
    this.#addLines = options.makeStats ? addLines : addLinesFast;
    const { column } = options;
    if (column !== undefined) {
      this.#column = extras.createColumnReader?.(input.path, { ...options, column }, this.#addLines);
    }
    if (column !== undefined && options.range) throw new OptionError("a column cannot be summed in parts of a file");
    if (options.range && !extras.ranges) throw new TypeError("a range needs what loadExtras() loads for it");
    this.#ranges = extras.ranges;
    this.#range = options.range && this.#ranges!.startRange(input, options.range);
    const { state, partsToCheck, claim } = planResume(input, checkpoint, options, this.#range);
    this.#start = state;
    this.#resumedFrom = state.offset;
    this.#resumedLine = linesOf(state);
    this.check = new PrefixCheck({
      parts: partsToCheck,
      fingerprint: state.fingerprint,
      start: this.#range?.start ?? 0,
      refuse: () => this.#refuseContent(),
      onBytes: this.#column && ((bytes) => this.#column!.takeFirst(bytes)),
    });
    this.#claim = claim;
    this.#end = state.offset;
    this.#keeper = checkpoint && new Keeper(input, checkpoint, options, state.offset, this.#range);
    this.buffer = this.#lease();
  }

  /** How far it is. */
  get progress(): Progress {
    const { size, packed, path: file } = this.input;
    const { count, blank, skipped } = this.#addition?.counts ?? this.#start;
    return {
      file,
      phase: this.#addition && !this.#claim ? "summing" : "checking",
      offset: this.#addition?.offset ?? this.check.offset,
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

  /**
   * The exact sum of what was added so far.
   *
   * @throws {CheckpointRefusedError} If what an older checkpoint says reaches further.
   */
  get sum(): string {
    this.#requireProof();
    return this.#addition!.state.sum;
  }

  /** What is done with a bad line that is passed over. */
  get onSkip(): SumOptions["onSkip"] {
    const { onSkip, rejects } = this.options;
    if (!onSkip || !rejects) return onSkip;
    return (line) => {
      rejects.add(line);
      onSkip(line);
    };
  }

  /** Saves if it is time to, though nothing was added. */
  saveIfDue(): void {
    this.#keep((keeper, addition) => keeper.saveIfDue(addition));
  }

  /** What was taken of the input's blocks, a line that is not yet at its end included. */
  get reached(): Summation["reached"] {
    return (this.#addition as Summation).reached;
  }

  /**
   * Begins to add.
   *
   * @param options.readsAhead Whether a block may be read while the one before it is added.
   * @param options.keepsFingerprint Whether the state is to have one; hashing takes a tenth of the time.
   * @returns What makes blocks of the input's bytes from the state's offset on.
   * @throws {FileError} If bad lines are collected, and a first save fails.
   * @throws {RangeError} If a read is to ask for no bytes.
   */
  begin({ readsAhead = false, keepsFingerprint = this.#checkpoint !== undefined } = {}): BlockCutter {
    const { every } = this.options;
    if (this.#range) this.input.seekSync(this.#start.offset);
    if (this.options.column !== undefined && !this.#column) {
      throw new TypeError("a column needs what loadExtras() loads for it");
    }
    const ends = this.#column?.begin(this.#start.offset);
    this.#addition = new Summation(this.#start, keepsFingerprint ? this.check.goOn() : undefined, {
      file: this.input.path,
      countedFrom: this.#range?.start,
      marks: marksOf(this.options),
      onSkip: this.onSkip,
      addLines: this.#addLines,
      makeStats: this.options.makeStats,
      column: this.#column,
    });
    this.#proveClaim();
    this.#beginRejects();
    const most = every && "bytes" in every ? every.bytes : Infinity;
    const bytes = Math.min(this.options.blockBytes ?? BLOCK_BYTES, most);
    // leaving waits for a read that is under way, which may never end unless a plain file is read
    const spare = readsAhead && this.input.size !== undefined ? this.#lease() : undefined;
    return new BlockCutter(this.buffer, bytes, this.#start.offset, this.#range?.to, ends, spare);
  }

  /**
   * Adds the next block, and saves when it is time.
   *
   * @throws {FileError} If it turns out that nothing can be saved, or, at a bad line, that the input became shorter.
   * @throws {BadLineError} At a bad line that is not to be passed over; the state before it is saved.
   * @throws {CheckpointRefusedError} If what an older checkpoint says turns out to be wrong.
   */
  take(block: Block): void {
    const summation = this.#addition as Summation;
    this.#keep((keeper, addition) => keeper.saveIfDueBefore(block.bytes.length, addition));
    if (block.kind === "overlong") this.#column?.requirePlace();
    for (const part of this.#claim?.cut(block) ?? [block]) {
      this.#add(() => summation.take(part));
      this.#proveClaim();
    }
    this.#end = block.offset + block.bytes.length;
    this.#keep((keeper, addition) => keeper.saveIfDue(addition));
  }

  /** How many threads are to sum the input, on a machine of so many cores. */
  threads(cores: number): number {
    const { workers, every } = this.options;
    const { size } = this.input;
    return this.#claim || this.#range || this.#column || this.options.makeStats
      ? 1
      : chooseThreads(workers, size && size - this.#start.offset, cores, every);
  }

  /**
   * Begins to add by other means than blocks, which see to it themselves that all of the input is read;
   * {@linkcode begin} for blocks.
   *
   * @throws {FileError} As there.
   */
  beginWith(makeAddition: (start: State) => Addition): void {
    this.#addition = makeAddition(this.#start);
    this.#end = Infinity;
    this.#beginRejects();
  }

  /**
   * Adds by those means, and saves when it is time; {@linkcode take} for blocks.
   *
   * @param bytes How many it adds.
   * @throws {FileError} As there.
   * @throws {BadLineError} As there.
   */
  takeWith(bytes: number, add: () => void): void {
    this.#keep((keeper, addition) => keeper.saveIfDueBefore(bytes, addition));
    this.#add(add);
    this.#keep((keeper, addition) => keeper.saveIfDue(addition));
  }

  /**
   * Ends the run at the input's end.
   *
   * @throws {FileError} If the first save fails, or the input became shorter.
   * @throws {CheckpointRefusedError} If the input ends before an older checkpoint's offset.
   */
  finish(): SumResult {
    this.#requireProof();
    const { path, size } = this.input;
    // whoever cuts it off may have written as much again by now
    if (size !== undefined && !this.#range && this.#end < size) throw becameShorter(path);
    this.#requireLength();
    this.#keep((keeper, addition) => keeper.finish(addition));
    const range = this.#range && this.#ranges!.finishRange(this.input, this.#range, this.#end, this.buffer);
    const result = { ...this.progress, ...this.#addition!.totals, range };
    this.#addition = undefined;
    return result;
  }

  /** Saves what is not yet saved, and gives back what the run held. */
  close(): void {
    this.#keep((keeper, addition) => keeper.saveLast(addition));
    this.#addition = undefined;
    for (const lease of this.#leases) lease.release();
  }

  /** Memory that is the run's until it is closed. */
  #lease(): Uint8Array {
    const lease = leaseBuffer();
    this.#leases.push(lease);
    return lease.bytes;
  }

  #refuseContent(): never {
    const bytes = this.#range
      ? `bytes ${this.#range.start} to ${this.#start.offset}`
      : `first ${this.#start.offset} bytes`;
    this.#refuse(`the ${bytes} of ${this.input.path} are not those that were summed`, "changed");
  }

  #refuse(reason: string, misfit: Misfit = "unfit"): never {
    throw new CheckpointRefusedError(this.#checkpoint!.path, reason, misfit);
  }

  /** Adds something whole, or up to its first bad line; should anything else go wrong, there is no state any more. */
  #add(add: () => void): void {
    const addition = this.#addition;
    this.#addition = undefined;
    try {
      add();
      this.#addition = addition;
    } catch (error) {
      if (!(error instanceof BadLineError)) throw error;
      this.#addition = addition;
      this.#requireLength(); // where the input was cut off, half a number may stand
      this.#keep((keeper, addition) => keeper.saveLast(addition));
      this.#addition = undefined;
      error.saved = this.#keeper?.saved;
      throw error;
    }
  }

  /** An input that was cut off meanwhile is not the one that was to be summed. */
  #requireLength(): void {
    const { path, size } = this.input;
    if (size !== undefined && this.input.hints().size < size) throw becameShorter(path);
  }

  /** What is not yet proved at the input's end never will be. */
  #requireProof(): void {
    this.#claim?.refuseEnd();
  }

  #proveClaim(): void {
    const { offset } = this.#addition!;
    if (this.#claim?.offset !== offset) return;
    this.#claim.prove(this.#addition!.state.sum);
    this.#claim = undefined;
    this.#resumedFrom = offset;
    this.#resumedLine = linesOf(this.#addition!.counts);
  }

  /** The file that collects bad lines must be known as this program's before it holds any. */
  #beginRejects(): void {
    if (this.options.rejects) this.#keep((keeper, addition) => keeper.saveIfDue(addition));
  }

  /**
   * Has the keeper save what is known, unless a claim may turn out to be wrong. A run that cannot keep its place is
   * over, and has nothing to be saved.
   */
  #keep(save: (keeper: Keeper, addition: Addition) => void): void {
    if (!this.#keeper || !this.#addition || this.#claim) return;
    try {
      save(this.#keeper, this.#addition);
    } catch (error) {
      this.#addition = undefined;
      throw error;
    }
  }
}
