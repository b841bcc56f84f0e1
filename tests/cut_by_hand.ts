/**
 * What the parts of a text come to, found the slow way and without the code of lib/: all line starts are known, and
 * each line goes to the range in which it starts.
 *
 * @module
 */
import { encodePartial, type Partial } from "../lib/pure/partial.ts";
import type { Range } from "../lib/pure/range.ts";
import { kindOf, oracleSum } from "./oracle.ts";

/** A text of one byte a character, and what is known of it. */
export interface Cut {
  text: string;
  /** Each line without its line feed. */
  lines: string[];
  /** Where each starts. */
  starts: number[];
}

/** Cuts a text into its lines. */
export function cutLines(text: string): Cut {
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  let start = 0;
  const starts = lines.map((line) => (start += line.length + 1) - line.length - 1);
  return { text, lines, starts };
}

/** The partial of a range. */
export function partialOf({ text, lines, starts }: Cut, range: Range, name = "numbers.txt"): Partial {
  const lineStart = (at: number) => starts.find((start) => start >= at) ?? text.length;
  const own = lines.filter((_, i) => starts[i]! >= range.from && starts[i]! < range.to);
  const count = (kind: string) => own.filter((line) => kindOf(line) === kind).length;
  return {
    input: { name, size: text.length, ends: "0123456789abcdef" },
    options: {},
    range,
    lines: { from: lineStart(range.from), to: lineStart(range.to) },
    sum: oracleSum(own),
    count: count("number"),
    blank: count("blank"),
    skipped: count("bad"),
  };
}

/** A partial's line, without its line feed. */
export function lineOf(partial: Partial): Uint8Array {
  return new TextEncoder().encode(encodePartial(partial).slice(0, -1));
}
