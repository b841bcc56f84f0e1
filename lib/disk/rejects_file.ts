import type { BadLine } from "../pure/bad_line.ts";
import { FileError } from "../pure/errors.ts";
import { MAX_LINE_BYTES } from "../pure/parse_number.ts";
import type { RejectsPlace } from "../pure/state.ts";
import type { CheckpointFile } from "./checkpoint_file.ts";
import { uninterrupted } from "./uninterrupted.ts";
import { writeAllSync } from "./write_atomic.ts";

const LF = 10;
/** Bytes that are gathered before they are written. */
const GATHER_BYTES = 64 * 1024;

/** A bad line that may be behind every saved offset: its input's last one without a line feed, or one very long. */
interface HeldLine {
  offset: number;
  text: Uint8Array;
}

/**
 * A file that collects bad lines as they stand, each with a line feed; of a line beyond the limit, its beginning.
 * What was added after the last save is cut off when a run goes on from there, so that no line is in it twice.
 *
 * Each input's newest line is held back until another one follows or a state contains it: the next run may meet the
 * line again, and so it must be among what is cut off.
 */
export class RejectsFile implements Disposable {
  /** As it was given. */
  readonly path: string;
  readonly #file: Deno.FsFile;
  readonly #gathered: Uint8Array[] = [];
  #gatheredBytes = 0;
  #written: number;
  /** What kept lines from being durable. */
  #failure: FileError | undefined;
  /** By the input's path. */
  readonly #held = new Map<string, HeldLine>();

  private constructor(path: string, file: Deno.FsFile, written: number) {
    this.path = path;
    this.#file = file;
    this.#written = written;
  }

  /**
   * Opens a file of rejects as it was at the last save of any state that is not to be begun anew.
   *
   * @param restarted Names, in the checkpoint, of the inputs that are begun anew.
   * @throws {FileError} If it cannot be opened, is shorter than it was, or holds something else.
   */
  static open(path: string, checkpoint: CheckpointFile | undefined, restarted: readonly string[]): RejectsFile {
    const fail = (cause: unknown): never => {
      throw new FileError(`collect bad lines in ${path}`, path, cause);
    };
    let file: Deno.FsFile | undefined;
    try {
      file = Deno.openSync(path, { read: true, write: true, create: true });
      const name = checkpoint?.nameOf(path);
      const users = checkpoint?.states.filter(({ rejects }) => rejects?.file === name) ?? [];
      const kept = users.filter((user) => !restarted.includes(user.file)).map(({ rejects }) => rejects!.bytes);
      const length = Math.max(0, ...kept);
      if (length > 0 && users.some((user) => restarted.includes(user.file) && user.state.skipped > 0)) {
        fail(new Error("it holds lines of inputs that are begun anew among those of others; name another"));
      }
      const { size } = file.statSync();
      if (size < length) fail(new Error(`it has ${size} bytes, and had ${length} when the state was saved`));
      if (users.length === 0 && size > 0) fail(new Error("it exists, and this program did not begin it; name another"));
      file.truncateSync(length);
      file.seekSync(length, Deno.SeekMode.Start);
      return new RejectsFile(path, file, length);
    } catch (error) {
      file?.close();
      return error instanceof FileError ? fail(error.cause) : fail(error);
    }
  }

  /** Takes a bad line, after those before it in its input. */
  add({ file, offset, bytes }: BadLine): void {
    this.#release(file);
    this.#held.set(file, { offset, text: bytes.slice(0, MAX_LINE_BYTES) });
  }

  /**
   * Makes all lines durable that are before an offset, and says where they are.
   *
   * @param file The path of the input that the offset is of.
   * @throws {FileError} If they cannot be made durable, and whenever that has happened before: lines may be missing,
   * and only a run that goes on from the last good state writes them again.
   */
  sync(checkpoint: CheckpointFile, file: string, offset: number): RejectsPlace {
    if (this.#failure) throw this.#failure;
    try {
      if ((this.#held.get(file)?.offset ?? offset) < offset) this.#release(file);
      this.#flush();
      uninterrupted(() => this.#file.syncDataSync());
    } catch (error) {
      throw this.#failure = error instanceof FileError ? error : new FileError(`write ${this.path}`, this.path, error);
    }
    return { file: checkpoint.nameOf(this.path), bytes: this.#written };
  }

  /** Writes all lines, and closes the file. */
  [Symbol.dispose](): void {
    try {
      for (const file of this.#held.keys()) this.#release(file);
      this.#flush();
    } finally {
      this.#file.close();
    }
  }

  /** Adds the line of an input that was held back, if there is one. */
  #release(file: string): void {
    const held = this.#held.get(file);
    if (!held) return;
    this.#held.delete(file);
    this.#gathered.push(held.text, Uint8Array.of(LF));
    this.#gatheredBytes += held.text.length + 1;
    if (this.#gatheredBytes >= GATHER_BYTES) this.#flush();
  }

  #flush(): void {
    const bytes = new Uint8Array(this.#gatheredBytes);
    let end = 0;
    for (const part of this.#gathered.splice(0)) {
      bytes.set(part, end);
      end += part.length;
    }
    this.#gatheredBytes = 0;
    try {
      writeAllSync(this.#file, bytes);
    } catch (error) {
      throw new FileError(`write ${this.path}`, this.path, error);
    }
    this.#written += end;
  }
}
