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

/** What a worker answers: once that it is ready, and then to each stretch. */
export type StretchReply =
  | { ready: true }
  | { result: StretchResult; device: number | null; inode: number | null }
  | { failure: { action: string; path: string; message: string } };

/** The part of a worker's global scope that is used; Deno's types have it only for modules that are checked alone. */
const scope = globalThis as unknown as {
  onmessage: (event: MessageEvent<StretchRequest>) => void;
  postMessage(reply: StretchReply): void;
};

let opened: { input: InputFile; options: StretchOptions } | FileError | undefined;
const { bytes: buffer } = leaseBuffer();

scope.onmessage = ({ data }) => {
  if ("path" in data) {
    opened = orFileError(() => ({ input: InputFile.openSync(data.path), options: data.options }));
    scope.postMessage({ ready: true });
  } else {
    scope.postMessage(sum(data.stretch));
  }
};

function sum(stretch: Stretch): StretchReply {
  const reply = orFileError(() => {
    if (!opened || opened instanceof FileError) throw opened;
    const { input, options } = opened;
    const { device, inode } = input.hints();
    return { result: sumStretchSync(input, stretch, buffer, options), device, inode };
  });
  if (!(reply instanceof FileError)) return reply;
  const { action, path, cause } = reply;
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
