/** An option of the command line. Help, parser, suggestions, completions and the man page all come from this table. */
export interface Option {
  /** Without its two dashes. */
  name: string;
  /** One letter, without its dash. */
  short?: string;
  /** What its value is called; an option without one is a switch. */
  value?: string;
  /** Whether it may be given several times. */
  isList?: boolean;
  /** The only values that it takes. */
  choices?: readonly string[];
  /** Under which heading it stands. */
  group: OptionGroup;
  /** What it does, for the help. */
  help: string;
}

/** The headings of the help, in order. */
export const OPTION_GROUPS = ["Inputs", "Numbers", "Answer", "Checkpoint", "Parts", "Speed", "Messages"] as const;

/** A heading of the help. */
export type OptionGroup = typeof OPTION_GROUPS[number];

/** All options; those of a group in the order of the help. */
export const OPTIONS = [
  { group: "Inputs", name: "follow", help: "keep reading what is appended, and print each new sum, until Ctrl+C" },
  {
    group: "Inputs",
    name: "rotated",
    value: "ACTION",
    choices: ["fail", "restart"],
    help: "an input that is no longer what was summed: fail [default], or restart: begin that one anew and say so",
  },
  {
    group: "Inputs",
    name: "column",
    value: "N|NAME",
    help: "sum a column of a table (CSV): its number from 1, or its name in the first row",
  },
  { group: "Inputs", name: "delimiter", value: "CHAR", help: "what stands between the columns, or tab [,]" },
  { group: "Inputs", name: "header", help: "with --column N: the first row has names, not numbers" },
  {
    group: "Inputs",
    name: "na",
    value: "TEXT",
    isList: true,
    help: "with --column: what stands for a missing value, as NA or NA,- (empty fields always do)",
  },
  {
    group: "Numbers",
    name: "decimal-mark",
    value: "MARK",
    choices: [".", ","],
    help: "what stands before the decimals, . or ,",
  },
  {
    group: "Numbers",
    name: "group-mark",
    value: "MARK",
    choices: [".", ",", "'", " ", "_"],
    help: "what stands between groups of three digits: . , ' _ or a space",
  },
  {
    group: "Numbers",
    name: "on-error",
    value: "ACTION",
    choices: ["fail", "skip"],
    help: "at a bad line: fail [default], or skip it",
  },
  {
    group: "Numbers",
    name: "rejects",
    value: "PATH",
    help: "with --on-error skip: collect the bad lines in this file",
  },
  { group: "Answer", name: "each", help: "before the total, a line SUM<TAB>FILE for each input" },
  {
    group: "Answer",
    name: "json",
    help: "print one JSON object; the sum is a string in it, and what is on standard error is a JSON object a line",
  },
  { group: "Answer", name: "round", value: "N", help: "print N decimal places, rounded half to even" },
  {
    group: "Answer",
    name: "stats",
    help: "also count, min, max, mean, sum of squares and standard deviations, from exact sums; from the first run on",
  },
  { group: "Answer", name: "histogram", help: "with the statistics, draw how the numbers are distributed" },
  { group: "Answer", name: "ascii", help: "draw with ASCII characters only" },
  {
    group: "Checkpoint",
    name: "checkpoint",
    value: "PATH",
    help: "where the state is kept [checkpoint.json in the current folder]",
  },
  { group: "Checkpoint", name: "no-checkpoint", help: "neither read nor write one" },
  { group: "Checkpoint", name: "restart", help: "begin the named inputs anew" },
  {
    group: "Checkpoint",
    name: "every",
    value: "AMOUNT",
    help: "how often to save, as 64MB or 500ms [after 1 s or 100 times what a save costs, whichever is longer]",
  },
  { group: "Checkpoint", name: "verify", help: "on resume, check every byte before the offset" },
  {
    group: "Checkpoint",
    name: "status",
    help: "say what the checkpoint holds and whether it would be accepted now; sums nothing",
  },
  {
    group: "Parts",
    name: "shard",
    value: "K/N",
    help: "sum only the lines that begin in the K-th of N parts of the file, which are of the same size",
  },
  {
    group: "Parts",
    name: "range",
    value: "FROM-TO",
    help: "sum only the lines whose first byte is FROM or later and before TO; 1000- is to the end",
  },
  { group: "Parts", name: "partial", help: "print what the part comes to as a line of JSON, for --merge" },
  {
    group: "Parts",
    name: "merge",
    help: "add up what --partial printed, in FILEs or on standard input, if nothing is missing",
  },
  {
    group: "Parts",
    name: "expect-lines",
    value: "N",
    help: "with --merge: fail unless there are N lines, blank and bad ones too",
  },
  { group: "Speed", name: "sync", help: "plain generators instead of coroutines; the same result and checkpoint" },
  {
    group: "Speed",
    name: "workers",
    value: "N",
    help: "at most so many threads that parse; 1 is the plain path [by the file's size]",
  },
  { group: "Messages", name: "quiet", short: "q", help: "nothing on standard error but errors" },
  {
    group: "Messages",
    name: "progress",
    value: "WHEN",
    choices: ["auto", "always", "never"],
    help: "show progress: auto is on a terminal; always is elsewhere too, a line every few seconds; never",
  },
  { group: "Messages", name: "no-color", help: "no colours, as where NO_COLOR is set" },
  { group: "Messages", name: "help", short: "h", help: "this text" },
  { group: "Messages", name: "version", short: "V", help: "the version" },
  {
    group: "Messages",
    name: "completions",
    value: "SHELL",
    choices: ["bash", "zsh", "fish"],
    help: "print what makes a shell complete these options: bash, zsh or fish",
  },
  { group: "Messages", name: "man", help: "print the manual page: numsum --man | man -l -" },
] as const satisfies readonly Option[];

/** The name of an option. */
export type OptionName = typeof OPTIONS[number]["name"];
