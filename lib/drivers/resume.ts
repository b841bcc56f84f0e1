import type { CheckpointFile } from "../disk/checkpoint_file.ts";
import type { OpenInput } from "../disk/open_input.ts";
import { Claim } from "../pure/claim.ts";
import { CheckpointRefusedError, type Misfit } from "../pure/errors.ts";
import { describeLineOptions, lineOptionsOf, sameLineOptions } from "../pure/line_options.ts";
import { FIRST_LINE_BYTES } from "../pure/parse_number.ts";
import { chooseTrust, partsToCheck, type PartToCheck } from "../pure/prefix_check.ts";
import { initialState, linesOf, type SavedState, type State } from "../pure/state.ts";
import type { StartedRange, SumOptions } from "./sum_options.ts";

/** Where a run begins, and what must be checked before it may. */
export interface Resume {
  state: State;
  /** What must be read again of the bytes before the state's offset. */
  partsToCheck: readonly PartToCheck[];
  /** What the two keys of the older scripts say of the sum up to an offset. */
  claim: Claim | undefined;
}

/**
 * Decides where a run of an input begins.
 *
 * @param range What is summed of it, if not all.
 * @throws {CheckpointRefusedError} If the checkpoint's state or claim was made with other options or of a longer input.
 */
export function planResume(
  input: OpenInput,
  checkpoint: CheckpointFile | undefined,
  options: SumOptions,
  range: StartedRange | undefined,
): Resume {
  const anew: Resume = { state: initialState(range?.start), partsToCheck: [], claim: undefined };
  if (!checkpoint || options.restart) return anew;
  const saved = checkpoint.get(checkpoint.nameOf(input.path));
  if (!saved) return { ...anew, claim: planClaim(input, checkpoint, options) };
  // of nothing, any options make the same
  if (saved.state.offset === anew.state.offset && linesOf(saved.state) === 0) return anew;
  return { ...anew, state: saved.state, partsToCheck: planCheck(input, checkpoint, saved, options, range) };
}

function planClaim(
  { path, size = Infinity }: OpenInput,
  checkpoint: CheckpointFile,
  { range, column }: SumOptions,
): Claim | undefined {
  if (!checkpoint.claim) return undefined;
  const claim = new Claim(checkpoint.claim, checkpoint.path, path);
  if (range) claim.refuse("it says nothing of a range");
  if (column !== undefined) claim.refuse("it says nothing of a column");
  if (size < claim.offset) claim.refuseEnd();
  if (claim.offset === 0) claim.prove("0");
  return claim;
}

function planCheck(
  input: OpenInput,
  checkpoint: CheckpointFile,
  { state: { offset }, hints, options: then }: SavedState,
  options: SumOptions,
  range: StartedRange | undefined,
): PartToCheck[] {
  const { path, packed, size = packed ? Infinity : 0 } = input;
  const refuse = (reason: string, misfit: Misfit) => {
    throw new CheckpointRefusedError(checkpoint.path, reason, misfit);
  };
  const now = lineOptionsOf({ ...options, range });
  if (!sameLineOptions(then, now)) {
    refuse(
      `what it has of ${path} was summed with ${describeLineOptions(then)}, and now there are ${
        describeLineOptions(now)
      }`,
      "unfit",
    );
  }
  if (size < offset) {
    refuse(
      `${path} has ${size} bytes, fewer than the ${offset} that were summed; it was cut off or replaced`,
      "changed",
    );
  }
  const start = range?.start ?? 0;
  if (offset < start) {
    refuse(`the first line of the range now starts at byte ${start} of ${path}, after its offset`, "unfit");
  }
  const parts = partsToCheck(
    offset,
    options.verify || packed ? "whole" : chooseTrust(hints, input.hints()),
    start,
  );
  if (options.column === undefined) return parts;
  const hasFirst = parts[0]?.from === 0 && parts[0].to === offset;
  return hasFirst ? parts : [{ from: 0, to: Math.min(offset, FIRST_LINE_BYTES), keys: [] }, ...parts];
}
