import type { OpenInput } from "./open_input.ts";

const LF = 10;
const READ_BYTES = 4096;

/**
 * The first line start at or after `offset`, in bytes from the file's start; the file's end if no line starts there,
 * or some place before `offset` if the file ends before that.
 *
 * @param until Where to give up: the result is then some place at or after it. @default {Infinity}
 */
export function findLineStartSync(file: OpenInput, offset: number, until = Infinity): number {
  if (offset === 0) return 0;
  const bytes = new Uint8Array(READ_BYTES);
  file.seekSync(offset - 1);
  for (let at = offset - 1;;) {
    const read = file.readSync(bytes);
    if (read === null || at >= until) return at;
    const lineFeed = bytes.subarray(0, read).indexOf(LF);
    if (lineFeed >= 0) return at + lineFeed + 1;
    at += read;
  }
}
