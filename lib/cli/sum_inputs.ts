import { CheckpointFile } from "../disk/checkpoint_file.ts";
import { RejectsFile } from "../disk/rejects_file.ts";
import { sumFile } from "../drivers/sum_file.ts";
import { sumFileSync } from "../drivers/sum_file_sync.ts";
import type { Progress, SumOptions, SumResult } from "../drivers/sum_options.ts";
import { type BadLine, badLineError } from "../pure/bad_line.ts";
import { CheckpointRefusedError } from "../pure/errors.ts";
import { ExactSum } from "../pure/exact_sum.ts";
import { roundHalfEven } from "../pure/round_half_even.ts";
import type { Pace } from "./format_progress.ts";
import { describeResume, describeSkipped, describeStop, describeSummary, describeWarning } from "./messages.ts";
import { isStandardInput, type SumCommand, UsageError } from "./parse_options.ts";
import { ProgressLine, type ProgressStyle } from "./progress_line.ts";
import { type SignalWatch, type StopSignal, turnEventLoop, watchSignals } from "./signals.ts";
import { tell } from "./terminal.ts";

/** How many skipped lines are shown. */
const SKIPPED_SHOWN = 5;
/** The longest that plain generators go without looking for a signal, in milliseconds. */
const TURN_MS = 10;

/** How summing ended: with an answer, or by a signal, and everything is saved. */
export type Outcome = { stoppedBy: StopSignal } | { stoppedBy?: undefined; answer: string; summary: string };

/** Sums the inputs of a command line one after the other, with one checkpoint between them. */
export async function sumInputs(command: SumCommand): Promise<Outcome> {
  const streams = await Promise.all(command.files.map(isStream));
  const checkpoint = await openCheckpoint(command, streams);
  try {
    using rejects = openRejects(command, checkpoint);
    using signals = watchSignals();
    using show = new Display(command);
    const results: SumResult[] = [];
    for (const [i, file] of command.files.entries()) {
      const options: SumOptions = {
        ...command,
        checkpoint: streams[i] ? undefined : checkpoint,
        onSkip: command.skip ? (line) => show.skipped(line) : undefined,
        onSave: (offset) => show.saved(offset),
        onWarning: (warning) => show.note(describeWarning(warning)),
        rejects,
      };
      const run = command.sync ? sumFileSync(file, options) : sumFile(file, options);
      const result = await drive(run, signals, streams[i]!, (progress) => show.progress(progress));
      if (!result) {
        show.stopped(signals.signal!);
        return { stoppedBy: signals.signal! };
      }
      show.finished(result);
      results.push(result);
    }
    return { answer: formatAnswer(command, results), summary: show.summary(results) };
  } finally {
    checkpoint?.[Symbol.dispose]();
  }
}

/** Runs a generator of either style to its end, or until a signal comes; then it saves, and there is no result. */
async function drive(
  run: AsyncGenerator<Progress, SumResult, void> | Generator<Progress, SumResult, void>,
  signals: SignalWatch,
  isStream: boolean,
  onProgress: (progress: Progress) => void,
): Promise<SumResult | undefined> {
  const isSync = Symbol.iterator in run;
  let turned = performance.now();
  for (;;) {
    // a stream may keep its reader waiting, and has no state to be saved
    const step = isStream ? await Promise.race([run.next(), signals.arrived]) : await run.next();
    if (!step) return undefined;
    if (step.done) return step.value;
    onProgress(step.value);
    if (isSync && performance.now() - turned > TURN_MS) {
      await turnEventLoop();
      turned = performance.now();
    }
    if (signals.signal) {
      await run.return(undefined as never);
      return undefined;
    }
  }
}

function formatAnswer(command: SumCommand, results: readonly SumResult[]): string {
  const sum = new ExactSum();
  for (const result of results) sum.merge(ExactSum.from(result.sum));
  const digits = command.round === undefined ? sum.toString() : roundHalfEven(sum.toString(), command.round);
  if (!command.json) return `${digits}\n`;
  const files = results.map(({ file, sum, count, blank, skipped, offset, resumedFrom }) => {
    return { file, sum, count, blank, skipped, offset, resumed_from: resumedFrom };
  });
  const total = (key: "count" | "blank" | "skipped") => results.reduce((sum, result) => sum + result[key], 0);
  const counts = { count: total("count"), blank: total("blank"), skipped: total("skipped") };
  return `${JSON.stringify({ sum: digits, ...counts, files })}\n`;
}

