import { EXAMPLES, EXIT_STATUS, PURPOSE } from "./manual.ts";
import { type Option, OPTION_GROUPS, OPTIONS } from "./options.ts";

/** Columns that the help fits into. */
const WIDTH = 80;
/** Where the descriptions of options begin. */
const OPTION_INDENT = 24;
/** Where it is said what an example does. */
const EXAMPLE_INDENT = 31;
/** Where it is said when an exit status is met. */
const STATUS_INDENT = 17;

const options: readonly Option[] = OPTIONS;

/** The text of `--help`: examples first. */
export function helpText(): string {
  return `${wrap(PURPOSE, WIDTH).join("\n")}

Examples:
${EXAMPLES.map(({ command, does }) => row(command, does, EXAMPLE_INDENT)).join("\n")}

Usage: numsum [OPTIONS] [FILE...]
  FILE is numbers.txt unless given; - is standard input.
${OPTION_GROUPS.map(describeGroup).join("")}
Exit status:
${EXIT_STATUS.map(({ code, when }) => row(code, when, STATUS_INDENT)).join("\n")}
`;
}

function describeGroup(group: Option["group"]): string {
  const rows = options.filter((option) => option.group === group).map((option) => {
    const { name, short, value, help } = option;
    return row(`${short ? `-${short}, ` : ""}--${name}${value ? ` ${value}` : ""}`, help, OPTION_INDENT);
  });
  return `\n${group}:\n${rows.join("\n")}\n`;
}

/** Something and what it means, the second in a column of its own. */
function row(term: string, meaning: string, indent: number): string {
  const lines = wrap(meaning, WIDTH - indent);
  const first = term.length + 4 > indent ? [`  ${term}`] : [`  ${term}`.padEnd(indent) + lines.shift()];
  return [...first, ...lines.map((line) => " ".repeat(indent) + line)].join("\n");
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
