import type { ErrorReport } from "./report_error.ts";
import { printable } from "./terminal.ts";

/** How an error is written. */
export interface ErrorFormat {
  /** As one JSON object. */
  json: boolean;
  /** With colours. */
  color: boolean;
}

const BOLD_RED = "\x1b[1;31m";
const RESET = "\x1b[0m";

/** Writes an error for standard error: words for a person, or one JSON object for a program. */
export function formatError({ kind, message, place, exitCode }: ErrorReport, { json, color }: ErrorFormat): string {
  if (!json) return `${color ? `${BOLD_RED}numsum:${RESET}` : "numsum:"} ${printable(message)}\n`;
  const [happened, ...advice] = message.split("\n");
  return `${
    JSON.stringify({
      type: "error",
      kind,
      message: happened,
      ...(advice.length > 0 ? { advice: advice.join("\n") } : {}),
      ...(place ? { place } : {}),
      exit_code: exitCode,
    })
  }\n`;
}
