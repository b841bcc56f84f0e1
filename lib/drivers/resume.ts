import type { CheckpointFile } from "../disk/checkpoint_file.ts";
import type { InputFile } from "../disk/input_file.ts";
import { CheckpointRefusedError } from "../pure/errors.ts";
import { describeLineOptions, lineOptionsOf, sameLineOptions } from "../pure/line_options.ts";
import { chooseTrust, partsToCheck, type PartToCheck } from "../pure/prefix_check.ts";
import { initialState, type SavedState, type State } from "../pure/state.ts";
import type { SumOptions } from "./sum_options.ts";

/** Where a run begins, and what must be checked before it may. */
export interface Resume {
  state: State;
  /** What must be read again of the bytes before the state's offset. */
  partsToCheck: readonly PartToCheck[];
  /** What the two keys of the older scripts say of the sum up to an offset. */
  claim: { offset: number; sum: string } | undefined;
}

/**
 * Decides where a run of an input begins.
 *
 * @throws {CheckpointRefusedError} If the checkpoint's state was made with other options or of a longer input.
 */
export function planResume(input: InputFile, checkpoint: CheckpointFile | undefined, options: SumOptions): Resume {
  const anew: Resume = { state: initialState(), partsToCheck: [], claim: undefined };
  if (!checkpoint || options.restart) return anew;
  const saved = checkpoint.get(checkpoint.nameOf(input.path));
  if (!saved) return { ...anew, claim: checkpoint.claim };
  return { ...anew, state: saved.state, partsToCheck: planCheck(input, checkpoint, saved, options) };
}

function planCheck(
  input: InputFile,
  checkpoint: CheckpointFile,
  { state: { offset }, hints, options: then }: SavedState,
  options: SumOptions,
): PartToCheck[] {
  const { path, size = 0 } = input;
  const refuse = (reason: string) => {
    throw new CheckpointRefusedError(checkpoint.path, reason);
  };
  const now = lineOptionsOf(options);
  if (!sameLineOptions(then, now)) {
    refuse(
      `what it has of ${path} was summed with ${describeLineOptions(then)}, and now there are ${
        describeLineOptions(now)
      }`,
    );
  }
  if (size < offset) {
    refuse(`${path} has ${size} bytes, fewer than the ${offset} that were summed; it was cut off or replaced`);
  }
  return partsToCheck(offset, options.verify ? "whole" : chooseTrust(hints, input.hints()));
}
