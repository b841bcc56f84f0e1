import { CheckpointFile } from "../disk/checkpoint_file.ts";
import { InputFile } from "../disk/input_file.ts";
import { readRange } from "../disk/read_blocks.ts";
import { Run } from "../drivers/run.ts";
import { CheckpointRefusedError } from "../pure/errors.ts";
import { linesOf, type State } from "../pure/state.ts";
import { formatShare } from "./format_progress.ts";
import { comesOnce, type SumCommand, UsageError } from "./parse_options.ts";

/** What `--status` prints, and whether a run would begin now. */
export interface Status {
  text: string;
  accepted: boolean;
}

/** What a checkpoint has of one input. */
interface InputStatus {
  file: string;
  /** In bytes. */
  size: number;
  /** `undefined` if it has nothing of this input. */
  state: Pick<State, "offset" | "sum" | "count" | "blank" | "skipped"> | undefined;
  /** Why it would be refused, or `undefined` if it would not. */
  refused: string | undefined;
}

/**
 * Says what the checkpoint holds of the named inputs, and whether it would be accepted now. It makes the same checks
 * as a run, but takes no lock, writes nothing and sums nothing.
 */
export async function describeStatus(command: SumCommand): Promise<Status> {
  const { checkpoint: path, files } = command;
  if (path === undefined) throw new UsageError("--status tells of a checkpoint, and --no-checkpoint wants none");
  if (files.some(comesOnce)) throw new UsageError("--status: standard input has no checkpoint");
  const checkpoint = CheckpointFile.peek(path);
  const inputs: InputStatus[] = [];
  for (const file of files) inputs.push(await inspect(file, checkpoint, command));
  const named = files.map((file) => checkpoint.nameOf(file));
  const others = checkpoint.states.map(({ file }) => file).filter((file) => !named.includes(file));
  return {
    text: command.json ? toJson(path, inputs, others) : inWords(path, checkpoint, inputs, others),
    accepted: inputs.every(({ refused }) => refused === undefined),
  };
}

async function inspect(file: string, checkpoint: CheckpointFile, command: SumCommand): Promise<InputStatus> {
  using input = await InputFile.open(file);
  const { claim } = checkpoint;
  const state = claim
    ? { offset: claim.offset, sum: claim.sum, count: 0, blank: 0, skipped: 0 }
    : checkpoint.get(checkpoint.nameOf(file))?.state;
  const found = { file, size: input.size ?? 0, state };
  try {
    const run = new Run(input, checkpoint, { ...command, rejects: undefined });
    try {
      for (const part of run.partsToCheck) {
        run.beginPart();
        for await (const bytes of readRange(input, part, run.buffer)) run.checkBytes(bytes);
        run.endPart(part);
      }
    } finally {
      run.close();
    }
    return { ...found, refused: undefined };
  } catch (error) {
    if (!(error instanceof CheckpointRefusedError)) throw error;
    return { ...found, refused: error.reason };
  }
}

function inWords(path: string, checkpoint: CheckpointFile, inputs: InputStatus[], others: string[]): string {
  const lines = inputs.flatMap(({ file, size, state, refused }) => {
    if (!state) return [`${file}: nothing in ${path}; a run would begin at the start of ${size} bytes`];
    const { offset, sum, count, blank, skipped } = state;
    const verdict = refused === undefined ? "a run would continue here" : `a run would refuse this: ${refused}`;
    const counts = checkpoint.claim
      ? "written by another program: a run would add up these bytes to check the sum"
      : `line ${linesOf(state)}: ${count} numbers, ${blank} blank, ${skipped} skipped`;
    return [
      `${file}: ${offset} of ${size} bytes (${formatShare(offset, size)}) in ${path}`,
      `  ${counts}`,
      `  sum so far: ${sum}`,
      `  left: ${Math.max(0, size - offset)} bytes`,
      `  ${verdict}`,
    ];
  });
  if (others.length > 0) lines.push(`${path} also holds: ${others.join(", ")}`);
  return lines.join("\n") + "\n";
}

function toJson(path: string, inputs: InputStatus[], others: string[]): string {
  const described = inputs.map(({ file, size, state, refused }) => ({
    file,
    size,
    accepted: refused === undefined,
    ...(refused === undefined ? {} : { reason: refused }),
    ...(state ? { ...state, left: Math.max(0, size - state.offset) } : {}),
  }));
  return JSON.stringify({ checkpoint: path, inputs: described, others }) + "\n";
}
