import { CheckpointFile } from "../disk/checkpoint_file.ts";
import { type OpenInput, openInput } from "../disk/open_input.ts";
import { checkPrefix } from "../disk/read_blocks.ts";
import * as ranges from "../drivers/ranges.ts";
import { Run } from "../drivers/run.ts";
import type { SumOptions } from "../drivers/sum_options.ts";
import { CheckpointRefusedError } from "../pure/errors.ts";
import { rangeOf } from "../pure/shard.ts";
import { formatStatus, type InputStatus, isAccepted, statusToJson } from "./format_status.ts";
import { unitOf } from "./messages.ts";
import { lookAtInputs, refuseClaim } from "./open_inputs.ts";
import { type SumCommand, UsageError } from "./command.ts";

const LF = 10;

/** What `--status` prints, and whether a run would begin now. */
export interface Status {
  text: string;
  accepted: boolean;
}

/**
 * Says what the checkpoint holds of the named inputs, and whether it would be accepted now. It makes the same checks
 * as a run, but takes no lock, writes nothing and sums nothing.
 */
export async function describeStatus(command: SumCommand): Promise<Status> {
  const { checkpoint: path, files } = command;
  if (path === undefined) throw new UsageError("--status tells of a checkpoint, and --no-checkpoint wants none");
  const stream = lookAtInputs(files).find(({ isStream }) => isStream);
  if (stream) throw new UsageError(`--status: ${stream.file} has no checkpoint, since it cannot be read again`);
  if (command.restart) {
    throw new UsageError("--status tells what a run would continue, and --restart continues nothing");
  }
  const checkpoint = CheckpointFile.peek(path);
  const makeStats = command.stats ? (await import("../pure/statistics.ts")).makeStatistics : undefined;
  const inputs: InputStatus[] = [];
  for (const file of files) {
    inputs.push(await inspect(file, files.length, checkpoint, { ...command, makeStats, rejects: undefined }));
  }
  const named = files.map((file) => checkpoint.nameOf(file));
  const others = checkpoint.states.map(({ file }) => file).filter((file) => !named.includes(file));
  const status = { checkpoint: path, isClaim: checkpoint.claim !== undefined, inputs, others };
  return {
    text: command.json ? statusToJson(status) : formatStatus(status),
    accepted: inputs.every(isAccepted),
  };
}

async function inspect(
  file: string,
  files: number,
  checkpoint: CheckpointFile,
  options: SumOptions & Pick<SumCommand, "restartRotated">,
): Promise<InputStatus> {
  using input = await openInput(file);
  const { claim } = checkpoint;
  const saved = checkpoint.get(checkpoint.nameOf(file));
  const state = claim ? { offset: claim.offset, sum: claim.sum, count: 0, blank: 0, skipped: 0 } : saved?.state;
  const size = input.packed ? undefined : endOf(input, state?.offset ?? 0, options);
  const found = { file, size, state, unit: unitOf(saved?.options ?? {}) };
  try {
    if (claim && files > 1) throw refuseClaim(checkpoint.path, files);
    await check(input, checkpoint, options);
    if (claim && !isAfterLine(input, claim.offset)) {
      return { ...found, refused: "its offset is inside a line", anew: false };
    }
    return { ...found, refused: undefined, anew: false };
  } catch (error) {
    if (!(error instanceof CheckpointRefusedError)) throw error;
    return { ...found, refused: error.reason, anew: error.misfit === "changed" && options.restartRotated };
  }
}

/** Whether a line feed comes before an offset; of what is compressed that is not looked at. */
function isAfterLine(input: OpenInput, offset: number): boolean {
  if (offset === 0 || input.size === undefined) return true;
  const before = new Uint8Array(1);
  input.seekSync(offset - 1);
  return input.readSync(before) === 1 && before[0] === LF;
}

/** Where a run would end, which is where the last line of a range does. */
function endOf({ path, size = 0 }: OpenInput, offset: number, { range }: SumOptions): number {
  return range ? Math.max(offset, rangeOf(range, path, size).to) : size;
}

/** Makes the checks that a run makes before it adds anything. */
async function check(input: OpenInput, checkpoint: CheckpointFile, options: SumOptions): Promise<void> {
  const run = new Run(input, checkpoint, options, { ranges });
  try {
    await Array.fromAsync(checkPrefix(run.check, input, run.buffer));
  } finally {
    run.close();
  }
}
