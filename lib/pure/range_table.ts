import type { Range } from "./range.ts";

/** What is kept of a range that was summed. */
export interface RangeEntry {
  range: Range;
  /** From the first line's start to the last one's end, in bytes from the input's start. */
  lines: Range;
  /** A hash of all that is known of it. */
  digest: bigint;
}

/** What is wrong with ranges that were to cover a file. */
export interface Tiling {
  /** Bytes that no range covers. */
  gaps: Range[];
  /** Bytes that more than one covers. */
  overlaps: Range[];
  /** Where one range's last line does not end where the next one's first begins. */
  seams: number[];
}

/** Numbers kept of each range. */
const FIELDS = 4;
const [FROM, TO, FIRST, END] = [0, 1, 2, 3] as const;

/**
 * Ranges of one file that are not empty, found by where they begin: 40 bytes each and as much again to find them, so
 * that there may be millions.
 */
export class RangeTable {
  #size = 0;
  #numbers = new Float64Array(FIELDS * 1024);
  #digests = new BigUint64Array(1024);
  /** The place of the entry, from 1, at the hash of its beginning or in the next slots; 0 for none. */
  #slots = new Int32Array(4096);
  /** What is left of a hash of 32 bits after this is the number of a slot. */
  #shift = 32 - 12;

  /** How many ranges there are. */
  get size(): number {
    return this.#size;
  }

  /**
   * Adds a range unless one that begins there is known.
   *
   * @returns Whether it was `added`, the `same` is known, or `another` begins there.
   */
  add({ range, lines, digest }: RangeEntry): "added" | "same" | "another" {
    if (this.#size === this.#digests.length) this.#grow();
    const slot = this.#slotOf(range.from);
    const known = this.#slots[slot]! - 1;
    if (known >= 0) {
      const isSame = this.#numbers[known * FIELDS + TO] === range.to && this.#digests[known] === digest;
      return isSame ? "same" : "another";
    }
    const at = this.#size * FIELDS;
    this.#numbers[at + FROM] = range.from;
    this.#numbers[at + TO] = range.to;
    this.#numbers[at + FIRST] = lines.from;
    this.#numbers[at + END] = lines.to;
    this.#digests[this.#size] = digest;
    this.#slots[slot] = ++this.#size;
    return "added";
  }

  /** The range that begins at `from`. */
  get(from: number): Range | undefined {
    const place = this.#find(from);
    return place < 0 ? undefined : { from, to: this.#number(place, TO) };
  }

  /** Checks that the ranges cover `[0, size)` once, going from each to the one that begins where it ends. */
  check(size: number): Tiling {
    const seams: number[] = [];
    let [at, line, seen] = [0, 0, 0];
    for (let place = this.#find(0); place >= 0; place = this.#find(at)) {
      if (this.#number(place, FIRST) !== line) seams.push(at);
      at = this.#number(place, TO);
      line = this.#number(place, END);
      seen++;
    }
    if (at !== size || seen !== this.#size) return { ...this.#findFaults(size), seams: [] };
    if (line !== size) seams.push(size);
    return { gaps: [], overlaps: [], seams };
  }

  /** The slower way, by sorting, to say what is wrong. */
  #findFaults(size: number): Pick<Tiling, "gaps" | "overlaps"> {
    const places = Uint32Array.from({ length: this.#size }, (_, place) => place)
      .sort((a, b) => this.#number(a, FROM) - this.#number(b, FROM));
    const gaps: Range[] = [];
    const overlaps: Range[] = [];
    let covered = 0;
    for (const place of places) {
      const [from, to] = [this.#number(place, FROM), this.#number(place, TO)];
      if (from > covered) gaps.push({ from: covered, to: from });
      if (from < covered) overlaps.push({ from, to: Math.min(to, covered) });
      covered = Math.max(covered, to);
    }
    if (covered < size) gaps.push({ from: covered, to: size });
    return { gaps, overlaps };
  }

  #number(place: number, field: number): number {
    return this.#numbers[place * FIELDS + field]!;
  }

  #find(from: number): number {
    return this.#slots[this.#slotOf(from)]! - 1;
  }

  /** The slot of the range that begins at `from`, or the free one where it belongs. */
  #slotOf(from: number): number {
    const mask = this.#slots.length - 1;
    let slot = (Math.imul(from, 0x9E3779B1) ^ Math.imul(from / 2 ** 32, 0x85EBCA77)) >>> this.#shift;
    while (this.#slots[slot] !== 0 && this.#number(this.#slots[slot]! - 1, FROM) !== from) slot = slot + 1 & mask;
    return slot;
  }

  #grow(): void {
    const numbers = new Float64Array(2 * this.#numbers.length);
    numbers.set(this.#numbers);
    const digests = new BigUint64Array(2 * this.#digests.length);
    digests.set(this.#digests);
    [this.#numbers, this.#digests, this.#slots] = [numbers, digests, new Int32Array(2 * this.#slots.length)];
    this.#shift--;
    for (let place = 0; place < this.#size; place++) this.#slots[this.#slotOf(this.#number(place, FROM))] = place + 1;
  }
}
