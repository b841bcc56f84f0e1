import { MAX_LINE_BYTES } from "./parse_number.ts";

const LF = 10;

/** A stretch of the input. Its bytes are lent: they are overwritten when the next block is asked for. */
export interface Block {
  /**
   * - `lines`: whole lines, each with its line feed.
   * - `rest`: what follows the last line feed, at the input's end.
   * - `overlong`: a part of a line that is longer than the limit.
   */
  kind: "lines" | "rest" | "overlong";
  bytes: Uint8Array;
  /** Bytes from the input's start to the first of `bytes`. */
  offset: number;
  /** Of `overlong`: whether the line is not yet at its end. */
  more?: boolean;
}

/** Finds where lines end, or records that may hold line feeds, in bytes that it is given once and in order. */
export interface LineEnds {
  /** Just after the last end in `bytes[from, to)`, which follow those given before; -1 if there is none. */
  last(bytes: Uint8Array, from: number, to: number): number;
  /** Just after the first end in the bytes that were last given, if those were all of `bytes` up to there. */
  first(bytes: Uint8Array): number;
}

const LINE_FEEDS: LineEnds = {
  last: (bytes, from, to) => {
    const lineFeed = bytes.subarray(from, to).lastIndexOf(LF);
    return lineFeed < 0 ? -1 : from + lineFeed + 1;
  },
  first: (bytes) => bytes.indexOf(LF) + 1,
};

/** A line of more bytes is too long, even with a byte order mark before it and a CR behind it. */
const CERTAINLY_TOO_LONG = MAX_LINE_BYTES + 4;

/**
 * What one read asks for, unless told otherwise: the cost of a read, 40 µs where it is awaited, is divided by many
 * lines, and the block still fits into the processor's second cache.
 */
export const BLOCK_BYTES = 1024 * 1024;

/** What one read asks for where only the end of the last line is missing. */
const LINE_END_BYTES = 4096;

/**
 * Reads go half a page away from their bytes' place in the file's pages: a processor of AMD's Zen 3 copies five times
 * slower, as measured, where the destination is 1 to 31 bytes further in its page than the source, as it would be after
 * the first bytes of a line (https://xuanwo.io/2023/04-rust-std-fs-slower-than-python/ tells of such a case).
 */
const PAGE_BYTES = 4096;

/** The least room that a {@linkcode BlockCutter} needs: the longest line with CR and line feed, a page, one read. */
export const MIN_BUFFER_BYTES = MAX_LINE_BYTES + 64 * 1024;

/**
 * Makes {@linkcode Block}s of whatever the reads of an input give. It does no reading: ask {@linkcode next} until
 * it has none, then read into {@linkcode space} and report with {@linkcode took}, until it is {@linkcode ended}.
 *
 * Any sizes of the reads give the same lines at the same offsets.
 */
export class BlockCutter {
  /** The whole memory; the buffer is what follows its first bytes, less than a page. */
  #memory: Uint8Array;
  #buffer: Uint8Array;
  /** Holds the block shown last, once the memory has changed places with it. */
  #spare: Uint8Array | undefined;
  readonly #blockBytes: number;
  /** Bytes of the buffer that came from the input; those of the block shown last are dropped by the next call. */
  #filled = 0;
  #shown = 0;
  /** Just after the last line feed in the buffer, or 0. */
  #cut = 0;
  /** Bytes from the input's start to the buffer's first. */
  #offset: number;
  readonly #until: number;
  readonly #ends: LineEnds;
  #inOverlong = false;
  #ended = false;

  /**
   * @param buffer At least {@linkcode MIN_BUFFER_BYTES}.
   * @param blockBytes The most that one read asks for, and that a block has unless it begins with a longer line.
   * @param offset Where the input is read from; right after a line feed, or 0.
   * @param until Only lines whose first byte is before this are given. @default {Infinity}
   * @param ends What finds the ends of lines; with another than the default, `until` must be Infinity.
   * @param spare As long as the buffer; without it there is no {@linkcode spaceAhead}.
   */
  constructor(
    buffer: Uint8Array,
    blockBytes: number,
    offset: number,
    until = Infinity,
    ends: LineEnds = LINE_FEEDS,
    spare?: Uint8Array,
  ) {
    if (buffer.length < MIN_BUFFER_BYTES) {
      throw new RangeError(`Cannot cut blocks: want a buffer of ${MIN_BUFFER_BYTES} bytes, got ${buffer.length}`);
    }
    if (!(offset >= 0)) throw new RangeError(`Cannot cut blocks: want an offset from 0, got ${offset}`);
    if (!(blockBytes >= 1)) throw new RangeError(`Cannot cut blocks: want at least 1 byte a read, got ${blockBytes}`);
    this.#memory = buffer;
    this.#buffer = bufferIn(buffer, offset);
    this.#spare = spare;
    this.#blockBytes = blockBytes;
    this.#offset = offset;
    this.#until = until;
    this.#ends = ends;
    this.#ended = offset >= until;
  }

