import { type Followed, followFile, type FollowOptions } from "../drivers/follow_file.ts";
import { CheckpointRefusedError } from "../pure/errors.ts";
import { roundHalfEven } from "../pure/round_half_even.ts";
import { Display } from "./display.ts";
import { describeRotated } from "./messages.ts";
import { forgetThem, lookAtInputs, openCheckpoint, openRejects } from "./open_inputs.ts";
import { type SumCommand, UsageError } from "./command.ts";
import { type StopSignal, watchSignals } from "./signals.ts";
import { print } from "./terminal.ts";

/** Sums the one input and what is appended to it, and prints each new sum, until a signal comes. */
export async function followInput(command: SumCommand): Promise<{ stoppedBy: StopSignal }> {
  const inputs = lookAtInputs(command.files);
  const [input] = inputs;
  if (input!.isStream) throw new UsageError(`--follow: ${input!.file} is not a file that something is appended to`);
  using checkpoint = await openCheckpoint(command, inputs);
  using rejects = await openRejects(command, inputs, checkpoint);
  if (command.restart) forgetThem(inputs, checkpoint);
  using signals = watchSignals();
  using show = await Display.open(command, [{ size: input!.size, start: 0 }]);
  const controller = new AbortController();
  signals.arrived.then(() => controller.abort());
  const options: FollowOptions = {
    ...command,
    checkpoint,
    rejects,
    signal: controller.signal,
    onSkip: command.skip ? (line) => show.skipped(line) : undefined,
    onSave: (offset) => show.saved(offset),
    onWarning: (warning) => show.warning(warning),
  };
  try {
    await printSums(followFile(input!.file, options), command, show);
  } catch (error) {
    const isRotated = error instanceof CheckpointRefusedError && error.misfit === "changed";
    if (!isRotated || !command.restartRotated) throw error;
    show.note(describeRotated(input!.file, error.reason));
    await printSums(followFile(input!.file, { ...options, restart: true }), command, show);
  }
  show.stopped(signals.signal!);
  return { stoppedBy: signals.signal! };
}

async function printSums(run: AsyncGenerator<Followed, void>, command: SumCommand, show: Display): Promise<void> {
  let printed: string | undefined;
  for await (const followed of run) {
    show.progress(followed);
    if (followed.sum === undefined || followed.sum === printed) continue;
    printed = followed.sum;
    show.clear();
    print(formatFollowed(command, followed, printed));
  }
}

/** Writes a sum as a line: the number, or one JSON object. */
export function formatFollowed(
  { json, round }: Pick<SumCommand, "json" | "round">,
  { file, count, blank, skipped, offset }: Omit<Followed, "sum">,
  sum: string,
): string {
  const digits = round === undefined ? sum : roundHalfEven(sum, round);
  return `${json ? JSON.stringify({ sum: digits, count, blank, skipped, file, offset }) : digits}\n`;
}
