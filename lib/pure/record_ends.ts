import { lengthOfByteOrderMark } from "./parse_number.ts";
import type { LineEnds } from "./cut_blocks.ts";

const LF = 10;
const QUOTE = 34;

/**
 * Finds where the records of a table end: at the line feeds that are in no quotes. It agrees with `scanRecord`, byte
 * for byte, also about records that are not well made.
 */
export class RecordEnds implements LineEnds {
  readonly #delimiter: number;
  /** Whether the next byte is outside quotes, inside, or right after a quote that closes unless another one follows. */
  #place: "outside" | "inside" | "after quote" = "outside";
  /** The byte before the next one; a line feed at the beginning. */
  #before = LF;
  /** Whether the bytes are those of the input's first record, which a byte order mark may precede. */
  #inFirstRecord: boolean;
  #first = -1;

  /** @param offset Where the bytes begin in the input; the end of a record, or 0. */
  constructor(delimiter: number, offset: number) {
    this.#delimiter = delimiter;
    this.#inFirstRecord = offset === 0;
  }

  last(bytes: Uint8Array, from: number, to: number): number {
    if (from === to) return -1;
    const isPlain = this.#place === "outside" && !bytes.subarray(from, to).includes(QUOTE);
    const last = isPlain ? this.#lastLineFeed(bytes, from, to) : this.#lastEnd(bytes, from, to);
    this.#before = bytes[to - 1]!;
    if (last >= 0) this.#inFirstRecord = false;
    return last;
  }

  first(): number {
    return this.#first;
  }

  /** Where no quotes are, all line feeds are ends. */
  #lastLineFeed(bytes: Uint8Array, from: number, to: number): number {
    const read = bytes.subarray(from, to);
    const last = read.lastIndexOf(LF);
    this.#first = last < 0 ? -1 : from + read.indexOf(LF) + 1;
    return last < 0 ? -1 : from + last + 1;
  }

  #lastEnd(bytes: Uint8Array, from: number, to: number): number {
    let before = this.#before;
    let place = this.#place;
    let last = -1;
    this.#first = -1;
    for (let at = from; at < to; at++) {
      const byte = bytes[at]!;
      if (place === "inside") {
        if (byte === QUOTE) place = "after quote";
      } else if (place === "after quote" && byte === QUOTE) {
        place = "inside";
      } else {
        place = "outside";
        if (byte === LF) {
          last = at + 1;
          if (this.#first < 0) this.#first = last;
        } else if (
          byte === QUOTE && (before === this.#delimiter || before === LF || this.#isAfterMark(bytes, at, last))
        ) {
          place = "inside";
        }
      }
      before = byte;
    }
    this.#place = place;
    return last;
  }

  /** Whether only a byte order mark is before a quote in the input. */
  #isAfterMark(bytes: Uint8Array, at: number, last: number): boolean {
    return at === 3 && last < 0 && this.#inFirstRecord && lengthOfByteOrderMark(bytes) === 3;
  }
}
