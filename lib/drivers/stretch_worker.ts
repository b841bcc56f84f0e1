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

/** What a worker answers to each stretch. */
export type StretchReply =
  | { result: StretchResult; device: number | null; inode: number | null }
  | { failure: { action: string; path: string; message: string } };

/** The part of a worker's global scope that is used; Deno's types have it only for modules that are checked alone. */
const scope = globalThis as unknown as {
  onmessage: (event: MessageEvent<StretchRequest>) => void;
  postMessage(reply: StretchReply): void;
};

let file: { input: InputFile; options: StretchOptions } | undefined;
const { bytes: buffer } = leaseBuffer();

scope.onmessage = ({ data }) => {
  try {
    if ("path" in data) {
      file = { input: InputFile.openSync(data.path), options: data.options };
    } else if (file) {
      const { device, inode } = file.input.hints();
      scope.postMessage({ result: sumStretchSync(file.input, data.stretch, buffer, file.options), device, inode });
    }
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    const message = error.cause instanceof Error ? error.cause.message : String(error.cause);
    scope.postMessage({ failure: { action: error.action, path: error.path, message } });
  }
};
