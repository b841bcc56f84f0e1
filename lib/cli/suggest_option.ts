// @ts-types="../../types/closest_string.d.ts"
import { closestString } from "@std/text/closest-string";
// @ts-types="../../types/levenshtein_distance.d.ts"
import { levenshteinDistance } from "@std/text/levenshtein-distance";

/** How many letters of a name make one wrong letter likely to be a slip. */
const LETTERS_FOR_A_SLIP = 3;

/** The name that somebody most likely meant, if one is close: a few letters off, or begun but not ended. */
export function suggestOption(name: string, names: readonly string[]): string | undefined {
  const begun = names.filter((candidate) => candidate.startsWith(name));
  if (begun.length === 1 && name.length >= LETTERS_FOR_A_SLIP) return begun[0];
  const closest = closestString(name, names);
  const slips = levenshteinDistance(name.toLowerCase(), closest);
  return slips <= Math.floor(name.length / LETTERS_FOR_A_SLIP) ? closest : undefined;
}
