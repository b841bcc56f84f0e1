import type { PartialInput } from "./partial.ts";
import type { Range } from "./range.ts";
import type { Tiling } from "./range_table.ts";

/** How many places of each kind are named. */
const NAMED = 5;

/** Says what is wrong with ranges that were to cover an input, and what to do; `undefined` if nothing is. */
export function describeFaults({ gaps, overlaps, seams }: Tiling, { name, size }: PartialInput): string | undefined {
  const [gap] = gaps;
  if (gap) {
    const missing = gaps.reduce((bytes, { from, to }) => bytes + to - from, 0);
    return `${missing} of the ${size} bytes of ${name} are missing: ${list(gaps.map(show))}. ` +
      `Sum them, as with --partial --range ${show(gap)}, and merge again`;
  }
  if (overlaps.length > 0) {
    return `some bytes of ${name} were summed more than once, in partials of different ranges: ` +
      `${list(overlaps.map(show))}. Give only the partials of one way to cut it`;
  }
  if (seams.length === 0) return undefined;
  return `the lines around byte ${
    list(seams.map(String))
  } of ${name} do not join: it was changed while its parts were ` +
    "summed. Have all parts summed again";
}

/** Says that there are other lines than expected. */
export function describeLines(lines: number, expected: number): string {
  const difference = lines < expected ? `${expected - lines} missing` : `${lines - expected} too many`;
  return `the partials have ${lines} lines, and ${expected} were expected: ${difference}`;
}

function show({ from, to }: Range): string {
  return `${from}-${to}`;
}

function list(places: readonly string[]): string {
  const more = places.length > NAMED ? ` and ${places.length - NAMED} more` : "";
  return places.slice(0, NAMED).join(", ") + more;
}
