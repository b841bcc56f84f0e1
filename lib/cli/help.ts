import { type Option, OPTIONS } from "./options.ts";

/** Columns that the help fits into. */
const WIDTH = 80;
/** Where the descriptions of options begin. */
const INDENT = 24;

/** The text of `--help`: examples first. */
export function helpText(): string {
  return `numsum adds up the numbers in a file, one a line, exactly, and continues where it
was after any interruption.

Examples:
  numsum prices.txt            the sum of all lines; Ctrl+C, then again: it continues
  numsum logs/*.txt            one total; next time only what is new is read
  seq 10 | numsum -            standard input
  numsum --decimal-mark , --group-mark . umsatz.txt
                               numbers as 1.234,50
  numsum --on-error skip --rejects bad.txt data.txt
                               pass over bad lines and collect them
  numsum --status prices.txt   what the checkpoint holds
  numsum --restart prices.txt  begin anew

Usage: numsum [OPTIONS] [FILE...]
  FILE is numbers.txt unless given; - is standard input, which has no checkpoint.

Options:
${OPTIONS.map(describe).join("\n")}

Exit status: 0 sum printed; 1 bad line; 2 wrong usage; 3 checkpoint refused;
  4 reading or writing failed; 5 checkpoint in use; 130, 143, 129 stopped by a
  signal, state saved; 141 standard output closed.
`;
}

function describe({ name, short, value, help }: Option): string {
  const flags = `  ${short ? `-${short}, ` : ""}--${name}${value ? ` ${value}` : ""}`;
  const lines = wrap(help, WIDTH - INDENT);
  const first = flags.length + 2 > INDENT ? [flags] : [flags.padEnd(INDENT) + lines.shift()];
  return [...first, ...lines.map((line) => " ".repeat(INDENT) + line)].join("\n");
}

/** Breaks text between words into lines of at most `width` characters. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}
