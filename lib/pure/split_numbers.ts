import { badLineError } from "./bad_line.ts";
import type { Block } from "./cut_blocks.ts";
import {
  isBlankByte,
  lengthOfByteOrderMark,
  type Marks,
  MAX_LINE_BYTES,
  parseNumber,
  withoutCr,
} from "./parse_number.ts";

const LF = 10;

/** A number as it stands in a file. */
export interface NumberAt {
  /** The number's exact text, without what is around it. */
  value: string;
  /** In bytes from the file's start to just after the number's line. */
  offset: number;
}

/** Takes blocks apart into numbers. */
export class NumberSplitter {
  readonly #file: string;
  readonly #marks: Marks;
  readonly #decoder = new TextDecoder();
  #line = 1;

  /** @param file The input's path, for messages. */
  constructor(file: string, marks: Marks) {
    this.#file = file;
    this.#marks = marks;
  }

  /**
   * The numbers of the next block, in order; blank lines are passed over.
   *
   * @throws {BadLineError} At a line that is no number. Its line number counts from where the reading began.
   */
  *split({ bytes, offset }: Block): Generator<NumberAt, void> {
    for (let from = offset === 0 ? lengthOfByteOrderMark(bytes) : 0; from < bytes.length;) {
      const lineFeed = bytes.indexOf(LF, from);
      const to = lineFeed < 0 ? bytes.length : lineFeed;
      const next = lineFeed < 0 ? to : lineFeed + 1;
      const value = this.#parse(bytes.subarray(from, to), offset + from);
      if (value !== "") yield { value, offset: offset + next };
      this.#line++;
      from = next;
    }
  }

  #parse(line: Uint8Array, offset: number): string {
    let start = 0;
    let end = withoutCr(line, 0, line.length);
    const length = end;
    while (start < end && isBlankByte(line[start])) start++;
    while (start < end && isBlankByte(line[end - 1])) end--;
    if (length <= MAX_LINE_BYTES) {
      if (start === end) return "";
      if (parseNumber(line, start, end, this.#marks)) return this.#decoder.decode(line.subarray(start, end));
    }
    throw badLineError({ file: this.#file, line: this.#line, offset, bytes: line, marks: this.#marks });
  }
}
