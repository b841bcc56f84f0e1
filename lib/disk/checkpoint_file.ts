import { type Checkpoint, CheckpointDamage, decodeCheckpoint, encodeCheckpoint } from "../pure/checkpoint.ts";
import { CheckpointRefusedError, FileError } from "../pure/errors.ts";
import type { SavedState } from "../pure/state.ts";
import { wasCheckpoint } from "../pure/was_checkpoint.ts";
import { nameFrom, resolveTarget } from "./checkpoint_place.ts";
import { acquireLock, acquireLockSync, type Lock } from "./lock.ts";
import { tryWriteSync, writeAtomicSync } from "./write_atomic.ts";

/** How a checkpoint is opened. */
export interface OpenCheckpointOptions {
  /** Take a damaged checkpoint for none at all; the next save replaces it, but never another file. @default {false} */
  discardDamaged?: boolean;
}

/**
 * A checkpoint, held by this process alone until it is disposed of. It has a state for each input that it has met.
 */
export class CheckpointFile implements Disposable {
  /** The path as it was given. */
  readonly path: string;
  readonly #target: string;
  /** `undefined` for one that is only looked at. */
  readonly #lock: Lock | undefined;
  readonly #states = new Map<string, SavedState>();
  #claim: { offset: number; sum: string } | undefined;
  #unsaved = false;

  private constructor(path: string, target: string, lock: Lock | undefined, options: OpenCheckpointOptions) {
    this.path = path;
    this.#target = target;
    this.#lock = lock;
    try {
      this.#load(options);
    } catch (error) {
      lock?.[Symbol.dispose]();
      throw error;
    }
  }

  /**
   * Locks a checkpoint and reads what it holds; that there is none yet is fine.
   *
   * @throws {CheckpointHeldError} If another process holds it.
   * @throws {CheckpointRefusedError} If it is damaged or of a newer version.
   * @throws {FileError} If it cannot be read, or its lock cannot be made.
   */
  static async open(path: string, options: OpenCheckpointOptions = {}): Promise<CheckpointFile> {
    const target = resolveTarget(path);
    return new CheckpointFile(path, target, await acquireLock(lockPathOf(target), path), options);
  }

  /** {@linkcode CheckpointFile.open} without awaiting. */
  static openSync(path: string, options: OpenCheckpointOptions = {}): CheckpointFile {
    const target = resolveTarget(path);
    return new CheckpointFile(path, target, acquireLockSync(lockPathOf(target), path), options);
  }

  /** Reads what a checkpoint holds now, without holding it: it cannot be saved to. */
  static peek(path: string): CheckpointFile {
    return new CheckpointFile(path, resolveTarget(path), undefined, {});
  }

  /** What the two keys of the older scripts claim about the one input, until a state is saved. */
  get claim(): { offset: number; sum: string } | undefined {
    return this.#claim;
  }

  /** The input's name in this checkpoint: its path from the checkpoint's folder. */
  nameOf(input: string): string {
    return nameFrom(this.#target, input);
  }

  /** The state of the input of that name, if there is one. */
  get(name: string): SavedState | undefined {
    return this.#states.get(name);
  }

  /** The states of all inputs that it has met. */
  get states(): SavedState[] {
    return [...this.#states.values()];
  }

  /**
   * Saves a state beside those of the other inputs.
   *
   * @throws {FileError} If a step of {@linkcode writeAtomicSync} fails; what was saved before is still there, or this.
   */
  save(saved: SavedState): void {
    this.#requireLock();
    // a state that cannot be written now is still the newest: the next save, of whichever input, must not go back
    this.#states.set(saved.file, saved);
    const bytes = encodeCheckpoint(this.states);
    this.#naming(() => writeAtomicSync(this.#target, bytes));
    this.#claim = undefined;
    this.#unsaved = false;
  }

  /**
   * Finds out whether it can be saved to, as far as that shows before.
   *
   * @throws {FileError} If it cannot; what was saved before is still there in any case.
   */
  trySave(): void {
    this.#requireLock();
    this.#naming(() => tryWriteSync(this.#target));
  }

  /** Drops the states of inputs that are begun anew: from the next save on, nobody can go on from them. */
  forget(names: readonly string[]): void {
    this.#claim = undefined;
    for (const name of names) this.#states.delete(name);
  }

  /** Takes note of a state, which the next save of any state saves too. */
  keep(saved: SavedState): void {
    this.#states.set(saved.file, saved);
    this.#unsaved = true;
  }

  /**
   * Saves what was kept and not yet saved.
   *
   * @throws {FileError} As {@linkcode CheckpointFile.save} does.
   */
  flush(): void {
    const last = this.states.at(-1);
    if (this.#unsaved && last) this.save(last);
  }

  /** Lets other processes have it. */
  [Symbol.dispose](): void {
    this.#lock?.[Symbol.dispose]();
  }

  #requireLock(): void {
    if (!this.#lock) throw new TypeError("a checkpoint that is only looked at cannot be saved to");
  }

  #naming(write: () => void): void {
    try {
      write();
    } catch (error) {
      if (error instanceof FileError) throw new FileError(error.action, this.path, error.cause);
      throw new FileError(`save ${this.path}`, this.path, error);
    }
  }

  #load({ discardDamaged = false }: OpenCheckpointOptions): void {
    const held = readCheckpoint(this.path, this.#target, discardDamaged);
    if (held?.kind === "claim") this.#claim = held;
    if (held?.kind === "states") { for (const saved of held.states) this.#states.set(saved.file, saved); }
  }
}

function readCheckpoint(path: string, target: string, discardDamaged: boolean): Checkpoint | undefined {
  let bytes = new Uint8Array();
  try {
    bytes = Deno.readFileSync(target);
    return decodeCheckpoint(bytes);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    if (!(error instanceof CheckpointDamage)) throw new FileError(`read the checkpoint ${path}`, path, error);
    if (!wasCheckpoint(bytes)) throw new CheckpointRefusedError(path, "it is no checkpoint of numsum", "foreign");
    if (discardDamaged) return undefined;
    throw new CheckpointRefusedError(path, error.message, "damaged");
  }
}

function lockPathOf(target: string): string {
  return `${target}.lock`;
}
