import { MAX_LINE_BYTES } from "./parse_number.ts";

const LF = 10;

/** A bad line that was passed over. */
export interface SkippedLine {
  /** From the stretch's first line, which is 1. */
  line: number;
  /** In bytes from the stretch's first line. */
  offset: number;
  /** Of a line beyond the limit, its beginning. */
  bytes: Uint8Array;
}

/**
 * Bad lines of a stretch in two arrays: there may be millions, which as objects would take gigabytes, and minutes to
 * be told to another thread.
 */
export interface SkippedLines {
  /** Of each one its number and its offset. */
  places: Uint32Array;
  /** The lines, each with a line feed. */
  text: Uint8Array;
}

/** Gathers {@linkcode SkippedLines}. */
export class SkippedLinesList {
  #places = new Uint32Array(64);
  #filledPlaces = 0;
  #text = new Uint8Array(1024);
  #filledText = 0;

  /** Adds a line, a copy of it. */
  add({ line, offset, bytes }: SkippedLine): void {
    const part = bytes.subarray(0, MAX_LINE_BYTES);
    if (this.#filledPlaces + 2 > this.#places.length) {
      const wider = new Uint32Array(2 * this.#places.length);
      wider.set(this.#places);
      this.#places = wider;
    }
    if (this.#filledText + part.length + 1 > this.#text.length) {
      const wider = new Uint8Array(2 * this.#text.length + part.length);
      wider.set(this.#text);
      this.#text = wider;
    }
    this.#places[this.#filledPlaces++] = line;
    this.#places[this.#filledPlaces++] = offset;
    this.#text.set(part, this.#filledText);
    this.#filledText += part.length;
    this.#text[this.#filledText++] = LF;
  }

  /** All of them. */
  pack(): SkippedLines {
    return { places: this.#places.slice(0, this.#filledPlaces), text: this.#text.slice(0, this.#filledText) };
  }
}

/** Takes {@linkcode SkippedLines} apart; the bytes are lent. */
export function* unpackSkippedLines({ places, text }: SkippedLines): Generator<SkippedLine, void> {
  let from = 0;
  for (let i = 0; i < places.length; i += 2) {
    const to = text.indexOf(LF, from);
    yield { line: places[i]!, offset: places[i + 1]!, bytes: text.subarray(from, to) };
    from = to + 1;
  }
}
