import type { RejectsFile } from "../disk/rejects_file.ts";
import type { Progress, SumResult } from "../drivers/sum_options.ts";
import { type BadLine, badLineError } from "../pure/bad_line.ts";
import { formatProgress, overallProgress, type Pace, type Plan, withinRange } from "./format_progress.ts";
import {
  describeResume,
  describeResumeOfSeveral,
  describeSkipped,
  describeStop,
  describeSummary,
  describeUnpacking,
  describeWarning,
  type Unit,
  unitOf,
} from "./messages.ts";
import type { SumCommand } from "./command.ts";
import type { ProgressLine, ProgressStyle } from "./progress_line.ts";
import type { StopSignal } from "./signals.ts";
import { formatNote, type NoteType, tell } from "./terminal.ts";

/** How many skipped lines are shown. */
const SKIPPED_SHOWN = 5;

/** What a run shows on standard error. */
export class Display implements Disposable {
  readonly #command: SumCommand;
  readonly #plans: readonly Plan[];
  readonly #unit: Unit;
  /** Where progress is shown, if it is. */
  #line: ProgressLine | undefined;
  readonly #isTerminal = Deno.stderr.isTerminal();
  readonly #began = performance.now();
  readonly #done: SumResult[] = [];
  #last: Progress | undefined;
  #saved: number | undefined;
  #skipped = 0;

  private constructor(command: SumCommand, plans: readonly Plan[]) {
    this.#command = command;
    this.#plans = plans;
    this.#unit = unitOf(command);
  }

  /** @param plans Of all inputs, in their order. */
  static async open(command: SumCommand, plans: readonly Plan[]): Promise<Display> {
    const display = new Display(command, plans);
    const style = display.#style();
    if (style === undefined) return display;
    const { ProgressLine } = await import("./progress_line.ts");
    display.#line = new ProgressLine(style, display.#began, (text) => display.note(text, "progress"));
    return display;
  }

  /** Takes note of how far the current input is, and says once where it was resumed. */
  progress(progress: Progress): void {
    const { phase } = progress;
    const isFirst = this.#last?.file !== progress.file || this.#last.phase !== phase;
    if (isFirst && phase === "summing") this.#noteResume(progress);
    if (isFirst && phase === "checking" && progress.packed && this.#plans.length === 1) {
      this.note(describeUnpacking(progress));
    }
    this.#last = progress;
    this.#line?.update((width) => this.#format(progress, width), performance.now());
  }

  /** Ends the current input. */
  finished(result: SumResult): void {
    this.#done.push(result);
    this.#last = undefined;
    this.#saved = undefined;
  }

  /** Shows a skipped line if it is one of the first. */
  skipped(line: BadLine): void {
    this.#skipped++;
    if (this.#skipped <= SKIPPED_SHOWN) this.note(`skipped ${badLineError(line).message}`);
    if (this.#skipped === SKIPPED_SHOWN + 1) this.note(`further bad ${this.#unit}s are counted, but not shown`);
  }

  /** Takes note of a save of the current input. */
  saved(offset: number): void {
    this.#saved = offset;
  }

  /** Says what went wrong without stopping the work. */
  warning(warning: Error): void {
    this.note(describeWarning(warning), "warning");
  }

  /** Says how far the current input is when a signal stopped it. */
  stopped(signal: StopSignal): void {
    const { checkpoint, restart } = this.#command;
    const saved = this.#saved !== undefined && checkpoint !== undefined
      ? { checkpoint, offset: this.#saved, restart }
      : undefined;
    this.note(describeStop(signal, this.#last, this.#unit, saved));
  }

  /** Writes a line unless the user wants quiet. */
  note(text: string, type: NoteType = "note"): void {
    this.#line?.clear();
    if (!this.#command.quiet) tell(formatNote(this.#command.json, type, text));
  }

  /** Takes the progress away, so that an answer can be printed. */
  clear(): void {
    this.#line?.clear();
  }

  /**
   * What to say at the very end.
   *
   * @param rejects What collected bad lines.
   */
  summary(rejects: RejectsFile | undefined): string {
    const { quiet, json } = this.#command;
    if (quiet) return "";
    const skipped = this.#done.reduce((sum, result) => sum + result.skipped, 0);
    const lines = [
      ...skipped > 0 ? [describeSkipped(skipped, this.#unit, rejects)] : [],
      ...this.#isTerminal ? [describeSummary(this.#done, this.#unit, this.#pace())] : [],
    ];
    return lines.map((line) => formatNote(json, "note", line)).join("");
  }

  [Symbol.dispose](): void {
    this.#line?.[Symbol.dispose]();
  }

  /** Says where the run continues, of several inputs once for all. */
  #noteResume(progress: Progress): void {
    if (this.#plans.length === 1) {
      if (withinRange(progress).resumedFrom > 0) this.note(describeResume(progress, this.#unit));
      return;
    }
    const { checkpoint } = this.#command;
    // of the first one it is certain by now
    const known = this.#plans.map(({ start }, i) => i === 0 ? progress.resumedFrom : start).filter((start) =>
      start > 0
    );
    if (checkpoint === undefined || known.length === 0 || this.#done.length > 0) return;
    const bytes = known.reduce((sum, start) => sum + start, 0);
    this.note(describeResumeOfSeveral(checkpoint, known.length, this.#plans.length, bytes));
  }

  /** How far the run is, as a text of at most so many characters. */
  #format(progress: Progress, width: number): string {
    const pace = this.#pace();
    const number = this.#done.length + 1;
    const isOne = this.#plans.length === 1;
    if (isOne || progress.phase === "checking") {
      const name = width === Infinity ? `${progress.file}: ` : "";
      return name + formatProgress(withinRange(progress), pace, width);
    }
    const which = `, file ${number} of ${this.#plans.length}`;
    const text = formatProgress(overallProgress(this.#plans, this.#done, progress), pace, width);
    return text.length + which.length <= width ? text + which : text;
  }

  #pace(): Pace {
    const before = this.#done.reduce((sum, { offset, resumedFrom }) => sum + offset - resumedFrom, 0);
    const current = this.#last?.phase === "summing"
      ? this.#last.offset - this.#last.resumedFrom
      : this.#last?.offset ?? 0;
    return { bytes: before + current, milliseconds: performance.now() - this.#began };
  }

  #style(): ProgressStyle | undefined {
    const { progress, quiet } = this.#command;
    if (quiet || progress === "never") return undefined;
    if (this.#isTerminal && Deno.env.get("TERM") !== "dumb") return "line";
    return progress === "always" ? "log" : undefined;
  }
}