/** What a run shows on standard error. */
class Display implements Disposable {
  readonly #command: SumCommand;
  readonly #line: ProgressLine;
  readonly #isTerminal = Deno.stderr.isTerminal();
  readonly #began = performance.now();
  #last: Progress | undefined;
  #saved: number | undefined;
  /** Bytes read of the inputs before the current one. */
  #bytesBefore = 0;
  #skipped = 0;

  constructor(command: SumCommand) {
    this.#command = command;
    this.#line = new ProgressLine(this.#style(), this.#began);
  }

  /** Takes note of how far the current input is, and says once where it was resumed. */
  progress(progress: Progress): void {
    const { phase, resumedFrom } = progress;
    const isFirst = this.#last?.file !== progress.file || this.#last.phase !== phase;
    if (isFirst && phase === "summing" && resumedFrom > 0) this.note(describeResume(progress));
    this.#last = progress;
    this.#line.update(progress, this.#pace(), performance.now());
  }

  /** Ends the current input. */
  finished(result: SumResult): void {
    this.#bytesBefore += result.offset - result.resumedFrom;
    this.#last = undefined;
    this.#saved = undefined;
  }

  /** Shows a skipped line if it is one of the first. */
  skipped(line: BadLine): void {
    this.#skipped++;
    if (this.#skipped <= SKIPPED_SHOWN) this.note(`skipped ${badLineError(line).message}`);
    if (this.#skipped === SKIPPED_SHOWN) this.note("further bad lines are counted, but not shown");
  }

  /** Takes note of a save of the current input. */
  saved(offset: number): void {
    this.#saved = offset;
  }

  /** Says how far the current input is when a signal stopped it. */
  stopped(signal: StopSignal): void {
    const { checkpoint } = this.#command;
    const saved = this.#saved !== undefined && checkpoint !== undefined
      ? { checkpoint, offset: this.#saved }
      : undefined;
    this.note(describeStop(signal, this.#last, saved));
  }

  /** Writes a line unless the user wants quiet. */
  note(text: string): void {
    this.#line.clear();
    if (!this.#command.quiet) tell(`numsum: ${text}\n`);
  }

  /** What to say at the very end. */
  summary(results: readonly SumResult[]): string {
    if (this.#command.quiet) return "";
    const skipped = results.reduce((sum, result) => sum + result.skipped, 0);
    const lines = [
      ...skipped > 0 ? [describeSkipped(skipped, this.#command.rejects)] : [],
      ...this.#isTerminal ? [describeSummary(results, this.#pace())] : [],
    ];
    return lines.map((line) => `numsum: ${line}\n`).join("");
  }

  [Symbol.dispose](): void {
    this.#line[Symbol.dispose]();
  }

  #pace(): Pace {
    const current = this.#last?.phase === "summing"
      ? this.#last.offset - this.#last.resumedFrom
      : this.#last?.offset ?? 0;
    return { bytes: this.#bytesBefore + current, milliseconds: performance.now() - this.#began };
  }

  #style(): ProgressStyle {
    const { progress, quiet } = this.#command;
    if (quiet || progress === "never") return "none";
    if (this.#isTerminal && Deno.env.get("TERM") !== "dumb") return "line";
    return progress === "always" ? "log" : "none";
  }
}

async function openCheckpoint(command: SumCommand, streams: readonly boolean[]): Promise<CheckpointFile | undefined> {
  const { checkpoint: path, checkpointNamed, files, restart } = command;
  const stream = files.find((_, i) => streams[i]);
  if (checkpointNamed && stream !== undefined) {
    throw new UsageError(
      `${stream} cannot have a checkpoint: it is not a plain file that can be read again from an offset`,
    );
  }
  if (path === undefined || streams.every(Boolean)) return undefined;
  const checkpoint = await CheckpointFile.open(path, { discardDamaged: restart });
  if (!checkpoint.claim || files.length === 1) return checkpoint;
  checkpoint[Symbol.dispose]();
  throw new CheckpointRefusedError(path, `it does not say which of the ${files.length} inputs it belongs to`);
}

function openRejects({ rejects, restart, files }: SumCommand, checkpoint?: CheckpointFile): RejectsFile | undefined {
  if (rejects === undefined) return undefined;
  return RejectsFile.open(rejects, checkpoint, restart ? files.map((file) => checkpoint?.nameOf(file) ?? file) : []);
}

/** Whether an input is a pipe, a terminal, or another thing that gives its bytes only once. */
async function isStream(path: string): Promise<boolean> {
  if (isStandardInput(path)) return true;
  try {
    const info = await Deno.stat(path);
    return !info.isFile && !info.isDirectory;
  } catch {
    return false; // opening it says what is wrong
  }
}
