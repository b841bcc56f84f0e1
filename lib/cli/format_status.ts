import type { State } from "../pure/state.ts";
import { linesOf } from "../pure/state.ts";
import { formatShare } from "./format_progress.ts";
import type { Unit } from "./messages.ts";

/** What a checkpoint has of one input. */
export interface InputStatus {
  file: string;
  /** In bytes; `undefined` where only unpacking it would tell. */
  size: number | undefined;
  /** `undefined` if it has nothing of this input. */
  state: Pick<State, "offset" | "sum" | "count" | "blank" | "skipped"> | undefined;
  /** What was counted. */
  unit: Unit;
  /** Why it would be refused, or `undefined` if it would not. */
  refused: string | undefined;
  /** Whether a run would begin it anew in place of refusing it. */
  anew: boolean;
}

/** What a checkpoint holds. */
export interface CheckpointStatus {
  /** The checkpoint's path. */
  checkpoint: string;
  /** Whether it has just the two keys of the older scripts. */
  isClaim: boolean;
  /** The named inputs. */
  inputs: readonly InputStatus[];
  /** The names of all others that it has a state of. */
  others: readonly string[];
}

/** Whether a run would begin now. */
export function isAccepted({ refused, anew }: InputStatus): boolean {
  return refused === undefined || anew;
}

/** How many bytes a run would add up; `undefined` if that is not known before it is unpacked, or it would refuse. */
function leftOf(input: InputStatus): number | undefined {
  const { size, state, anew } = input;
  if (size === undefined || !isAccepted(input)) return undefined;
  return anew ? size : Math.max(0, size - (state?.offset ?? 0));
}

/** What a checkpoint holds, in words. */
export function formatStatus(status: CheckpointStatus): string {
  const { checkpoint, inputs, others } = status;
  const lines = inputs.flatMap((input) => describeInput(input, status));
  if (inputs.length > 1) {
    const known = inputs.filter(({ state }) => state);
    const left = inputs.reduce((sum, input) => sum + (leftOf(input) ?? 0), 0);
    const refused = inputs.filter((input) => !isAccepted(input)).length;
    const but = refused === 0 ? "" : `, of which ${refused} would be refused`;
    lines.push(`${known.length} of ${inputs.length} inputs are in ${checkpoint}${but}; ${left} bytes are left`);
  }
  if (others.length > 0) lines.push(`${checkpoint} also holds: ${others.join(", ")}`);
  return lines.join("\n") + "\n";
}

function describeInput(input: InputStatus, { checkpoint, isClaim }: CheckpointStatus): string[] {
  const { file, size, state, unit, refused, anew } = input;
  if (!state) {
    const all = size === undefined ? "what it unpacks to" : `${size} bytes`;
    return [`${file}: nothing in ${checkpoint}; a run would begin at the start of ${all}`];
  }
  const { offset, sum, count, blank, skipped } = state;
  const left = leftOf(input);
  const verdict = refused === undefined
    ? "a run would continue here"
    : anew
    ? `a run would begin this anew: ${refused}`
    : `a run would refuse this: ${refused}`;
  return [
    size === undefined
      ? `${file}: ${offset} bytes of what it unpacks to, in ${checkpoint}`
      : offset > size
      ? `${file}: ${offset} bytes in ${checkpoint}, and the file has ${size}`
      : `${file}: ${offset} of ${size} bytes (${formatShare(offset, size)}) in ${checkpoint}`,
    isClaim
      ? "  written by another program: a run would add up these bytes to check the sum"
      : `  ${unit} ${linesOf(state)}: ${count} numbers, ${blank} blank, ${skipped} skipped`,
    `  sum so far: ${sum}`,
    ...isAccepted(input) ? [`  left: ${left === undefined ? "not known before it is unpacked" : `${left} bytes`}`] : [],
    `  ${verdict}`,
  ];
}

/** What a checkpoint holds, as one JSON object. */
export function statusToJson({ checkpoint, inputs, others }: CheckpointStatus): string {
  const described = inputs.map((input) => {
    const { file, size = null, state, refused } = input;
    return {
      file,
      size,
      left: leftOf(input) ?? null,
      accepted: isAccepted(input),
      reason: refused,
      ...state && toJson(state),
    };
  });
  return `${JSON.stringify({ checkpoint, accepted: inputs.every(isAccepted), inputs: described, others })}\n`;
}

function toJson(state: NonNullable<InputStatus["state"]>): Record<string, unknown> {
  const { offset, sum, count, blank, skipped } = state;
  return { offset, sum, count, blank, skipped, line: linesOf(state) };
}
