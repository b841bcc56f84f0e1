import type { Xxh64 } from "../kernel/kernel.ts";
import type { BadLine } from "../pure/bad_line.ts";
import { FileError } from "../pure/errors.ts";
import { toHex } from "../pure/fingerprint.ts";
import { MAX_LINE_BYTES } from "../pure/parse_number.ts";
import type { RejectsPlace } from "../pure/state.ts";
import type { CheckpointFile } from "./checkpoint_file.ts";
import { type Beginning, readBeginning, requireUnchanged } from "./left_rejects.ts";
import { lockFileSync } from "./lock.ts";
import { uninterrupted } from "./uninterrupted.ts";
import { absolute, dirname, straight } from "./paths.ts";
import { syncFolderSync, writeAllSync } from "./write_atomic.ts";

const LF = 10;
/** Room for what is gathered before it is written: the longest line with its line feed, and many short ones. */
const BUFFER_BYTES = MAX_LINE_BYTES + 64 * 1024;

/**
 * A file that collects bad lines as they stand, each with a line feed; of a line beyond the limit, its beginning.
 * What was added after the last save is cut off when a run goes on from there, so that no line is in it twice.
 *
 * Each input's newest line is held back until another one follows or a state contains it: it may be the last one, to
 * which no line feed came, or one of great length, not yet at its end. The next run meets such a line again, and so it
 * must be among what is cut off.
 *
 * The states say what the file was when the last run ended, so that nothing is cut off that somebody else wrote since.
 */
export class RejectsFile implements Disposable {
  /** As it was given. */
  readonly path: string;
  readonly #file: Deno.FsFile;
  /** Without a checkpoint no line is met again, and none is held back. */
  readonly #checkpoint: CheckpointFile | undefined;
  #written: number;
  /** Of what is written. */
  readonly #hash: Xxh64;
  #lines: number;
  /** Whether what the file has beyond the lines that are kept was cut off. */
  #isCut = false;
  /** What is to be written, up to {@linkcode #settled}, and behind it the line that is held back. */
  readonly #buffer = new Uint8Array(BUFFER_BYTES);
  #settled = 0;
  #filled = 0;
  /** Where the line that was added last stands. */
  #newest: { file: string; offset: number } = { file: "", offset: 0 };
  /** By the path from the root: the lines that other inputs ended with, and that no state contains. */
  readonly #last = new Map<string, Uint8Array>();

  /** What kept lines from being durable. */
  #failure: FileError | undefined;

  private constructor(path: string, file: Deno.FsFile, checkpoint: CheckpointFile | undefined, kept: Beginning) {
    this.path = path;
    this.#file = file;
    this.#checkpoint = checkpoint;
    this.#written = kept.bytes;
    this.#hash = kept.hash;
    this.#lines = kept.lines;
  }

  /** How many lines it has, with those that are yet to be written. */
  get lines(): number {
    return this.#lines;
  }

  /**
   * Opens a file of rejects as it was at the last save of any state that is not to be begun anew. What it has beyond
   * that is cut off by {@linkcode cut}.
   *
   * @param restarted Names, in the checkpoint, of the inputs that are begun anew.
   * @throws {FileError} If it cannot be opened, is not as the last run left it, or if another run uses it.
   */
  static open(path: string, checkpoint: CheckpointFile | undefined, restarted: readonly string[]): RejectsFile {
    const fail = (cause: unknown): never => {
      throw new FileError(`collect bad lines in ${path}`, path, cause);
    };
    const name = checkpoint?.nameOf(path);
    const users = checkpoint?.states.filter(({ rejects }) => rejects?.file === name) ?? [];
    const kept = users.filter((user) => !restarted.includes(user.file)).map(({ rejects }) => rejects!.bytes);
    const length = Math.max(0, ...kept);
    let file: Deno.FsFile | undefined;
    try {
      file = Deno.openSync(straight(path), { read: true, write: true, create: length === 0 });
      if (!lockFileSync(file)) fail(new Error("another run is using it; name another"));
      if (length > 0 && users.some((user) => restarted.includes(user.file) && user.state.skipped > 0)) {
        fail(new Error("it holds lines of inputs that are begun anew among those of others; name another"));
      }
      const { size } = file.statSync();
      if (users.length === 0 && size > 0) fail(new Error("it exists, and this program did not begin it; name another"));
      // one that was removed is begun anew, if no line of it is missed
      if (size > 0 || length > 0) requireUnchanged(file, size, users.map(({ rejects }) => rejects!));
      if (size === 0) syncFolderSync(dirname(absolute(path))); // the file may be new, and its name not yet durable
      return new RejectsFile(path, file, checkpoint, readBeginning(file, length));
    } catch (error) {
      file?.close();
      return error instanceof FileError ? fail(error.cause) : fail(error);
    }
  }

