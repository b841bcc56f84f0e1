import type { CheckpointFile } from "../disk/checkpoint_file.ts";
import type { OpenInput } from "../disk/open_input.ts";
import { FileError } from "../pure/errors.ts";
import { lineOptionsOf } from "../pure/line_options.ts";
import type { Range } from "../pure/range.ts";
import { SaveClock } from "../pure/save_clock.ts";
import type { FileHints, SavedState } from "../pure/state.ts";
import type { Addition } from "../pure/summation.ts";
import type { SumOptions } from "./sum_options.ts";

/** Saves the state of one input in a checkpoint: when it is time, and at the end. */
export class Keeper {
  readonly #input: OpenInput;
  readonly #checkpoint: CheckpointFile;
  readonly #options: SumOptions;
  readonly #range: Range | undefined;
  readonly #clock: SaveClock;
  /** What the file system said of the input before it was read. */
  readonly #opened: FileHints;
  #saved: number | undefined;
  #tried = false;
  #warned = false;

  /**
   * @param offset Where the run begins to add.
   * @param range What is summed of the input, if not all.
   */
  constructor(
    input: OpenInput,
    checkpoint: CheckpointFile,
    options: SumOptions,
    offset: number,
    range: Range | undefined,
  ) {
    this.#input = input;
    this.#opened = input.hints();
    this.#checkpoint = checkpoint;
    this.#options = options;
    this.#range = range;
    this.#clock = new SaveClock(options.every, performance.now(), offset);
  }

  /** The offset of the last save by this run; `undefined` before the first. */
  get saved(): number | undefined {
    return this.#saved;
  }

  /**
   * Saves if it is time to. The first time it only finds out whether it could, since on many disks a save takes longer
   * than to add up a block: a run of less than a second saves at its end. But what nobody may go on from any more, or
   * lines that are collected, must be known to be so at once.
   *
   * @throws {FileError} If it cannot, and never did: a run that cannot keep its place stops there.
   */
  saveIfDue(addition: Addition): void {
    const { rejects, restart } = this.#options;
    const isFirst = this.#isFirst();
    if (this.#clock.due(performance.now(), addition.offset) || isFirst && (rejects || restart)) this.#save(addition);
    else if (isFirst && !this.#tried) this.#checkpoint.trySave();
    this.#tried = true;
  }

  /**
   * Saves if after so many more bytes it would be too late.
   *
   * @throws {FileError} As {@linkcode Keeper.saveIfDue} does.
   */
  saveIfDueBefore(bytes: number, addition: Addition): void {
    if (this.#clock.dueBefore(bytes, addition.offset)) this.#save(addition);
  }

  /** Saves what is not yet saved; when that fails it is told, whatever was told before. */
  saveLast(addition: Addition): void {
    if (addition.offset === this.#saved) return;
    this.#warned = false;
    this.#saveOrWarn(addition);
  }

  /**
   * Saves at the input's end, or leaves that to whoever holds the checkpoint.
   *
   * @throws {FileError} If that is the first save, and fails.
   */
  finish(addition: Addition): void {
    if (this.#options.shareSaves) this.#checkpoint.keep(this.#stateToSave(addition));
    else if (this.#isFirst()) this.#write(addition);
    else this.saveLast(addition);
  }

  #isFirst(): boolean {
    return this.#saved === undefined && !this.#options.shareSaves;
  }

  #save(addition: Addition): void {
    if (this.#isFirst()) this.#write(addition);
    else this.#saveOrWarn(addition);
  }

  /** Saves if it can. A run that cannot goes on, says so once, and tries again later. */
  #saveOrWarn(addition: Addition): void {
    try {
      this.#write(addition);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      if (!this.#warned) this.#options.onWarning?.(error);
      this.#warned = true;
    }
  }

  #write(addition: Addition): void {
    const began = performance.now();
    const { offset } = addition;
    try {
      this.#checkpoint.save(this.#stateToSave(addition));
    } finally {
      this.#clock.saved(began, performance.now(), offset);
    }
    this.#saved = offset;
    this.#options.rejects?.cut();
    this.#options.onSave?.(offset);
  }

  #stateToSave({ state }: Addition): SavedState {
    const file = this.#checkpoint.nameOf(this.#input.path);
    return {
      file,
      options: lineOptionsOf({ ...this.#options, range: this.#range }),
      state,
      hints: this.#hints(state.offset),
      rejects: this.#options.rejects?.sync(this.#checkpoint, this.#input.path, state.offset) ??
        (this.#options.restart ? undefined : this.#checkpoint.get(file)?.rejects),
    };
  }

  /** What the file system says of the input; where it says nothing, all is to be read again on resume. */
  #hints(offset: number): FileHints {
    try {
      const now = this.#input.hints();
      // a time that changed during the run vouches for nothing: what was read before may have been changed
      const settled = (key: "modified" | "changed") => now[key] === this.#opened[key] ? now[key] : null;
      return { ...now, modified: settled("modified"), changed: settled("changed") };
    } catch {
      return { device: null, inode: null, size: offset, modified: null, changed: null };
    }
  }
}
