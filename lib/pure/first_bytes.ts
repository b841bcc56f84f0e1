import { FIRST_LINE_BYTES, lengthOfByteOrderMark } from "./parse_number.ts";

/** Keeps the first bytes of an input while it is read. */
export class FirstBytes {
  readonly #bytes = new Uint8Array(FIRST_LINE_BYTES);
  #length = 0;

  /** Takes the next bytes. */
  add(bytes: Uint8Array): void {
    const part = bytes.subarray(0, FIRST_LINE_BYTES - this.#length);
    this.#bytes.set(part, this.#length);
    this.#length += part.length;
  }

  /** What there is by now, without a byte order mark. */
  get withoutMark(): Uint8Array {
    const bytes = this.#bytes.subarray(0, this.#length);
    return bytes.subarray(lengthOfByteOrderMark(bytes));
  }
}
