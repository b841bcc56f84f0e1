/** A part of a file, in bytes from its start. */
export interface Range {
  /** The first byte. */
  from: number;
  /** Just after the last byte. */
  to: number;
}
