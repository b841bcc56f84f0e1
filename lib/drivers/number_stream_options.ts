import type { NumberFormat } from "../pure/line_options.ts";

/** How numbers are read one at a time. */
export interface NumberStreamOptions extends NumberFormat {
  /** Bytes that one read asks for. @default {64 KiB} */
  blockBytes?: number | undefined;
}

/** Bytes that one read asks for. */
export const NUMBER_BLOCK_BYTES = 64 * 1024;
