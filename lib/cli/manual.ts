/** What the help and the manual page both say beside the options. */

/** What the program is for, in one sentence. */
export const PURPOSE =
  "numsum adds up the numbers in a file, one a line, exactly, and continues where it was after any interruption.";

/** A command line, and what it does. */
export interface Example {
  command: string;
  does: string;
}

/** What people come for, the most common first. */
export const EXAMPLES: readonly Example[] = [
  { command: "numsum prices.txt", does: "the sum; stop it with Ctrl+C, run it again: it continues" },
  { command: "numsum logs/*.txt", does: "one total; next time only what is new is read" },
  {
    command: "numsum --each --rotated restart logs/*.txt",
    does: "every night: a line for each file, rotated ones too",
  },
  { command: "seq 10 | numsum -", does: "standard input; it cannot be read again, so it has no checkpoint" },
  { command: "numsum --column price sales.csv.gz", does: "a column of a table; gzip and zstd are unpacked" },
  { command: "numsum --decimal-mark , --group-mark . umsatz.txt", does: "numbers as 1.234,50" },
  { command: "numsum --on-error skip --rejects bad.txt data.txt", does: "pass over bad lines and collect them" },
  { command: "numsum --histogram prices.txt", does: "mean, deviation and more, and a drawing" },
  { command: "numsum --follow sales.log", does: "a new sum whenever something is appended" },
  { command: "numsum --json prices.txt | jq -r .sum", does: "for programs" },
  { command: "numsum --status prices.txt", does: "what the checkpoint holds, and how much is left" },
  { command: "numsum --restart prices.txt", does: "begin anew" },
];

/** How the program ends, and when. */
export const EXIT_STATUS: readonly { code: string; when: string }[] = [
  { code: "0", when: "the sum of the whole input was printed" },
  { code: "1", when: "a bad line, and what is before it is saved; or --merge misses a part" },
  { code: "2", when: "wrong usage" },
  { code: "3", when: "the checkpoint was refused and kept, or a followed file was rotated" },
  { code: "4", when: "reading or writing failed" },
  { code: "5", when: "another run is using the checkpoint" },
  { code: "130, 143, 129", when: "stopped by SIGINT, SIGTERM, SIGHUP; the state was saved" },
  { code: "141", when: "standard output was closed" },
];
