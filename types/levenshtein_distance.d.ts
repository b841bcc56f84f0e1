/** What is used of `@std/text/levenshtein-distance`, whose npm build has no types. */
export function levenshteinDistance(a: string, b: string): number;
