/**
 * A worker's thread: sums the stretches of one file that it is told to, one after the other.
 *
 * @module
 */
import { InputFile } from "../disk/input_file.ts";
import { leaseBuffer } from "../kernel/kernel.ts";
import { FileError } from "../pure/errors.ts";
import type { Stretch, StretchResult } from "../pure/stretch.ts";
import { type StretchOptions, sumStretchSync } from "./sum_stretch.ts";

/** What a worker is told: first the file, then stretches of it. */
export type StretchRequest = { path: string; options: StretchOptions } | { stretch: Stretch };

/** What a worker answers: which file it has opened, unless it could not, and then to each stretch. */
export type StretchReply =
  | { device: number | null; inode: number | null }
  | { result: StretchResult }
  | { failure: { action: string; path: string; message: string } };

/** The part of a worker's global scope that is used; Deno's types have it only for modules that are checked alone. */
const scope = globalThis as unknown as {
  onmessage: (event: MessageEvent<StretchRequest>) => void;
  postMessage(reply: StretchReply): void;
};

let opened: { input: InputFile; options: StretchOptions } | undefined;
const { bytes: buffer } = leaseBuffer();

scope.onmessage = ({ data }) => {
  if ("path" in data) open(data.path, data.options);
  else scope.postMessage(sum(data.stretch));
};

/** Opens the file. Where it cannot, it says nothing, and will be given nothing to do. */
function open(path: string, options: StretchOptions): void {
  const hints = orFileError(() => {
    opened = { input: InputFile.openSync(path), options };
    return opened.input.hints();
  });
  if (!(hints instanceof FileError)) scope.postMessage({ device: hints.device, inode: hints.inode });
}

function sum(stretch: Stretch): StretchReply {
  const result = orFileError(() => sumStretchSync(opened!.input, stretch, buffer, opened!.options));
  if (!(result instanceof FileError)) return { result };
  const { action, path, cause } = result;
  return { failure: { action, path, message: cause instanceof Error ? cause.message : String(cause) } };
}

/** What a function gives, or the error that a file made. */
function orFileError<T>(work: () => T): T | FileError {
  try {
    return work();
  } catch (error) {
    if (error instanceof FileError) return error;
    throw error;
  }
}
