import type { Compression } from "../pure/compression.ts";
import { FileError } from "../pure/errors.ts";
import type { FileHints } from "../pure/state.ts";
import { EndOfDataError } from "./byte_reader.ts";
import { loadGunzip, type Unpack } from "./gunzip.ts";
import type { InputFile } from "./input_file.ts";
import type { OpenInput } from "./open_input.ts";
import { loadUnzstd } from "./unzstd.ts";

/**
 * Bytes of the compressed file that are read at once. What they unpack to is held in memory: with gzip, at most a
 * thousand times as much.
 */
const READ_BYTES = 16 * 1024;

/** What Deno says of zstd data with a window of more than 128 MiB. */
const NEEDS_MEMORY = /too much memory/;

/** How to unpack a file without this program. */
function otherWay(file: InputFile, unpacker: string): string {
  return `let another program do it: ${unpacker} -dc ${file.size === undefined ? "" : `${file.path} `}| numsum -`;
}

/** What a compressed file unpacks to. It can only be read from start to end. */
export class DecompressedInput implements OpenInput {
  readonly path: string;
  readonly size = undefined;
  readonly #file: InputFile;
  readonly #compression: Compression;
  readonly #unpacked: AsyncGenerator<Uint8Array, void>;
  /** What is unpacked and not yet read. */
  #rest: Uint8Array = new Uint8Array();
  #offset = 0;
  #packedRead = 0;

  private constructor(file: InputFile, compression: Compression, unpack: Unpack) {
    this.path = file.path;
    this.#file = file;
    this.#compression = compression;
    this.#unpacked = unpack(this.#readPacked());
  }

  /**
   * @param file Where its first bytes are still to be read; it is disposed of with this.
   * @throws {FileError} If this runtime cannot unpack it.
   */
  static async open(file: InputFile, compression: Compression): Promise<DecompressedInput> {
    try {
      return new DecompressedInput(file, compression, await (compression === "gzip" ? loadGunzip : loadUnzstd)());
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new FileError(`unpack ${file.path}`, file.path, new Error(`${reason}; ${otherWay(file, compression)}`));
    }
  }

  get packed(): { read: number; size: number | undefined } {
    return { read: this.#packedRead, size: this.#file.size };
  }

  hints(): FileHints {
    return this.#file.hints();
  }

  // deno-lint-ignore require-await
  async seek(offset: number): Promise<void> {
    this.seekSync(offset);
  }

  seekSync(offset: number): void {
    if (offset !== this.#offset) throw new TypeError(`${this.path} is compressed: it can only be read on`);
  }

  async read(into: Uint8Array): Promise<number | null> {
    while (this.#rest.length === 0) {
      const { value, done } = await this.#unpacked.next().catch(this.#unpacking);
      if (done) return null;
      this.#rest = value;
    }
    const part = this.#rest.subarray(0, into.length);
    into.set(part);
    this.#rest = this.#rest.subarray(part.length);
    this.#offset += part.length;
    return part.length;
  }

  readSync(): never {
    throw new TypeError(`${this.path} is compressed: it cannot be read without awaiting`);
  }

  [Symbol.dispose](): void {
    this.#unpacked.return().catch(() => {});
    this.#file[Symbol.dispose]();
  }

  /** The compressed bytes; each stretch is lent until the next is asked for. */
  async *#readPacked(): AsyncGenerator<Uint8Array, void> {
    const buffer = new Uint8Array(READ_BYTES);
    for (;;) {
      const read = await this.#file.read(buffer);
      if (read === null) return;
      this.#packedRead += read;
      yield buffer.subarray(0, read);
    }
  }

  readonly #unpacking = (error: unknown): never => {
    if (error instanceof FileError) throw error;
    const message = error instanceof Error ? error.message : String(error);
    if (NEEDS_MEMORY.test(message)) {
      const way = otherWay(this.#file, `${this.#compression} --long=31`);
      throw new FileError(
        `unpack ${this.path}`,
        this.path,
        new Error(`that takes more memory than is allowed; ${way}`),
      );
    }
    const isTruncated = error instanceof EndOfDataError || (error as { code?: string }).code === "Z_BUF_ERROR";
    const reason = isTruncated
      ? `the ${this.#compression} data ends too early, as in a file that was not copied whole`
      : `the ${this.#compression} data is damaged: ${message}`;
    throw new FileError(`unpack ${this.path}`, this.path, new Error(`${reason}; a good copy of it is needed`));
  };
}
