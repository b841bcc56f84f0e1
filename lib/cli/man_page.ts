import { EXAMPLES, EXIT_STATUS, PURPOSE } from "./manual.ts";
import { type Option, OPTION_GROUPS, OPTIONS } from "./options.ts";

const options: readonly Option[] = OPTIONS;

/** The manual page, as roff for `man`. */
export function manPage(version: string): string {
  return `.TH NUMSUM 1 "" "numsum ${escape(version)}" "User Commands"
.SH NAME
numsum \\- add up a file of numbers exactly, and continue after interruption
.SH SYNOPSIS
.B numsum
.RI [ OPTIONS ]
.RI [ FILE .\\|.\\|.]
.SH DESCRIPTION
${escape(PURPOSE)}
.PP
FILE is numbers.txt unless given; \\- is standard input.
.SH EXAMPLES
${EXAMPLES.map(({ command, does }) => `.TP\n.B "${quoted(command)}"\n${escape(does)}`).join("\n")}
.SH OPTIONS
${OPTION_GROUPS.map((group) => `.SS ${group}\n${entriesOf(group)}`).join("\n")}
.SH EXIT STATUS
${EXIT_STATUS.map(({ code, when }) => `.TP\n.B "${quoted(code)}"\n${escape(when)}`).join("\n")}
.SH FILES
.TP
.B checkpoint.json
The state, in the current folder unless
.B \\-\\-checkpoint
names another: a JSON object with the offset, the sum so far and what proves that the input is still the same.
.TP
.B checkpoint.json.lock
Held by the run that uses the checkpoint; it is empty and stays.
`;
}

function entriesOf(group: Option["group"]): string {
  return options.filter((option) => option.group === group).map((option) => {
    const { name, short, value, help } = option;
    const flags = [...short ? [`-${short}`] : [], `--${name}`].map((flag) => `\\fB${escape(flag)}\\fR`).join(", ");
    return `.TP\n${flags}${value ? ` \\fI${escape(value)}\\fR` : ""}\n${escape(help)}`;
  }).join("\n");
}

/** Text as roff reads it: no character of it is a request or an escape. */
function escape(text: string): string {
  return text.replaceAll("\\", "\\e").replaceAll("-", "\\-").replace(/^[.']/gm, "\\&$&");
}

/** {@linkcode escape} for an argument in double quotes. */
function quoted(text: string): string {
  return escape(text).replaceAll('"', '""');
}
