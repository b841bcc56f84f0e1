/** A way to use the program, with an answer that is known without it. */
export interface Scenario {
  name: string;
  flags: readonly string[];
  /** The text of each input. */
  inputs: readonly string[];
  /** The sum, with its line feed. */
  answer: string;
  /** What the file of bad lines must hold in the end, if there is one. */
  rejects?: string;
}

/** The file that bad lines go to, beside the checkpoint. */
export const REJECTS = "rejects.txt";

/** What the scenarios of a sweep have in common. */
export interface Size {
  lines: number;
  /** Bytes between two saves. */
  every: number;
}

/** Coroutines and plain generators over one input each. */
export function bothStyles(size: Size): Scenario[] {
  return [plain("coroutines", [], size), plain("generators", ["--sync"], size)];
}

/** Both styles over two inputs, so that the checkpoint is a list, and with bad lines that are collected. */
export function withRejects(size: Size): Scenario[] {
  return [
    collecting("coroutines, two inputs, rejects", [], size),
    collecting("generators, two inputs, rejects", ["--sync"], size),
  ];
}

function plain(name: string, flags: string[], { lines, every }: Size): Scenario {
  const values = valuesOf(lines);
  return {
    name,
    flags: [...flags, "--every", `${every}B`],
    inputs: [values.join("\n")], // the last line has no line feed, and no checkpoint may contain it
    answer: `${total(values)}\n`,
  };
}

function collecting(name: string, flags: string[], { lines, every }: Size): Scenario {
  const values = valuesOf(lines);
  const halves = [values.slice(0, lines / 2), values.slice(lines / 2)];
  return {
    name,
    flags: [...flags, "--every", `${every}B`, "--on-error", "skip", "--rejects", REJECTS],
    inputs: halves.map((half) => half.map((value, i) => i % 7 === 0 ? `${value}\nx${value}\n` : `${value}\n`).join("")),
    answer: `${total(values)}\n`,
    rejects: halves.flatMap((half) => half.filter((_, i) => i % 7 === 0)).map((value) => `x${value}\n`).join(""),
  };
}

/** Whole numbers of either sign, some beyond what a float can hold. */
function valuesOf(lines: number): bigint[] {
  return Array.from({ length: lines }, (_, i) => {
    const value = BigInt(i) ** (i % 10 === 0 ? 9n : 2n);
    return i % 3 === 0 ? -value : value;
  });
}

function total(values: readonly bigint[]): bigint {
  return values.reduce((sum, value) => sum + value, 0n);
}