  /**
   * Cuts off, once, what no state speaks of. It comes after the first save: until then the states before this run
   * count, with all their lines.
   *
   * @throws {FileError} If that fails.
   */
  cut(): void {
    if (this.#isCut) return;
    try {
      this.#file.truncateSync(this.#written);
      this.#file.seekSync(this.#written, Deno.SeekMode.Start);
    } catch (error) {
      throw new FileError(`write ${this.path}`, this.path, error);
    }
    this.#isCut = true;
  }

  /** Takes a bad line, after those before it in its input. */
  add({ file, offset, bytes }: BadLine): void {
    if (file !== this.#newest.file) {
      const held = this.#takeHeld();
      if (held.length > 0) this.#last.set(absolute(this.#newest.file), held);
      if (this.#last.delete(absolute(file))) this.#lines--; // an input that is named again: here it is met again
    } else if (offset <= this.#newest.offset && this.#takeHeld().length > 0) {
      this.#lines--; // likewise
    }
    this.#lines++;
    this.#settled = this.#filled;
    const text = bytes.subarray(0, MAX_LINE_BYTES);
    if (this.#filled + text.length + 1 > BUFFER_BYTES) this.#flush();
    this.#buffer.set(text, this.#filled);
    this.#filled += text.length;
    this.#buffer[this.#filled++] = LF;
    this.#newest = { file, offset };
    if (!this.#checkpoint) this.#settled = this.#filled;
  }

  /**
   * Makes all lines durable that are before an offset, and says where they are.
   *
   * @param file The path of the input that the offset is of.
   * @throws {FileError} If they cannot be made durable, and from then on: a later state, also of another input, would
   * count lines that no state of their own input contains, and the next run would add them again.
   */
  sync(checkpoint: CheckpointFile, file: string, offset: number): RejectsPlace {
    this.requireDurable();
    if (file === this.#newest.file && this.#newest.offset < offset) this.#settled = this.#filled;
    try {
      this.#flush();
      uninterrupted(() => this.#file.syncDataSync());
    } catch (error) {
      throw this.#failure = error instanceof FileError ? error : new FileError(`sync ${this.path}`, this.path, error);
    }
    return { file: checkpoint.nameOf(this.path), bytes: this.#written, hash: toHex(this.#hash.digest()) };
  }

  /**
   * Sees to it that it can be relied on.
   *
   * @throws {FileError} If lines could not be made durable.
   */
  requireDurable(): void {
    if (this.#failure) throw this.#failure;
  }

  /**
   * Writes all lines, has the states say so, and closes the file. What kept lines from being durable was told, and is
   * not told again.
   */
  [Symbol.dispose](): void {
    try {
      this.#settled = this.#filled;
      this.#flush();
      for (const line of this.#last.values()) this.#write(line);
      if (this.#isCut && !this.#failure) this.#describeEnd();
    } catch (error) {
      if (!this.#failure) throw error;
    } finally {
      this.#file.close();
    }
  }

  /** Has all states that speak of the file say how it is left. Where that cannot be saved, it is as after a kill. */
  #describeEnd(): void {
    const end = { hash: toHex(this.#hash.digest()), size: this.#written };
    const name = this.#checkpoint?.nameOf(this.path);
    for (const saved of this.#checkpoint?.states ?? []) {
      if (saved.rejects?.file === name) this.#checkpoint!.keep({ ...saved, rejects: { ...saved.rejects!, ...end } });
    }
    try {
      this.#checkpoint?.flush();
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
    }
  }

  /** Takes the line that is held back out of the buffer. */
  #takeHeld(): Uint8Array {
    const held = this.#buffer.slice(this.#settled, this.#filled);
    this.#filled = this.#settled;
    return held;
  }

  /** Writes all but the line that is held back. */
  #flush(): void {
    this.#write(this.#buffer.subarray(0, this.#settled));
    this.#buffer.copyWithin(0, this.#settled, this.#filled);
    this.#filled -= this.#settled;
    this.#settled = 0;
  }

  #write(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.cut();
    try {
      writeAllSync(this.#file, bytes);
    } catch (error) {
      throw new FileError(`write ${this.path}`, this.path, error);
    }
    this.#hash.update(bytes);
    this.#written += bytes.length;
  }
}
