import { columns, tell } from "./terminal.ts";

/** How progress is shown: a line that is drawn anew, or lines now and then. */
export type ProgressStyle = "line" | "log";

/** Before this, a run is too short to be watched, in milliseconds. */
const FIRST_MS = 200;
/** Between two drawings of the line, in milliseconds. */
const LINE_MS = 100;
/** Between two lines of the log, in milliseconds. */
const LOG_MS = 5000;

/** A terminal that has just become narrower may not have told so yet: what is too long is then cut off by itself. */
const NO_WRAP = "\x1b[?7l";
const WRAP = "\x1b[?7h";

/** Shows on standard error how far a run is. */
export class ProgressLine implements Disposable {
  readonly #style: ProgressStyle;
  readonly #log: (text: string) => void;
  #next: number;
  /** Characters that stand on the terminal. */
  #drawn = 0;

  /**
   * @param now In milliseconds of the clock that {@linkcode update} is given too.
   * @param log Writes a line of the log.
   */
  constructor(style: ProgressStyle, now: number, log: (text: string) => void) {
    this.#style = style;
    this.#log = log;
    this.#next = now + (style === "line" ? FIRST_MS : LOG_MS);
  }

  /**
   * Shows the progress if it is time to.
   *
   * @param format Says how far it is, in at most so many characters.
   */
  update(format: (width: number) => string, now: number): void {
    if (now < this.#next) return;
    if (this.#style === "log") {
      this.#log(format(Infinity));
      this.#next = now + LOG_MS;
    } else {
      const width = columns();
      // the last column stays free: a terminal may wrap once it is filled
      const text = format(width - 1);
      // written over what was there, and only then is the rest of that erased: an empty line would be seen to flicker
      tell(`${toStart(this.#drawn, width)}${NO_WRAP}${text}${WRAP}\x1b[J`);
      this.#drawn = text.length;
      this.#next = now + LINE_MS;
    }
  }

  /** Takes the line away, so that something else can be written. */
  clear(): void {
    if (this.#drawn > 0) tell(`${toStart(this.#drawn, columns())}\x1b[J`);
    this.#drawn = 0;
  }

  [Symbol.dispose](): void {
    this.clear();
  }
}

/** Goes to where a line of so many characters begins: a terminal that became narrower has broken it into several. */
export function toStart(drawn: number, width: number): string {
  const rowsAbove = Math.ceil(drawn / Math.max(1, width)) - 1;
  return rowsAbove > 0 ? `\r\x1b[${rowsAbove}A` : "\r";
}
