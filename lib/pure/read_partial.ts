import { xxh64 } from "../kernel/kernel.ts";
import { encodeHead, PARTIAL_VERSION, type PartialHead } from "./partial.ts";
import type { Range } from "./range.ts";

/** A partial as it is read; its sum stays in the line's bytes, which are lent. */
export interface PartialRead {
  /** The same object as that of the last line, if the head is the same. */
  head: PartialHead;
  range: Range | undefined;
  lines: Range | undefined;
  count: number;
  blank: number;
  skipped: number;
  /** Plain decimal digits, with `-` and a point where they belong. */
  sum: Uint8Array;
  /** The hash of all but the head: the same part of the same input, summed again, has the same. */
  digest: bigint;
}

/** A line that is not a whole partial. Its message says what is wrong with the line. */
export class PartialDamage extends Error {
  override name = "PartialDamage";
}

const ascii = (text: string) => new TextEncoder().encode(text);
const RANGE = ascii('"range":[');
const LINES = ascii('],"lines":[');
const COUNT = ascii('"count":');
const COUNT_AFTER_LINES = ascii('],"count":');
const BLANK = ascii(',"blank":');
const SKIPPED = ascii(',"skipped":');
const SUM = ascii(',"sum":"');
const CHECK = ascii('","check":"');
const END = ascii('"}');
/** Bytes from the sum's end to the line's. */
const TAIL_BYTES = CHECK.length + 16 + END.length;
const HEX = ascii("0123456789abcdef");
const IS_LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;
const COMMA = 44;
const QUOTE = 34;

/**
 * Reads partials, a million a second: the check proves that a line is as `encodePartial` wrote it, and a head that is
 * the same as that of the line before is not parsed again.
 */
export class PartialReader {
  #headBytes: Uint8Array = new Uint8Array();
  #head: PartialHead | undefined;
  #bytes: Uint8Array = this.#headBytes;
  #at = 0;

  /**
   * @param line Without its line feed, and without blanks at its end.
   * @throws {PartialDamage} If it is anything but what `encodePartial` wrote.
   */
  read(line: Uint8Array): PartialRead {
    this.#bytes = line;
    const sumTo = line.length - TAIL_BYTES;
    const bodyTo = sumTo + 1;
    this.#checkWhole(sumTo, bodyTo);
    const head = this.#takeHead();
    const body = this.#at;
    const places = this.#takePlaces();
    const count = this.#whole();
    this.#expect(BLANK);
    const blank = this.#whole();
    this.#expect(SKIPPED);
    const skipped = this.#whole();
    this.#expect(SUM);
    const sum = line.subarray(this.#at, sumTo);
    return { head, ...places, count, blank, skipped, sum, digest: xxh64(line.subarray(body, bodyTo)) };
  }

  #checkWhole(sumTo: number, bodyTo: number): void {
    const line = this.#bytes;
    const isWhole = sumTo > 0 && startsWith(line, CHECK, sumTo) && startsWith(line, END, line.length - END.length);
    if (!isWhole) throw new PartialDamage(line[0] === 0x7B ? "it is cut off or damaged" : "it is not a partial");
    if (!isHexOf(xxh64(line.subarray(0, bodyTo)), line, sumTo + CHECK.length)) {
      throw new PartialDamage("its content does not match its check");
    }
  }

  #takeHead(): PartialHead {
    const line = this.#bytes;
    if (!this.#head || !startsWith(line, this.#headBytes, 0) || line[this.#headBytes.length] !== QUOTE) {
      this.#headBytes = line.slice(0, headLength(line));
      this.#head = parseHead(this.#headBytes);
    }
    this.#at = this.#headBytes.length;
    return this.#head;
  }

  #takePlaces(): { range: Range | undefined; lines: Range | undefined } {
    if (!this.#head?.input) {
      this.#expect(COUNT);
      return { range: undefined, lines: undefined };
    }
    this.#expect(RANGE);
    const range = this.#pair();
    this.#expect(LINES);
    const lines = this.#pair();
    this.#expect(COUNT_AFTER_LINES);
    return { range, lines };
  }

  #pair(): Range {
    const from = this.#whole();
    if (this.#bytes[this.#at++] !== COMMA) throw new PartialDamage("it is not a partial");
    return { from, to: this.#whole() };
  }

  #whole(): number {
    let value = 0;
    for (;; this.#at++) {
      const digit = this.#bytes[this.#at]! - 48;
      if (!(digit >= 0 && digit <= 9)) return value;
      value = value * 10 + digit;
    }
  }

  #expect(text: Uint8Array): void {
    if (!startsWith(this.#bytes, text, this.#at)) throw new PartialDamage("it is not a partial");
    this.#at += text.length;
  }
}

function startsWith(bytes: Uint8Array, text: Uint8Array, at: number): boolean {
  for (let i = 0; i < text.length; i++) if (bytes[at + i] !== text[i]) return false;
  return true;
}

const hash = new BigUint64Array(1);
const hashBytes = new Uint8Array(hash.buffer);

/** Whether the 16 digits from `at` on are those of the number, as `checkOf` writes them. */
function isHexOf(number: bigint, bytes: Uint8Array, at: number): boolean {
  hash[0] = number;
  for (let i = 0; i < 8; i++) {
    const byte = hashBytes[IS_LITTLE_ENDIAN ? 7 - i : i]!;
    if (bytes[at + 2 * i] !== HEX[byte >> 4] || bytes[at + 2 * i + 1] !== HEX[byte & 15]) return false;
  }
  return true;
}

/** No name and no option can hold what ends a head: inside a JSON text each quote has a backslash before it. */
function headLength(line: Uint8Array): number {
  for (let at = line.indexOf(COMMA); at >= 0; at = line.indexOf(COMMA, at + 1)) {
    if (startsWith(line, RANGE, at + 1) || startsWith(line, COUNT, at + 1)) return at + 1;
  }
  throw new PartialDamage("it is not a partial");
}

function parseHead(bytes: Uint8Array): PartialHead {
  const text = new TextDecoder().decode(bytes);
  const { numsum_partial: version, input, options } = parseObject(text.slice(0, -1) + "}");
  if (version !== PARTIAL_VERSION) {
    throw new PartialDamage(`it is of version ${version}, and this numsum reads version ${PARTIAL_VERSION}`);
  }
  const head = { input: input ?? undefined, options } as PartialHead;
  if (encodeHead(head) !== text) throw new PartialDamage("it is not a partial");
  return head;
}

function parseObject(json: string): Record<string, unknown> {
  try {
    return JSON.parse(json);
  } catch {
    throw new PartialDamage("it is not a partial");
  }
}