  /** Whether the input is at its end and every block was given. */
  get ended(): boolean {
    return this.#ended && this.#shown === this.#filled;
  }

  /** What was read and is in no block yet. */
  get pending(): Uint8Array {
    return this.#buffer.subarray(this.#shown, this.#filled);
  }

  /** The next block that needs no further read. */
  next(): Block | undefined {
    if (this.#shown > 0) this.#advance();
    if (this.#inOverlong) return this.#overlong();
    if (this.#cut > 0) return this.#show("lines", this.#cut);
    if (this.#filled > CERTAINLY_TOO_LONG) {
      this.#inOverlong = true;
      return { ...this.#show("overlong", this.#filled), more: true };
    }
    if (this.#ended && this.#filled > 0) return this.#show("rest", this.#filled);
    return undefined;
  }

  /** Where the next read puts its bytes. */
  space(): Uint8Array {
    const left = this.#until - this.#offset - this.#filled;
    const room = this.#filled < this.#blockBytes ? this.#blockBytes - this.#filled : this.#blockBytes;
    const most = Math.min(room, left > 0 ? left : LINE_END_BYTES);
    return this.#buffer.subarray(this.#filled, this.#filled + most);
  }

  /**
   * {@linkcode space} for a read that begins while the block shown last is still in use; `undefined` where it must
   * wait for that. {@linkcode took} must follow before anything else is asked for.
   */
  spaceAhead(): Uint8Array | undefined {
    const follows = this.#filled - this.#shown;
    const isLast = this.#ended || this.#shown === 0 || this.#shown < this.#cut || follows > CERTAINLY_TOO_LONG;
    if (!this.#spare || isLast || this.#inOverlong) return undefined;
    [this.#memory, this.#spare] = [this.#spare, this.#memory];
    this.#advance();
    return this.space();
  }

  /** Takes note of a read: how many bytes it put into {@linkcode space}, or `null` at the input's end. */
  took(bytes: number | null): void {
    if (bytes === null) {
      this.#ended = true;
      return;
    }
    const filled = this.#filled + bytes;
    const last = this.#until - 1 - this.#offset; // the last byte that may be a line's first is in this place
    const end = last < filled ? this.#lastLine(last, filled) : -1;
    if (end >= 0) {
      this.#filled = this.#cut = end;
      this.#ended = true;
      return;
    }
    const cut = this.#ends.last(this.#buffer, this.#filled, filled);
    if (cut >= 0) this.#cut = cut;
    this.#filled = filled;
  }

  /** The end, with its line feed, of the last line that is wanted, if that is among the bytes just read; or -1. */
  #lastLine(last: number, filled: number): number {
    const from = Math.max(last, this.#filled);
    const lineFeed = this.#buffer.subarray(from, filled).indexOf(LF);
    return lineFeed < 0 ? -1 : from + lineFeed + 1;
  }

  /** Of a line known to be too long: all that is there of it. */
  #overlong(): Block | undefined {
    if (this.#filled === 0) return undefined;
    if (this.#cut === 0) return { ...this.#show("overlong", this.#filled), more: true };
    this.#inOverlong = false;
    return this.#show("overlong", this.#ends.first(this.#buffer));
  }

  #show(kind: Block["kind"], length: number): Block {
    this.#shown = length;
    return { kind, bytes: this.#buffer.subarray(0, length), offset: this.#offset };
  }

  /** Makes what follows the block shown last the buffer's beginning. */
  #advance(): void {
    const follows = this.#buffer.subarray(this.#shown, this.#filled);
    this.#filled -= this.#shown;
    this.#cut = Math.max(0, this.#cut - this.#shown);
    this.#offset += this.#shown;
    this.#shown = 0;
    this.#buffer = bufferIn(this.#memory, this.#offset);
    this.#buffer.set(follows);
  }
}

/** The memory from where the input's byte at an offset goes. */
function bufferIn(memory: Uint8Array, offset: number): Uint8Array {
  const begin = memory.byteOffset % PAGE_BYTES;
  return memory.subarray((offset % PAGE_BYTES + PAGE_BYTES * 1.5 - begin) % PAGE_BYTES);
}
