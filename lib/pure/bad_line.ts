import { BadLineError, type Place } from "./errors.ts";
import { explainFirstLine } from "./explain_first_line.ts";
import type { RecordExplainer } from "./explain_record.ts";
import { explainLine } from "./explain_line.ts";
import { type Marks, withoutCr } from "./parse_number.ts";
import { quote } from "./quote.ts";

/** A line that is no number, as it was met. */
export interface BadLine extends Omit<Place, "column"> {
  /** Without its line feed; of a line beyond the limit, its beginning. Lent: copy what is to be kept. */
  bytes: Uint8Array;
  /** How numbers would have been written. */
  marks: Marks;
  /** Where a column is summed, what reads it. */
  column?: RecordExplainer | undefined;
}

/** Says what is wrong with a bad line. */
export function badLineError({ file, line, offset, countedFrom, bytes, marks, column }: BadLine): BadLineError {
  if (column) {
    const { column: name, reason, text } = column.explain(bytes, marks, line === 1);
    return new BadLineError({ file, line, offset, countedFrom, column: name }, quote(text), reason);
  }
  const first = line === 1 && offset <= 3 ? explainFirstLine(bytes) : undefined;
  return new BadLineError(
    { file, line, offset, countedFrom },
    quote(bytes.subarray(0, withoutCr(bytes, 0, bytes.length))),
    first?.reason ?? explainLine(bytes, marks),
    first?.isOtherFile,
  );
}
