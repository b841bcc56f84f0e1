import type { Progress } from "../drivers/sum_options.ts";
import { formatProgress, type Pace } from "./format_progress.ts";
import { columns, tell } from "./terminal.ts";

/** How progress is shown: a line that is drawn anew, lines now and then, or not at all. */
export type ProgressStyle = "line" | "log" | "none";

/** Before this, a run is too short to be watched, in milliseconds. */
const FIRST_MS = 200;
/** Between two drawings of the line, in milliseconds. */
const LINE_MS = 100;
/** Between two lines of the log, in milliseconds. */
const LOG_MS = 5000;

const CLEAR_LINE = "\r\x1b[K";

/** Shows on standard error how far a run is. */
export class ProgressLine implements Disposable {
  readonly #style: ProgressStyle;
  #next: number;
  #drawn = false;

  /** @param now In milliseconds of the clock that {@linkcode update} is given too. */
  constructor(style: ProgressStyle, now: number) {
    this.#style = style;
    this.#next = now + (style === "line" ? FIRST_MS : LOG_MS);
  }

  /** Shows the progress if it is time to. */
  update(progress: Progress, pace: Pace, now: number): void {
    if (this.#style === "none" || now < this.#next) return;
    if (this.#style === "log") {
      tell(`numsum: ${progress.file}: ${formatProgress(progress, pace, Infinity)}\n`);
      this.#next = now + LOG_MS;
    } else {
      // the last column stays free: a terminal may wrap once it is filled
      tell(CLEAR_LINE + formatProgress(progress, pace, columns() - 1));
      this.#drawn = true;
      this.#next = now + LINE_MS;
    }
  }

  /** Takes the line away, so that something else can be written. */
  clear(): void {
    if (this.#drawn) tell(CLEAR_LINE);
    this.#drawn = false;
  }

  [Symbol.dispose](): void {
    this.clear();
  }
}
