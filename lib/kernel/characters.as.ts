// @ts-nocheck -- this is AssemblyScript, with types and functions that Deno does not know
// deno-lint-ignore-file
// deno-fmt-ignore-file -- the formatter drops the decorators

/** Characters that the kernel knows, and how it recognises digits. */

export const TAB: u32 = 9;
export const LF: u32 = 10;
export const CR: u32 = 13;
export const SPACE: u32 = 32;
export const PLUS: u32 = 43;
export const MINUS: u32 = 45;
export const ZERO: u32 = 48;
export const LOWER_E: u32 = 101;
