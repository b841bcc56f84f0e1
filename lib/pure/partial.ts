import { xxh64 } from "../kernel/kernel.ts";
import { toHex } from "./fingerprint.ts";
import type { LineOptions } from "./line_options.ts";
import type { Range } from "./range.ts";
import type { Totals } from "./summation.ts";

/** The version of the format that this program writes. */
export const PARTIAL_VERSION = 1;

/** Which input a partial is of. */
export interface PartialInput {
  /** As it was given; for messages only, since it may differ from host to host. */
  name: string;
  /** In bytes. */
  size: number;
  /** The hash of its ends, see `hashEnds`. */
  ends: string;
}

/** What a partial has in common with all others of the same job. */
export interface PartialHead {
  /** `undefined` for what has no parts, as standard input. */
  input: PartialInput | undefined;
  /** The options that change what a line means. */
  options: LineOptions;
}

/** What some lines of an input come to, to be merged with what the others do. */
export interface Partial extends PartialHead, Totals {
  /** The bytes in which the lines begin; `undefined` for what has no parts. */
  range: Range | undefined;
  /** From the first line's start to the last one's end; likewise. */
  lines: Range | undefined;
}

/**
 * Writes a partial as a line of JSON, with its line feed. It is the same text each time, so that a part that was
 * summed twice can be told from two parts. What all partials of a job have in common comes first.
 */
export function encodePartial({ range, lines, count, blank, skipped, sum, ...head }: Partial): string {
  const places = range && lines ? `"range":[${range.from},${range.to}],"lines":[${lines.from},${lines.to}],` : "";
  const body = `${encodeHead(head)}${places}"count":${count},"blank":${blank},"skipped":${skipped},"sum":"${sum}"`;
  return `${body},"check":"${checkOf(new TextEncoder().encode(body))}"}\n`;
}

/** The beginning of a partial's line: all before what is its own. */
export function encodeHead({ input, options }: PartialHead): string {
  return `{"numsum_partial":${PARTIAL_VERSION},"input":${JSON.stringify(input ?? null)},"options":${
    JSON.stringify(options)
  },`;
}

/** The hash of what stands before `,"check":` in a partial's line, as 16 hexadecimal digits. */
export function checkOf(body: Uint8Array): string {
  return toHex(xxh64(body));
}
