import { MAX_LINE_BYTES } from "./parse_number.ts";

/** The most characters of a line that a message shows. */
const MAX_SHOWN = 60;

/**
 * Bytes as a quoted text for a message: UTF-8 where it is printable, `\xNN` for every other byte, cut to a
 * readable length.
 */
export function quote(bytes: Uint8Array): string {
  const parts: string[] = [];
  let shown = 0;
  for (const character of characters(bytes)) {
    shown += character.length;
    if (shown > MAX_SHOWN) return `"${parts.join("")}"… (${describeLength(bytes.length)})`;
    parts.push(character);
  }
  return `"${parts.join("")}"`;
}

/** Of a line beyond the limit just a beginning is known, which depends on how it was read. */
function describeLength(bytes: number): string {
  return bytes > MAX_LINE_BYTES ? `more than ${MAX_LINE_BYTES} bytes` : `${bytes} bytes`;
}

/** One byte as `\xNN`. */
export function escapeByte(byte: number): string {
  return "\\x" + byte.toString(16).toUpperCase().padStart(2, "0");
}

/** Each character as it is shown; enough of them for {@linkcode quote}. */
function* characters(bytes: Uint8Array): Generator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  for (let i = 0; i < bytes.length;) {
    const length = sequenceLength(bytes[i]!);
    const sequence = bytes.subarray(i, i + length);
    const character = decode(decoder, sequence);
    if (character === undefined || !isPrintable(character)) {
      yield Array.from(sequence.subarray(0, character === undefined ? 1 : length), escapeByte).join("");
      i += character === undefined ? 1 : length;
    } else {
      yield character === '"' || character === "\\" ? "\\" + character : character;
      i += length;
    }
  }
}

/** Bytes of the UTF-8 sequence that begins with `first`. */
function sequenceLength(first: number): number {
  return first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
}

function decode(decoder: TextDecoder, sequence: Uint8Array): string | undefined {
  try {
    return decoder.decode(sequence);
  } catch {
    return undefined;
  }
}

/** Whether a terminal shows the character as itself: no control, no format character, no blank but the space. */
function isPrintable(character: string): boolean {
  return character === " " || !/[\p{C}\p{Z}]/u.test(character);
}
