import { BadLineError } from "./errors.ts";
import { ExactSum } from "./exact_sum.ts";
import { addPiece, fingerprintOf, PIECE_BYTES, type PieceHashes, piecesOf } from "./fingerprint.ts";
import type { SkippedLines } from "./skipped_lines.ts";
import { linesOf, type State } from "./state.ts";
import type { Addition, Counts, Totals } from "./summation.ts";

/** A part of a file that one thread sums: the lines whose first byte lies in it. */
export interface Stretch {
  /** In bytes from the file's start; a multiple of {@linkcode PIECE_BYTES}, or a line's start. */
  from: number;
  /** Likewise, just after the last byte; Infinity for the part that ends with the file. */
  to: number;
  /** As {@linkcode Stretch.to}, but never beyond the file's size when it was opened: it must reach at least so far. */
  least: number;
  /** Whether a line is known to start at `from`. */
  isLineStart: boolean;
}

/** A bad line as it is found in a stretch; the line number counts from the stretch's first line. */
export interface StretchBadLine {
  line: number;
  /** In bytes from the file's start. */
  offset: number;
  text: string;
  reason: string;
  isOtherFile: boolean;
}

/** What a stretch comes to, up to its first bad line if it has one that is not to be passed over. */
export interface StretchResult extends Counts {
  /** Where its first line starts, in bytes from the file's start; at or behind its end if none does. */
  start: number;
  /** Just after its last line feed; the same as `start` if no line starts in it. */
  end: number;
  /** The exact sum of its lines. */
  sum: string;
  /** The hashes of all whole pieces from the one in which it begins to the one before the piece of `end`. */
  pieces: BigUint64Array;
  /** The hash of the bytes from the last whole piece to `end`. */
  rest: bigint;
  /** What follows the file's last line feed comes to, if that is in this stretch. */
  unended: Totals;
  bad: StretchBadLine | undefined;
  /** The bad lines that were passed over. */
  skippedLines: SkippedLines;
}

/** Joins the results of stretches, in the file's order, to a state. */
export class StretchMerger implements Addition {
  readonly #file: string;
  readonly #sum: ExactSum;
  readonly #counts: { count: number; blank: number; skipped: number };
  #offset: number;
  #pieces: PieceHashes;
  #rest: bigint;
  #unended: Totals = { sum: "0", count: 0, blank: 0, skipped: 0 };

  /** @param file The input's path, for messages. */
  constructor(state: State, file: string) {
    const { count, blank, skipped } = state;
    this.#file = file;
    this.#sum = ExactSum.from(state.sum);
    this.#counts = { count, blank, skipped };
    this.#offset = state.offset;
    this.#pieces = piecesOf(state.fingerprint);
    this.#rest = BigInt(`0x${state.fingerprint.rest}`);
  }

  get offset(): number {
    return this.#offset;
  }

  get counts(): Counts {
    return { ...this.#counts };
  }

  get state(): State {
    const fingerprint = fingerprintOf(this.#pieces, this.#rest);
    return { offset: this.#offset, sum: this.#sum.toString(), ...this.#counts, fingerprint };
  }

  get totals(): Totals {
    const sum = ExactSum.from(this.#sum.toString());
    sum.merge(ExactSum.from(this.#unended.sum));
    return {
      sum: sum.toString(),
      count: this.#counts.count + this.#unended.count,
      blank: this.#counts.blank + this.#unended.blank,
      skipped: this.#counts.skipped + this.#unended.skipped,
    };
  }

  /** How many lines come before the next stretch. */
  get lines(): number {
    return linesOf(this.#counts);
  }

  /**
   * Whether a stretch's lines begin where those before them end, or it has none. If not, the file is being changed
   * while it is read.
   */
  joins({ start, end, bad }: StretchResult): boolean {
    return start === this.#offset || end === start && !bad;
  }

  /**
   * Adds what the next stretch, which joins, comes to.
   *
   * @throws {BadLineError} If it ends at a bad line; all before that is added.
   */
  add(stretch: Stretch, result: StretchResult): void {
    const { start, end, bad } = result;
    const before = this.lines;
    if (end > start || bad) {
      this.#addPieces(Math.floor(stretch.from / PIECE_BYTES), result);
      this.#rest = result.rest;
      this.#sum.merge(ExactSum.from(result.sum));
      for (const key of ["count", "blank", "skipped"] as const) this.#counts[key] += result[key];
      this.#offset = end;
    }
    // stretches behind the line that the file ends in have none
    if (linesOf(result.unended) > 0) this.#unended = result.unended;
    if (!bad) return;
    throw new BadLineError(
      { file: this.#file, line: before + bad.line, offset: bad.offset },
      bad.text,
      bad.reason,
      bad.isOtherFile,
    );
  }

  /** Chains those of the pieces that are not yet: a line may reach far into the stretch after its own. */
  #addPieces(first: number, { pieces, end }: StretchResult): void {
    const [chained, whole] = [this.#offset, end].map((offset) => Math.floor(offset / PIECE_BYTES) - first);
    for (const piece of pieces.subarray(chained, whole)) {
      this.#pieces = addPiece(this.#pieces, piece);
    }
  }
}
