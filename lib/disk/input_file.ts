import { COMPRESSION_BYTES, mayBeCompressed } from "../pure/compression.ts";
import { FileError } from "../pure/errors.ts";
import type { FileHints } from "../pure/state.ts";
import { fileHints } from "./file_hints.ts";
import { straight } from "./paths.ts";
import { uninterrupted, uninterruptedAsync } from "./uninterrupted.ts";

/** An open input. Its errors say which file it was and what was done with it. */
export class InputFile implements Disposable {
  readonly path: string;
  /** In bytes when it was opened, or `undefined` where there is no end yet, as with a pipe. */
  readonly size: number | undefined;
  readonly #file: Deno.FsFile | typeof Deno.stdin;
  /** Bytes that were looked at and are still to be read. */
  #ahead = new Uint8Array();

  private constructor(path: string, file: Deno.FsFile | typeof Deno.stdin) {
    this.path = path;
    this.#file = file;
    if (!(file instanceof Deno.FsFile)) return;
    try {
      const info = this.#naming(`look at ${path}`, () => file.statSync());
      if (info.isDirectory) {
        throw new FileError(`read ${path}`, path, new Error("it is a folder; name the files in it"));
      }
      this.size = info.isFile ? info.size : undefined;
    } catch (error) {
      file.close();
      throw error;
    }
  }

  /**
   * Opens a file, or standard input under any of its names.
   *
   * @throws {FileError} If it cannot be opened, or is a folder.
   */
  static async open(path: string): Promise<InputFile> {
    if (isStandardInput(path)) return new InputFile("standard input", Deno.stdin);
    return new InputFile(path, await open(path).catch(opening(path)));
  }

  /** {@linkcode InputFile.open} without awaiting. */
  static openSync(path: string): InputFile {
    if (isStandardInput(path)) return new InputFile("standard input", Deno.stdin);
    try {
      return new InputFile(path, Deno.openSync(straight(path)));
    } catch (error) {
      return opening(path)(error);
    }
  }

  /** What the file system says of it now. */
  hints(): FileHints {
    return this.#naming(`look at ${this.path}`, () => fileHints(this.#seekable().statSync(), Date.now()));
  }

  /** Goes to `offset`, in bytes from the start. */
  async seek(offset: number): Promise<void> {
    await this.#seekable().seek(offset, Deno.SeekMode.Start).catch(this.#reading);
  }

  /** {@linkcode InputFile.seek} without awaiting. */
  seekSync(offset: number): void {
    this.#naming(`read ${this.path}`, () => this.#seekable().seekSync(offset, Deno.SeekMode.Start));
  }

  /** Looks at the first bytes before any is read, as many as show how they are compressed. */
  async peek(): Promise<Uint8Array> {
    if (this.size !== undefined) return this.peekSync();
    const first = new Uint8Array(COMPRESSION_BYTES);
    let length = 0;
    while (length < first.length && mayBeCompressed(first.subarray(0, length))) {
      const read = await this.read(first.subarray(length));
      if (read === null) break;
      length += read;
    }
    return this.#ahead = first.subarray(0, length);
  }

  /** {@linkcode InputFile.peek} without awaiting; of what is not a plain file, nothing. */
  peekSync(): Uint8Array {
    const first = new Uint8Array(COMPRESSION_BYTES);
    if (this.size === undefined) return first.subarray(0, 0);
    const read = this.readSync(first) ?? 0;
    this.seekSync(0);
    return first.subarray(0, read);
  }

  /** Puts the next bytes into `into`, and gives their number, or `null` at the end. */
  async read(into: Uint8Array): Promise<number | null> {
    if (this.#ahead.length > 0) return this.#readAhead(into);
    return await uninterruptedAsync(() => this.#file.read(into)).catch(this.#reading);
  }

  /** {@linkcode InputFile.read} without awaiting. */
  readSync(into: Uint8Array): number | null {
    if (this.#ahead.length > 0) return this.#readAhead(into);
    return this.#naming(`read ${this.path}`, () => uninterrupted(() => this.#file.readSync(into)));
  }

  [Symbol.dispose](): void {
    this.#file.close();
  }

  #readAhead(into: Uint8Array): number {
    const part = this.#ahead.subarray(0, into.length);
    into.set(part);
    this.#ahead = this.#ahead.subarray(part.length);
    return part.length;
  }

  readonly #reading = (error: unknown): never => {
    throw new FileError(`read ${this.path}`, this.path, error);
  };

  #seekable(): Deno.FsFile {
    if (this.#file instanceof Deno.FsFile) return this.#file;
    throw new TypeError("standard input cannot be read from an offset");
  }

  #naming<T>(action: string, operation: () => T): T {
    try {
      return operation();
    } catch (error) {
      throw new FileError(action, this.path, error);
    }
  }
}

/** Whether a path is one of the names of standard input. Deno opens most of them only for those who may do all. */
export function isStandardInput(path: string): boolean {
  return /^(-|\/dev\/(stdin|fd\/0)|\/proc\/self\/fd\/0)$/.test(path);
}

async function open(path: string): Promise<Deno.FsFile> {
  return await Deno.open(straight(path));
}

function opening(path: string): (error: unknown) => never {
  return (error) => {
    throw error instanceof FileError ? error : new FileError(`open ${path}`, path, error);
  };
}
