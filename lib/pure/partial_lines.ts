import type { Block } from "./cut_blocks.ts";
import { MergeError } from "./errors.ts";
import type { PartialMerger } from "./merge_partials.ts";
import { isBlankByte } from "./parse_number.ts";

const LF = 10;
const CR = 13;

/** More bytes than a partial can have: its sum has no more digits than a line's limit and an exponent allow. */
const MOST_BYTES = 4 * 1024 * 1024;

/**
 * Gives a merger the lines of one file. Blank ones are passed over, and blanks after a partial: engines put a tab or a
 * CR there.
 */
export class PartialLines {
  readonly #file: string;
  readonly #merger: PartialMerger;
  /** The number of the last line. */
  #line = 0;
  /** What is there of a line that is longer than a block. */
  #long: Uint8Array[] = [];
  #longBytes = 0;

  constructor(file: string, merger: PartialMerger) {
    this.#file = file;
    this.#merger = merger;
  }

  /** Takes the next block. */
  take({ kind, bytes }: Block): void {
    if (kind === "overlong") return this.#takeLong(bytes);
    for (let from = 0; from < bytes.length;) {
      const lineFeed = bytes.indexOf(LF, from);
      const to = lineFeed < 0 ? bytes.length : lineFeed;
      this.#add(bytes.subarray(from, to));
      from = to + 1;
    }
  }

  /** Ends the file. */
  finish(): void {
    if (this.#longBytes > 0) this.#addLong();
  }

  #takeLong(bytes: Uint8Array): void {
    this.#longBytes += bytes.length;
    if (this.#longBytes > MOST_BYTES) {
      throw new MergeError(`${this.#file}:${this.#line + 1} is longer than anything that numsum --partial prints`);
    }
    this.#long.push(bytes.slice());
    if (bytes[bytes.length - 1] === LF) this.#addLong();
  }

  #addLong(): void {
    const line = new Uint8Array(this.#longBytes);
    let end = 0;
    for (const part of this.#long.splice(0)) {
      line.set(part, end);
      end += part.length;
    }
    this.#longBytes = 0;
    this.#add(line);
  }

  #add(line: Uint8Array): void {
    this.#line++;
    let end = line.length;
    while (end > 0 && isEndByte(line[end - 1]!)) end--;
    if (end > 0) this.#merger.add(line.subarray(0, end), { file: this.#file, line: this.#line });
  }
}

function isEndByte(byte: number): boolean {
  return isBlankByte(byte) || byte === CR || byte === LF;
}
