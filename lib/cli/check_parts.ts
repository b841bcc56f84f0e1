import type { OptionName } from "./options.ts";

/** What `--shard`, `--range` and `--partial` cannot go with, and why. */
const NOT_WITH_PARTS: readonly (readonly [name: OptionName, reason: string])[] = [
  ["follow", "a part of a file does not grow"],
  ["each", "there is one input"],
  ["stats", "only sums can be merged"],
  ["histogram", "only sums can be merged"],
  ["column", "a row may hold line feeds, so that nothing shows where one begins"],
];

/** What `--merge` can go with; all else is said where the parts are summed. */
const WITH_MERGE: readonly OptionName[] = [
  "merge",
  "expect-lines",
  "round",
  "json",
  "quiet",
  "progress",
  "no-color",
  "no-checkpoint",
];

/** What a command line asks for as far as parts of a file go. */
export interface GivenParts {
  /** The options that were given. */
  names: readonly OptionName[];
  /** How many files were. */
  files: number;
  /** How many of them are standard input. */
  standardInputs: number;
  /** How many threads are wanted. */
  workers: number;
}

/** Why options that are about parts of a file cannot go with the others; `undefined` if they can. */
export function whyNotParts({ names, files, standardInputs, workers }: GivenParts): string | undefined {
  const has = (name: OptionName) => names.includes(name);
  if (has("merge")) {
    const other = names.find((name) => !WITH_MERGE.includes(name));
    if (other) return `--merge adds up what --partial printed; --${other} does not go with that`;
    return standardInputs > 1 ? "standard input can be read only once" : undefined;
  }
  if (has("expect-lines")) return "--expect-lines is for --merge, where parts come together";
  const [part] = (["shard", "range", "partial"] as const).filter(has);
  if (!part) return undefined;
  if (has("shard") && has("range")) return "--shard and --range exclude each other: both say which part is summed";
  if (files > 1) return `--${part} is of one file, and ${files} are named`;
  if (standardInputs > 0 && part !== "partial") {
    return `--${part} needs a file; standard input cannot be read from its middle`;
  }
  const [unkept] = (["status", "every"] as const).filter(has);
  if (unkept && !has("checkpoint")) {
    return `--${part} keeps no state unless --checkpoint names a place for it; --${unkept} needs one`;
  }
  if (workers > 1) return `--${part} is one thread, so that many can run side by side; leave out --workers`;
  if (has("partial") && has("round")) return "--partial is exact, and --merge can round; leave out --round here";
  const [other, reason] = NOT_WITH_PARTS.find(([name]) => has(name) && !(name === "column" && standardInputs > 0)) ??
    [];
  return other && `--${part} and --${other} do not go together: ${reason}`;
}
