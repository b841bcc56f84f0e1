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
  /** Whether it can save, as far as that is known; somebody else sees to it where saves are shared. */
  #canSave: boolean;
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
    this.#canSave = options.shareSaves ?? false;
    this.#range = range;
    this.#clock = new SaveClock(options.every, performance.now(), offset);
  }

  /** The offset of the last save by this run; `undefined` before the first. */
  get saved(): number | undefined {
    return this.#saved;
  }

  /**
   * Saves if it is time to. Before that, it once finds out whether it can, unless all is added: a run of less than a
   * second saves at its end only, since a disk may take longer for a save than all else does.
   *
   * @throws {FileError} If it cannot: a run that cannot keep its place stops there.
   */
  saveIfDue(addition: Addition): void {
    const isDue = this.#clock.due(performance.now(), addition.offset);
    if (this.#canSave) {
      if (isDue) this.#save(addition);
    } else if (isDue || this.#options.rejects) {
      this.#write(addition);
    } else if (addition.offset !== this.#input.size) {
      this.#checkpoint.trySave();
      this.#canSave = true;
    }
  }

  /** Saves if after so many more bytes it would be too late. */
  saveIfDueBefore(bytes: number, addition: Addition): void {
    if (this.#canSave && this.#clock.dueBefore(bytes, addition.offset)) this.#save(addition);
  }

  /** Saves what is not yet saved; when that fails it is told, whatever was told before. */
  saveLast(addition: Addition): void {
    if (addition.offset === this.#saved) return;
    this.#warned = false;
    this.#save(addition);
  }

  /**
   * Saves at the input's end, or leaves that to whoever holds the checkpoint.
   *
   * @throws {FileError} If it fails, and was not known to be possible.
   */
  finish(addition: Addition): void {
    if (this.#options.shareSaves) this.#checkpoint.keep(this.#stateToSave(addition));
    else if (this.#canSave) this.saveLast(addition);
    else this.#write(addition);
  }

  /** Saves if it can. A run that cannot goes on, says so once, and tries again later. */
  #save(addition: Addition): void {
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
    this.#canSave = true;
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
