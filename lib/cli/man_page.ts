/** The manual page, as roff for `man`. */
export function manPage(_version: string): string {
  return "";
}
