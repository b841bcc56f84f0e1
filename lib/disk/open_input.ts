import { compressionOf } from "../pure/compression.ts";
import { OptionError } from "../pure/errors.ts";
import type { FileHints } from "../pure/state.ts";
import { InputFile } from "./input_file.ts";

/** An input that is open: a file as it stands, or what a compressed one unpacks to. */
export interface OpenInput extends Disposable {
  /** Its name in messages. */
  readonly path: string;
  /** In bytes when it was opened, or `undefined` where that is not known: of a pipe, of what is compressed. */
  readonly size: number | undefined;
  /** How far the reading of a compressed file is, in its own bytes. */
  readonly packed?: { readonly read: number; readonly size: number | undefined } | undefined;
  /** What the file system says of it now. */
  hints(): FileHints;
  /** Goes to `offset`, in bytes from the start. What is compressed can only be read on. */
  seek(offset: number): Promise<void>;
  /** {@linkcode OpenInput.seek} without awaiting. */
  seekSync(offset: number): void;
  /** Puts the next bytes into `into`, and gives their number, or `null` at the end. */
  read(into: Uint8Array): Promise<number | null>;
  /** {@linkcode OpenInput.read} without awaiting. */
  readSync(into: Uint8Array): number | null;
}

/**
 * Opens a file, or standard input; compressed ones, which are known by their first bytes, as what they unpack to.
 *
 * @throws {FileError} If it cannot be opened, is a folder, or this runtime cannot unpack it.
 */
export async function openInput(path: string): Promise<OpenInput> {
  const file = await InputFile.open(path);
  try {
    const compression = compressionOf(await file.peek());
    if (compression === undefined) return file;
    const { DecompressedInput } = await import("./decompressed_input.ts");
    return await DecompressedInput.open(file, compression);
  } catch (error) {
    file[Symbol.dispose]();
    throw error;
  }
}

/**
 * {@linkcode openInput} without awaiting, for files as they stand.
 *
 * @throws {OptionError} If it is compressed.
 */
export function openInputSync(path: string): InputFile {
  const file = InputFile.openSync(path);
  try {
    const compression = compressionOf(file.peekSync());
    if (compression === undefined) return file;
    throw new OptionError(
      `${path} is ${compression} data, which plain generators do not read; leave out --sync, or in code use sumFile`,
    );
  } catch (error) {
    file[Symbol.dispose]();
    throw error;
  }
}
