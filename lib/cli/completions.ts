import type { Shell } from "./parse_options.ts";

/** A script that makes a shell complete the options. */
export function completionScript(_shell: Shell): string {
  return "";
}
