import type { CheckpointFile } from "../disk/checkpoint_file.ts";
import { absolute } from "../disk/paths.ts";
import { loadExtras } from "../drivers/extras.ts";
import { sumFile } from "../drivers/sum_file.ts";
import type { SumOptions, SumResult } from "../drivers/sum_options.ts";
import { CheckpointRefusedError } from "../pure/errors.ts";
import { Display } from "./display.ts";
import { drive, type SumRun } from "./drive.ts";
import { formatAnswer } from "./format_answer.ts";
import { describeRotated, describeTwice } from "./messages.ts";
import { forgetThem, type Input, lookAtInputs, openCheckpoint, openRejects, requirePlain } from "./open_inputs.ts";
import type { Plan } from "./format_progress.ts";
import type { SumCommand } from "./command.ts";
import { type SignalWatch, type StopSignal, watchSignals } from "./signals.ts";
import { speaksUnicode } from "./terminal.ts";

/** Between two saves where many inputs share them, in milliseconds. */
const SHARED_SAVE_MS = 1000;

/** How summing ended: with an answer, or by a signal, and everything is saved. */
export type Outcome = { stoppedBy: StopSignal } | { stoppedBy?: undefined; answer: string; summary: string };

/** Sums the inputs of a command line one after the other, with one checkpoint between them. */
export async function sumInputs(command: SumCommand): Promise<Outcome> {
  const inputs = lookAtInputs(command.files);
  if (command.sync) requirePlain(inputs);
  const checkpoint = await openCheckpoint(command, inputs);
  try {
    using rejects = await openRejects(command, inputs, checkpoint);
    using signals = watchSignals();
    if (command.restart) forgetThem(inputs, checkpoint);
    const plans = inputs.map((input) => planOf(input, checkpoint));
    using show = await Display.open(command, plans);
    noteTwice(command.files, show);
    const results = await sumAll(inputs, command, checkpoint, signals, show, {
      ...command,
      onSkip: command.skip ? (line) => show.skipped(line) : undefined,
      onSave: (offset) => show.saved(offset),
      onWarning: (warning) => show.warning(warning),
      rejects,
      checkpoint,
      makeStats: command.stats ? (await import("../pure/statistics.ts")).makeStatistics : undefined,
    });
    if (results) rejects?.requireDurable();
    if (results) return { answer: await answerOf(command, results), summary: show.summary(rejects) };
    show.stopped(signals.signal!);
    return { stoppedBy: signals.signal! };
  } finally {
    checkpoint?.[Symbol.dispose]();
  }
}

async function answerOf(command: SumCommand, results: readonly SumResult[]): Promise<string> {
  if (command.stats) {
    const { formatStatistics } = await import("./format_statistics.ts");
    return await formatStatistics({ ...command, ascii: command.ascii || !speaksUnicode() }, results);
  }
  if (!command.partial) return await formatAnswer(command, results);
  const { formatPartial } = await import("./format_partial.ts");
  return formatPartial(command, results[0]!);
}

/** Sums one input after the other, unless a signal comes. What was summed of them is saved, however it ends. */
async function sumAll(
  inputs: readonly Input[],
  command: SumCommand,
  checkpoint: CheckpointFile | undefined,
  signals: SignalWatch,
  show: Display,
  options: SumOptions,
): Promise<SumResult[] | undefined> {
  const results: SumResult[] = [];
  const first = inputs.findIndex(({ isStream }) => !isStream);
  let saved = performance.now();
  try {
    for (const [i, input] of inputs.entries()) {
      const result = await sumInput(input, command, signals, show, {
        ...options,
        checkpoint: input.isStream ? undefined : checkpoint,
        // the first that has a state finds out whether anything can be saved at all
        shareSaves: i > first,
      });
      if (!result) return undefined;
      show.finished(result);
      results.push(result);
      if (performance.now() - saved < SHARED_SAVE_MS) continue;
      saveKept(checkpoint, show);
      saved = performance.now();
    }
    return results;
  } finally {
    saveKept(checkpoint, show);
  }
}

/** Sums one input; one that is no longer what was summed is begun anew if that is wanted. */
async function sumInput(
  { file, isStream }: Input,
  command: SumCommand,
  signals: SignalWatch,
  show: Display,
  options: SumOptions,
): Promise<SumResult | undefined> {
  const sum = command.sync ? await loadSync(command) : sumFile;
  const run = (more: SumOptions) =>
    drive(sum(file, { ...options, ...more }), signals, isStream, (progress) => show.progress(progress));
  try {
    return await run({});
  } catch (error) {
    const isRotated = error instanceof CheckpointRefusedError && error.misfit === "changed";
    if (!isRotated || !command.restartRotated) throw error;
    show.note(describeRotated(file, error.reason));
    return await run({ restart: true });
  }
}

/** Loads the plain generator with what the command needs beside. */
async function loadSync(command: SumCommand): Promise<(file: string, options: SumOptions) => SumRun> {
  const { sumFileSync } = await import("../drivers/sum_file_sync.ts");
  const extras = await loadExtras(command);
  return (file, options) => sumFileSync(file, options, extras);
}

function planOf({ file, size, isStream }: Input, checkpoint: CheckpointFile | undefined): Plan {
  const state = isStream ? undefined : checkpoint?.get(checkpoint.nameOf(file))?.state;
  return { size, start: state?.offset ?? 0 };
}

/** Says what a person may not expect of several inputs. */
function noteTwice(files: readonly string[], show: Display): void {
  const paths = files.map(placeOf);
  const twice = new Set(files.filter((_, i) => paths.indexOf(paths[i]!) < paths.lastIndexOf(paths[i]!)));
  if (twice.size > 0) show.note(describeTwice([...twice]));
}

function placeOf(file: string): string {
  try {
    return absolute(file);
  } catch {
    return file; // opening it says why
  }
}

function saveKept(checkpoint: CheckpointFile | undefined, show: Display): void {
  try {
    checkpoint?.flush();
  } catch (error) {
    show.warning(error instanceof Error ? error : new Error(String(error)));
  }
}
