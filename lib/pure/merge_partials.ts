import { MergeError, type Place } from "./errors.ts";
import { ExactSum } from "./exact_sum.ts";
import { describeLineOptions, sameLineOptions } from "./line_options.ts";
import { describeFaults, describeLines } from "./describe_faults.ts";
import type { PartialHead } from "./partial.ts";
import { RangeTable } from "./range_table.ts";
import { PartialDamage, type PartialRead, PartialReader } from "./read_partial.ts";
import { linesOf } from "./state.ts";
import type { Counts, Totals } from "./summation.ts";

const MINUS = 45;
const POINT = 46;

/** Where a line with a partial stands, for messages. */
export type LinePlace = Pick<Place, "file" | "line">;

/** What a merge comes to. */
export interface Merged extends Totals {
  /** How many partials were added. */
  partials: number;
  /** How many were left out, since they say again what another one says. */
  repeated: number;
  /** The input's name, as the first partial has it; `undefined` for standard input. */
  file: string | undefined;
}

/** Adds up partials in any order, and finds out whether they make a whole. */
export class PartialMerger {
  readonly #reader = new PartialReader();
  readonly #ranges = new RangeTable();
  readonly #sum = new ExactSum();
  readonly #counts: Counts = { count: 0, blank: 0, skipped: 0 };
  #first: PartialHead | undefined;
  /** The head that was last found to be of the same job as the first. */
  #known: PartialHead | undefined;
  /** Another name of the input than the first partial's. */
  #otherName: string | undefined;
  #partials = 0;
  #repeated = 0;

  /**
   * Adds a partial.
   *
   * @param line Without its line feed, and without blanks at its end.
   * @throws {MergeError} If the line is no partial, or one that cannot belong to those before it.
   */
  add(line: Uint8Array, where: LinePlace): void {
    const partial = this.#read(line, where);
    if (partial.head !== this.#known) this.#checkHead(partial.head, where);
    if (partial.range && !this.#takeRange(partial, where)) return;
    addDecimal(this.#sum, partial.sum);
    for (const key of ["count", "blank", "skipped"] as const) this.#counts[key] += partial[key];
    this.#partials++;
  }

  /**
   * What all partials come to.
   *
   * @param expectLines How many lines there must be, numbers, blank and bad ones together; needed where the partials
   * have no ranges that show whether all are there.
   * @throws {MergeError} If there are none, or they do not make a whole.
   */
  finish(expectLines: number | undefined): Merged {
    if (!this.#first) throw new MergeError("there is nothing to merge: not a single partial came");
    const { input } = this.#first;
    if (input) {
      const faults = describeFaults(this.#ranges.check(input.size), input);
      if (faults !== undefined) throw new MergeError(faults);
      this.#checkNames(input.name);
    } else if (expectLines === undefined) {
      throw new MergeError(
        "the partials have no ranges, so nothing shows whether all are there. Say how many lines they must have " +
          "together, as wc -l counts them: --expect-lines N",
      );
    }
    const lines = linesOf(this.#counts);
    if (expectLines !== undefined && lines !== expectLines) {
      throw new MergeError(describeLines(lines, expectLines));
    }
    return {
      sum: this.#sum.toString(),
      ...this.#counts,
      partials: this.#partials,
      repeated: this.#repeated,
      file: input?.name,
    };
  }

  /**
   * A part may come again from a host that has the input in another folder. What has another name altogether is rather
   * another file that holds the same, and would be missing from the sum.
   */
  #checkNames(name: string): void {
    if (this.#repeated === 0 || this.#otherName === undefined) return;
    throw new MergeError(
      `some partials of ${name} and of ${this.#otherName} say the same. If these are two files, merge those of each ` +
        "by themselves; if they are one, have it summed under one name",
    );
  }

  #read(line: Uint8Array, where: LinePlace): PartialRead {
    try {
      return this.#reader.read(line);
    } catch (error) {
      if (!(error instanceof PartialDamage)) throw error;
      throw new MergeError(
        `${show(where)} is not what numsum --partial prints: ${error.message}. Have that part summed again`,
      );
    }
  }

  #checkHead(head: PartialHead, where: LinePlace): void {
    const first = this.#first ??= head;
    if (!first.input !== !head.input) {
      throw new MergeError(`${show(where)} has ${head.input ? "a" : "no"} range, unlike those before it`);
    }
    if (first.input && head.input && (first.input.size !== head.input.size || first.input.ends !== head.input.ends)) {
      throw new MergeError(
        `${show(where)} is of another input: ${describeInput(head)}, and those before it are of ${
          describeInput(first)
        }`,
      );
    }
    if (!sameLineOptions(first.options, head.options)) {
      const [one, other] = [head, first].map(({ options }) => describeLineOptions(options));
      throw new MergeError(`${show(where)} was summed with ${one}, and those before it with ${other}`);
    }
    if (head.input && lastOf(head.input.name) !== lastOf(first.input!.name)) this.#otherName = head.input.name;
    this.#known = head;
  }

  /** Takes note of a partial's range, and says whether its numbers are to be added. */
  #takeRange({ range, lines, digest, count, blank, skipped }: PartialRead, where: LinePlace): boolean {
    const { from, to } = range!;
    const { size } = this.#first!.input!;
    if (from > to || to > size || lines!.from < from || lines!.to < to || lines!.to > size) {
      throw new MergeError(`${show(where)} does not fit its own range ${from}-${to}. Have that part summed again`);
    }
    if (from === to) {
      if (count + blank + skipped > 0) throw new MergeError(`${show(where)} has lines in an empty range`);
      return false;
    }
    const taken = this.#ranges.add({ range: range!, lines: lines!, digest });
    if (taken === "same") this.#repeated++;
    if (taken === "another") {
      const other = this.#ranges.get(from)!;
      throw new MergeError(
        other.to === to
          ? `two partials of the bytes ${from}-${to} say different things (the second is ${
            show(where)
          }): the input was ` +
            "changed between them. Have all parts summed again"
          : `two partials overlap: of the bytes ${from}-${to} (${show(where)}) and ${from}-${other.to}`,
      );
    }
    return taken === "added";
  }
}

/** The last part of a path, of whatever system. */
function lastOf(path: string): string {
  return path.replace(/^.*[/\\]/, "");
}

function show({ file, line }: LinePlace): string {
  return `${file}:${line}`;
}

function describeInput({ input }: PartialHead): string {
  return `${input!.name} (${input!.size} bytes, ends ${input!.ends})`;
}

/** Adds a number in plain digits, as `ExactSum` writes them. */
function addDecimal(sum: ExactSum, digits: Uint8Array): void {
  const start = digits[0] === MINUS ? 1 : 0;
  const point = digits.indexOf(POINT);
  const end = point < 0 ? digits.length : point;
  sum.addDigits(digits, start, end, 0, start === 1);
  if (point >= 0) sum.addDigits(digits, point + 1, digits.length, point + 1 - digits.length, start === 1);
}
