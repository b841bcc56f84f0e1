import { type Fingerprint, Fingerprinter, PIECE_BYTES } from "./fingerprint.ts";
import type { Range } from "./range.ts";
import type { FileHints } from "./state.ts";

/** A part of the bytes that were summed, and what its own fingerprint must have in common with the state's. */
export interface PartToCheck extends Range {
  keys: readonly (keyof Fingerprint)[];
}

/**
 * How much of what was summed must be read again to believe that it is still there:
 * - `end`: what follows the last whole piece, which going on needs anyway.
 * - `ends`: the first piece too, and the last whole one.
 * - `whole`: every byte.
 */
export type Trust = "end" | "ends" | "whole";

/** Decides how far the file system's word is taken for the bytes that were summed. */
export function chooseTrust(saved: FileHints, now: FileHints): Trust {
  const same = (key: keyof FileHints) => saved[key] !== null && saved[key] === now[key];
  const sameFile = same("device") && same("inode");
  if (sameFile && same("size") && same("modified") && same("changed")) return "end";
  return sameFile && now.size > saved.size ? "ends" : "whole";
}

/**
 * The parts of the bytes from `start` to `offset` to read for a check; the last one ends at `offset`.
 *
 * @param start Where the pieces are counted from.
 */
export function partsToCheck(offset: number, trust: Trust, start = 0): PartToCheck[] {
  if (offset === start) return [];
  const rest = offset - (offset - start) % PIECE_BYTES;
  if (trust === "end") return [{ from: rest, to: offset, keys: ["rest"] }];
  if (trust === "whole" || rest - start <= PIECE_BYTES) {
    return [{ from: start, to: offset, keys: ["chain", "head", "last", "rest"] }];
  }
  return [{ from: start, to: start + PIECE_BYTES, keys: ["head"] }, {
    from: rest - PIECE_BYTES,
    to: offset,
    keys: ["last", "rest"],
  }];
}

/** What a {@linkcode PrefixCheck} is made of. */
export interface PrefixCheckOptions {
  /** What is to be read. */
  parts: readonly PartToCheck[];
  /** Of all bytes that were summed. */
  fingerprint: Fingerprint;
  /** The first byte that was summed, from the input's start. */
  start: number;
  /** Called when the bytes are others; it throws. */
  refuse: () => never;
  /** What else is to see the bytes. */
  onBytes?: ((bytes: Uint8Array) => void) | undefined;
}

/**
 * The check that what was summed earlier is still what the input has. It does no reading: for each of its parts call
 * {@linkcode begin}, {@linkcode take} with all its bytes, and {@linkcode end}.
 */
export class PrefixCheck {
  /** What is to be read. */
  readonly parts: readonly PartToCheck[];
  readonly #options: PrefixCheckOptions;
  #fingerprinter = new Fingerprinter();
  /** Whether the next piece of the current part is the input's first. */
  #isHeadDue = false;
  #offset: number;

  constructor(options: PrefixCheckOptions) {
    this.parts = options.parts;
    this.#options = options;
    this.#offset = options.start;
  }

  /** How many bytes were read, counted from the input's start. */
  get offset(): number {
    return this.#offset;
  }

  /** Begins a part. */
  begin({ keys }: PartToCheck): void {
    this.#isHeadDue = keys.includes("head");
    this.#fingerprinter = new Fingerprinter(([piece]) => this.#takePiece(piece!));
  }

  /** Takes the next bytes of the part. */
  take(bytes: Uint8Array): void {
    this.#fingerprinter.update(bytes);
    this.#options.onBytes?.(bytes);
    this.#offset += bytes.length;
  }

  /** Ends a part: refuses if its bytes are not those that were summed. */
  end({ keys }: PartToCheck): void {
    this.#isHeadDue = false;
    const { fingerprint, refuse } = this.#options;
    const found = this.#fingerprinter.fingerprint();
    if (keys.some((key) => found[key] !== fingerprint[key])) refuse();
  }

  /** After the last part: what goes on with the fingerprint from here. */
  goOn(): Fingerprinter {
    this.#fingerprinter.continue(this.#options.fingerprint);
    return this.#fingerprinter;
  }

  /** A file that was replaced is another one from its first bytes on, as a rule: the rest of it need not be read. */
  #takePiece(piece: bigint): void {
    const { fingerprint, refuse } = this.#options;
    if (this.#isHeadDue && piece !== BigInt(`0x${fingerprint.head}`)) refuse();
    this.#isHeadDue = false;
  }
}
