import { FileError } from "../pure/errors.ts";
import { MAX_LINE_BYTES } from "../pure/parse_number.ts";
import type { RejectsPlace } from "../pure/state.ts";
import type { CheckpointFile } from "./checkpoint_file.ts";
import { uninterrupted } from "./uninterrupted.ts";
import { writeAllSync } from "./write_atomic.ts";

/** Bytes that are gathered before they are written. */
const GATHER_BYTES = 64 * 1024;

/**
 * A file that collects bad lines as they stand, each with a line feed; of a line beyond the limit, its beginning.
 * What was added after the last save is cut off when a run goes on from there, so that no line is in it twice.
 */
export class RejectsFile implements Disposable {
  /** As it was given. */
  readonly path: string;
  readonly #file: Deno.FsFile;
  readonly #gathered: Uint8Array[] = [];
  #gatheredBytes = 0;
  #written: number;

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
    try {
      const file = Deno.openSync(path, { read: true, write: true, create: true });
      const name = checkpoint?.nameOf(path);
      const users = checkpoint?.states.filter(({ rejects }) => rejects?.file === name) ?? [];
      const kept = users.filter((user) => !restarted.includes(user.file)).map(({ rejects }) => rejects!.bytes);
      const length = Math.max(0, ...kept);
      const { size } = file.statSync();
      if (size < length) fail(new Error(`it has ${size} bytes, and had ${length} when the state was saved`));
      if (users.length === 0 && size > 0) fail(new Error("it exists, and this program did not begin it; name another"));
      file.truncateSync(length);
      file.seekSync(length, Deno.SeekMode.Start);
      return new RejectsFile(path, file, length);
    } catch (error) {
      return error instanceof FileError ? fail(error.cause) : fail(error);
    }
  }

  /** Takes a bad line. */
  add(line: Uint8Array): void {
    this.#gathered.push(line.slice(0, MAX_LINE_BYTES), Uint8Array.of(10));
    this.#gatheredBytes += Math.min(line.length, MAX_LINE_BYTES) + 1;
    if (this.#gatheredBytes >= GATHER_BYTES) this.#flush();
  }

  /** Makes all that was added durable, and says where it is. */
  sync(checkpoint: CheckpointFile): RejectsPlace {
    this.#flush();
    uninterrupted(() => this.#file.syncDataSync());
    return { file: checkpoint.nameOf(this.path), bytes: this.#written };
  }

  /** Writes what was gathered, and closes the file. */
  [Symbol.dispose](): void {
    this.#flush();
    this.#file.close();
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
