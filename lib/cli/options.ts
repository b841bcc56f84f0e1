/** An option of the command line. Help, parser and suggestions all come from this table. */
export interface Option {
  /** Without its two dashes. */
  name: string;
  /** One letter, without its dash. */
  short?: string;
  /** What its value is called; an option without one is a switch. */
  value?: string;
  /** The only values that it takes. */
  choices?: readonly string[];
  /** What it does, for the help. */
  help: string;
}

/** All options, in the order of the help. */
export const OPTIONS = [
  { name: "checkpoint", value: "PATH", help: "where the state is kept [checkpoint.json]" },
  { name: "no-checkpoint", help: "neither read nor write one" },
  { name: "restart", help: "begin the named inputs anew" },
  {
    name: "every",
    value: "AMOUNT",
    help: "how often to save, as 64MB or 500ms [after 1 s or 100 times what a save costs, whichever is longer]",
  },
  { name: "verify", help: "on resume, check every byte before the offset" },
  { name: "status", help: "say what the checkpoint holds and whether it would be accepted now; sums nothing" },
  { name: "sync", help: "plain generators instead of coroutines; the same result and checkpoint" },
  { name: "workers", value: "N", help: "at most so many threads that parse; 1 is the plain path [by the file's size]" },
  { name: "decimal-mark", value: "MARK", choices: [".", ","], help: "what stands before the decimals, . or ," },
  {
    name: "group-mark",
    value: "MARK",
    choices: [".", ",", "'", " ", "_"],
    help: "what stands between groups of three digits: . , ' _ or a space",
  },
  { name: "on-error", value: "ACTION", choices: ["fail", "skip"], help: "at a bad line: fail [default], or skip it" },
  { name: "rejects", value: "PATH", help: "with --on-error skip: collect the bad lines in this file" },
  { name: "round", value: "N", help: "print N decimal places, rounded half to even" },
  { name: "json", help: "print one JSON object; the sum is a string in it" },
  { name: "quiet", short: "q", help: "nothing on standard error but errors" },
  { name: "progress", value: "WHEN", choices: ["auto", "always", "never"], help: "show progress: auto, always, never" },
  { name: "no-color", help: "no colours" },
  { name: "help", short: "h", help: "this text" },
  { name: "version", short: "V", help: "the version" },
] as const satisfies readonly Option[];

/** The name of an option. */
export type OptionName = typeof OPTIONS[number]["name"];
