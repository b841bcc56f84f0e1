import { writeAllSync } from "../disk/write_atomic.ts";
import { FileError } from "../pure/errors.ts";

/** What errors call standard output. */
export const STANDARD_OUTPUT = "standard output";

/** Standard output was closed by its reader. */
export class OutputClosedError extends Error {
  override name = "OutputClosedError";
}

/**
 * Writes to standard output.
 *
 * @throws {OutputClosedError} If nobody reads it any more.
 * @throws {FileError} If it cannot be written, as on a full disk.
 */
export function print(text: string): void {
  try {
    writeAllSync(Deno.stdout, new TextEncoder().encode(text));
  } catch (error) {
    if (error instanceof Deno.errors.BrokenPipe) throw new OutputClosedError();
    throw new FileError(`write the answer to ${STANDARD_OUTPUT}`, STANDARD_OUTPUT, error);
  }
}

/** Writes to standard error as much as it takes: what cannot be told must not stop the work. */
export function tell(text: string): void {
  try {
    writeAllSync(Deno.stderr, new TextEncoder().encode(text));
  } catch { /* closed or full */ }
}

/** The terminal's width in characters, or a usual one where there is no terminal. */
export function columns(): number {
  try {
    return Deno.consoleSize().columns;
  } catch {
    return 80;
  }
}

/** Whether standard error is a terminal whose user has not asked for no colours. */
export function hasColors(): boolean {
  return Deno.stderr.isTerminal() && !Deno.noColor;
}

/** Whether the locale and the terminal have more characters than ASCII. */
export function speaksUnicode(): boolean {
  const locale = ["LC_ALL", "LC_CTYPE", "LANG"].map(environment).find(Boolean);
  return environment("TERM") !== "dumb" && locale !== undefined && /utf-?8/i.test(locale);
}

/** A variable of the environment, where that may be read. */
function environment(variable: string): string | undefined {
  const { state } = Deno.permissions.querySync({ name: "env", variable });
  return state === "granted" ? Deno.env.get(variable) : undefined;
}

/** What a line on standard error is, other than an error. */
export type NoteType = "note" | "warning" | "progress";

/** A text of which nothing but its line feeds changes what a terminal does: a file's name may hold anything. */
export function printable(text: string): string {
  // deno-lint-ignore no-control-regex
  return text.replace(/[\0-\x09\x0B-\x1F\x7F-\x9F]/g, (character) => {
    return `\\x${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`;
  });
}

/** Writes a line for standard error: words for a person, or one JSON object for a program. */
export function formatNote(json: boolean, type: NoteType, message: string): string {
  if (!json) return `numsum: ${printable(message)}\n`;
  const [happened, ...advice] = message.split("\n");
  return `${JSON.stringify({ type, message: happened, ...advice.length > 0 && { advice: advice.join("\n") } })}\n`;
}
