/** What is used of `@std/cli/parse-args`, whose npm build has no types. */
export interface ParseArgsOptions {
  string?: readonly string[];
  boolean?: readonly string[];
  collect?: readonly string[];
  alias?: Readonly<Record<string, string>>;
  unknown?: (arg: string, key?: string, value?: unknown) => unknown;
}

export function parseArgs(
  args: readonly string[],
  options: ParseArgsOptions,
): { _: string[]; [name: string]: string | boolean | string[] | undefined };
