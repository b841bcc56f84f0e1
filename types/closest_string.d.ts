/** What is used of `@std/text/closest-string`, whose npm build has no types. */
export function closestString(word: string, candidates: readonly string[]): string;
