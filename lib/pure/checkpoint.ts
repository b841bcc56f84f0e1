import { xxh64 } from "../kernel/kernel.ts";
import { addLine, emptyTally, type StatsState } from "./add_lines.ts";
import { FINGERPRINT_ALGORITHM, toHex } from "./fingerprint.ts";
import type { LineOptions } from "./line_options.ts";
import { PLAIN_MARKS } from "./parse_number.ts";
import { linesOf, type RejectsPlace, type SavedState } from "./state.ts";

/** The version of the format that this program writes. */
export const CHECKPOINT_VERSION = 1;

/** What a checkpoint file holds. */
export type Checkpoint =
  | { kind: "states"; states: SavedState[] }
  /** The two keys of the scripts that this program grew from: a claim, to be checked against the input. */
  | { kind: "claim"; offset: number; sum: string };

/** A checkpoint that cannot be accepted. */
export class CheckpointDamage extends Error {
  override name = "CheckpointDamage";
}

/**
 * Writes states as a checkpoint: one object, flat for a single input, with a list `inputs` for several.
 * {@linkcode decodeCheckpoint} reads it back.
 */
export function encodeCheckpoint(states: readonly SavedState[]): Uint8Array {
  const [first] = states;
  const body = states.length === 1 && first
    ? { version: CHECKPOINT_VERSION, ...toJson(first) }
    : { version: CHECKPOINT_VERSION, inputs: states.map(toJson) };
  const text = JSON.stringify({ ...body, check: checkOf(body) }, null, 2);
  return new TextEncoder().encode(text + "\n");
}

/**
 * Reads a checkpoint.
 *
 * @throws {CheckpointDamage} If writing what was read would not give the same bytes again, which finds every
 * change that this program did not make; and if a newer version wrote it.
 */
export function decodeCheckpoint(bytes: Uint8Array): Checkpoint {
  const json = parseJson(bytes);
  if (!isObject(json)) throw new CheckpointDamage("it is not a JSON object");
  const keys = Object.keys(json);
  if (keys.length === 2 && "offset" in json && "running_sum" in json) return toClaim(json);
  if (typeof json.version === "number" && json.version > CHECKPOINT_VERSION) {
    throw new CheckpointDamage(
      `it is of version ${json.version}, written by a newer numsum; this one reads version ${CHECKPOINT_VERSION}`,
    );
  }
  const { version: _, check: __, ...body } = json;
  const states = (Array.isArray(body.inputs) ? body.inputs : [body]).map(fromJson);
  if (!sameBytes(encodeCheckpoint(states), bytes)) {
    throw new CheckpointDamage("its content does not match its checksum");
  }
  return { kind: "states", states };
}

function toJson({ file, options, state, hints, rejects }: SavedState): Record<string, unknown> {
  return {
    file,
    offset: state.offset,
    running_sum: rawJson(state.sum),
    count: state.count,
    blank: state.blank,
    skipped: state.skipped,
    line: linesOf(state),
    options,
    ...(state.stats === undefined ? {} : { stats: state.stats }),
    ...(rejects === undefined ? {} : { rejects }),
    fingerprint: { algorithm: FINGERPRINT_ALGORITHM, ...state.fingerprint, ...hints },
  };
}

/** Takes what has the right types; that it is right in all else is for the caller, who writes it again and compares. */
function fromJson(json: unknown): SavedState {
  const saved = object(json, "inputs");
  const fingerprint = object(saved.fingerprint, "fingerprint");
  return {
    file: text(saved, "file"),
    options: object(saved.options, "options") as LineOptions,
    state: {
      offset: wholeNumber(saved, "offset"),
      sum: decimal(saved),
      count: wholeNumber(saved, "count"),
      blank: wholeNumber(saved, "blank"),
      skipped: wholeNumber(saved, "skipped"),
      ...(saved.stats === undefined ? {} : { stats: toStats(object(saved.stats, "stats")) }),
      fingerprint: {
        chain: hash(fingerprint, "chain"),
        head: hash(fingerprint, "head"),
        last: hash(fingerprint, "last"),
        rest: hash(fingerprint, "rest"),
      },
    },
    hints: {
      device: fingerprint.device === null ? null : wholeNumber(fingerprint, "device"),
      inode: fingerprint.inode === null ? null : wholeNumber(fingerprint, "inode"),
      size: wholeNumber(fingerprint, "size"),
      modified: fingerprint.modified === null ? null : text(fingerprint, "modified"),
      changed: fingerprint.changed === null ? null : text(fingerprint, "changed"),
    },
    ...(saved.rejects === undefined ? {} : { rejects: toRejects(object(saved.rejects, "rejects")) }),
  };
}

