import { isObject } from "./checkpoint.ts";

/** A form of text: letters that must stand there, and patterns of which any number may. */
type Form = readonly (string | RegExp)[];

/** A name in quotes, without these; it may be cut off inside. */
const NAME = /(?:[^"\\]|\\.)*(?:\\$)?/sy;
const WHOLE = /\d*/y;
const BLANK = /\s*/y;
const NUMBER = /-?(?:[NaIinfty]+|[\d.eE+-]*)/y;
/** How a checkpoint begins, as it is written: of one input, and of several. */
const BEGINNINGS: readonly Form[] = [["", "  "], ['"inputs": [\n    {\n      ', "      "]].map(([inputs, indent]) => [
  '{\n  "version": ',
  WHOLE,
  `,\n  ${inputs}"file": "`,
  NAME,
  `",\n${indent}"offset": `,
  WHOLE,
  `,\n${indent}"running_sum": `,
]);
/** The same of the older scripts, which have two keys. */
const TWO_KEYS: readonly Form[] = [["offset", "running_sum"], ["running_sum", "offset"]].map(([first, second]) => [
  ...[BLANK, "{", BLANK, `"${first}"`, BLANK, ":", BLANK, NUMBER, BLANK, ","],
  ...[BLANK, `"${second}"`, BLANK, ":", BLANK, NUMBER, BLANK, "}", BLANK],
]);

/** Whether bytes that cannot be accepted were a checkpoint once, or nothing: then nobody's data is in them. */
export function wasCheckpoint(bytes: Uint8Array): boolean {
  const text = new TextDecoder().decode(bytes);
  try {
    return text === "" || hasSum(JSON.parse(text));
  } catch {
    // what is cut off before its first key was told proves nothing
    return BEGINNINGS.some((form) => goesAlong(text, form, 3) !== undefined) ||
      TWO_KEYS.some((form) => goesAlong(text, form, 6) === text.length);
  }
}

/**
 * How far a text has a form: to the form's end, or to its own, if that comes after so many parts of the form;
 * `undefined` if it has another.
 */
function goesAlong(text: string, form: Form, least: number): number | undefined {
  let at = 0;
  for (const [i, part] of form.entries()) {
    if (typeof part === "string") {
      const found = text.slice(at, at + part.length);
      at += found.length;
      if (found !== part) return i >= least && at === text.length && part.startsWith(found) ? at : undefined;
    } else {
      part.lastIndex = at;
      at += part.exec(text)![0].length;
    }
  }
  return at;
}

/** Whether JSON is a checkpoint as far as its keys go, in whichever order and of whichever version. */
function hasSum(json: unknown): boolean {
  if (!isObject(json)) return false;
  if (typeof json.version !== "number") return Object.keys(json).sort().join() === "offset,running_sum";
  return "running_sum" in json ||
    Array.isArray(json.inputs) && isObject(json.inputs[0]) && "running_sum" in json.inputs[0];
}
