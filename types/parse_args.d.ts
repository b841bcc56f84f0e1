/** What is used of `@std/cli/parse-args`, whose npm build has no types. */
export interface ParseArgsOptions {
  string?: readonly string[];
  boolean?: readonly string[];
  collect?: readonly string[];
}

export function parseArgs(
  args: readonly string[],
  options: ParseArgsOptions,
): { _: string[]; [name: string]: string | boolean | string[] | undefined };
