/** What a line on standard error is, other than an error. */
export type NoteType = "note" | "warning" | "progress";

/** Writes a line for standard error: words for a person, or one JSON object for a program. */
export function formatNote(json: boolean, type: NoteType, message: string): string {
  return json ? `${JSON.stringify({ type, message })}\n` : `numsum: ${message}\n`;
}