function toStats(json: Record<string, unknown>): StatsState {
  return {
    min: json.min === null ? null : text(json, "min"),
    max: json.max === null ? null : text(json, "max"),
    squares: text(json, "squares"),
    histogram: text(json, "histogram"),
  };
}

function toRejects(json: Record<string, unknown>): RejectsPlace {
  return {
    file: text(json, "file"),
    bytes: wholeNumber(json, "bytes"),
    hash: text(json, "hash"),
    ...(json.size === undefined ? {} : { size: wholeNumber(json, "size") }),
  };
}

/** A sum as Python writes it: one that it calculated with floats may have an exponent. */
function toClaim(json: Record<string, unknown>): Checkpoint {
  const sum = json.running_sum;
  const text = new TextEncoder().encode(typeof sum === "string" ? sum : "");
  const tally = emptyTally();
  if (!addLine(tally, text, 0, text.length, PLAIN_MARKS) || tally.count === 0) {
    throw new CheckpointDamage(`its "running_sum" is not a number within the limits of a line`);
  }
  return { kind: "claim", offset: wholeNumber(json, "offset"), sum: tally.sum.toString() };
}

/** XXH64 of the object's compact JSON, as 16 hexadecimal digits. */
function checkOf(body: unknown): string {
  return toHex(xxh64(new TextEncoder().encode(JSON.stringify(body))));
}

/** Parses UTF-8 JSON, with `running_sum` as its source text, so that no digit is lost. */
function parseJson(bytes: Uint8Array): unknown {
  try {
    const source = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    const keepDigits = (key: string, value: unknown, context?: { source?: string }) =>
      key === "running_sum" && typeof value === "number" ? context?.source : value;
    return JSON.parse(source, keepDigits);
  } catch {
    throw new CheckpointDamage(bytes.length === 0 ? "it is empty" : "it is not whole JSON");
  }
}

/** A number that `JSON.stringify` writes as it stands (ECMAScript's proposal "JSON.parse source text access"). */
function rawJson(digits: string): unknown {
  return (JSON as unknown as { rawJSON(text: string): unknown }).rawJSON(digits);
}

/** Whether JSON is an object, and no list. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function object(value: unknown, key: string): Record<string, unknown> {
  if (!isObject(value)) throw new CheckpointDamage(`its "${key}" is not an object`);
  return value;
}

function text(json: Record<string, unknown>, key: string): string {
  const value = json[key];
  if (typeof value !== "string") throw new CheckpointDamage(`its "${key}" is not a text`);
  return value;
}

function hash(json: Record<string, unknown>, key: string): string {
  const value = text(json, key);
  if (!/^[0-9a-f]{16}$/.test(value)) throw new CheckpointDamage(`its "${key}" is not a hash of 16 digits`);
  return value;
}

function wholeNumber(json: Record<string, unknown>, key: string): number {
  const value = json[key];
  if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 0 || Object.is(value, -0)) {
    throw new CheckpointDamage(`its "${key}" is not a whole number from 0 on`);
  }
  return value;
}

function decimal(json: Record<string, unknown>): string {
  const value = json.running_sum;
  if (typeof value !== "string" || !/^-?\d+(\.\d+)?$/.test(value)) {
    throw new CheckpointDamage(`its "running_sum" is not a number in plain digits`);
  }
  return value;
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
