import { type Marks, parseNumber } from "./parse_number.ts";

/** How numbers are written elsewhere. */
const OTHER_MARKS: readonly { decimal: string; group: string }[] = [
  { decimal: ".", group: "," },
  { decimal: ".", group: "'" },
  { decimal: ".", group: "_" },
  { decimal: ".", group: " " },
  { decimal: ".", group: "" },
  { decimal: ",", group: "." },
  { decimal: ",", group: "'" },
  { decimal: ",", group: "_" },
  { decimal: ",", group: " " },
  { decimal: ",", group: "" },
];

/** A way to read a line: what is in it, and the options for that. */
interface Reading {
  what: string;
  options: string;
}

/**
 * Says with which options a line would be a number. There may be two: `1,234` is a thousand and more, or one and
 * some, and only who wrote it knows.
 */
export function explainMarks(line: Uint8Array, marks: Marks): string | undefined {
  const readings = new Map<string, Reading>();
  for (const { decimal, group } of OTHER_MARKS) {
    if (!parseNumber(line, 0, line.length, { decimal: codeOf(decimal), group: codeOf(group) })) continue;
    const reading = readingOf(line, decimal, group, marks);
    if (reading.options !== "") readings.set(reading.options, reading);
  }
  if (readings.size === 0) return undefined;
  const join = (key: keyof Reading) => [...new Set([...readings.values()].map((reading) => reading[key]))].join(" or ");
  return `${join("what")}; if these numbers are written so, say ${join("options")}`;
}

function readingOf(line: Uint8Array, decimal: string, group: string, marks: Marks): Reading {
  const hasGroup = group !== "" && line.includes(codeOf(group));
  const hasDecimal = line.includes(codeOf(decimal));
  const isOther = codeOf(decimal) !== marks.decimal && (hasDecimal || codeOf(group) === marks.decimal);
  const isTaken = isOther && codeOf(decimal) === marks.group && !hasGroup;
  const options = [
    isOther ? `--decimal-mark ${decimal}` : "",
    hasGroup ? `--group-mark ${quoteForShell(group)}` : "",
    isTaken ? `without --group-mark ${decimal}` : "",
  ];
  const separator = group === " "
    ? "more than one number on the line or a thousands separator"
    : "a thousands separator";
  return {
    what: hasGroup ? separator : `a decimal ${decimal === "," ? "comma" : "point"}`,
    options: options.filter(Boolean).join(" "),
  };
}

function codeOf(mark: string): number {
  return mark === "" ? -1 : mark.charCodeAt(0);
}

function quoteForShell(mark: string): string {
  return mark === "'" || mark === " " ? `"${mark}"` : mark;
}
