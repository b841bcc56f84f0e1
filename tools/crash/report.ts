import type { Caught } from "./planted_mistakes.ts";
import { isWrong, type Trial } from "./trial.ts";

/** How many kinds of wrong ones are shown of each method. */
const SHOWN = 20;

/** How much of what is wrong with one is shown. */
const SHOWN_CHARACTERS = 600;

/** How much of a method was done. */
interface Extent {
  /** Trials that there are. */
  all: number;
  /** Trials that there must be. */
  least: number;
  milliseconds: number;
}

/** Prints what came of each method, and knows whether all went well. */
export class Report {
  #good = true;
  readonly #began = performance.now();

  constructor(heading: string) {
    this.say(heading);
  }

  /** Prints a line. */
  say(text: string): void {
    console.log(text);
  }

  /** Prints what came of a method. */
  add(title: string, trials: readonly Trial[], { all, least, milliseconds }: Extent): void {
    const reached = trials.filter((trial) => trial.reached);
    const wrong = trials.filter(isWrong);
    const lost = trials.filter((trial) => trial.lost.length > 0);
    const segfaults = trials.reduce((sum, trial) => sum + trial.lateSegfaults, 0);
    const figures = [
      reached.length === all ? `all ${all}` : `${reached.length} of ${all}`,
      `${wrong.length} wrong`,
      `${lost.length} lost`,
      ...trials.length > reached.length ? [`${trials.length - reached.length} not met`] : [],
      ...segfaults > 0 ? [`${segfaults} late SIGSEGV of the runtime`] : [],
      `${(milliseconds / 1000).toFixed(0)} s`,
    ];
    this.say(`${title}: ${figures.join(", ")}`);
    for (const [example, like] of groupAlike(wrong).slice(0, SHOWN)) {
      const { what, problems, lost } = example;
      this.say(
        `  WRONG ${what}: ${[...problems, ...lost].join("; ").slice(0, SHOWN_CHARACTERS)}${
          like > 1 ? ` (and ${like - 1} alike)` : ""
        }`,
      );
    }
    if (wrong.length > 0) this.#good = false;
    if (reached.length < least) {
      this.#good = false;
      this.say(`  TOO FEW: there must be ${least}`);
    }
  }

  /** Prints which methods found which planted mistake; each must be found by one of them. */
  addCaught(caught: readonly Caught[]): void {
    for (const { mistake, by } of caught) {
      const isCaught = by.some(({ wrong }) => wrong > 0);
      const methods = by.map(({ method, trials, wrong }) => `${method} ${wrong} of ${trials}`);
      this.say(`planted, ${mistake}: ${isCaught ? "caught" : "NOT CAUGHT"} (${methods.join(", ")})`);
      if (!isCaught) this.#good = false;
    }
  }

  /** Prints how long it took to stop, from the signal to the process's end; a busy machine makes it longer. */
  addStops(times: readonly number[]): void {
    const [median, most] = [times[times.length >> 1] ?? 0, times.at(-1) ?? 0].map((time) => time.toFixed(0));
    this.say(
      `stopped by a signal: ${times.length} times, until all was saved ${median} ms in the middle, ${most} at most`,
    );
  }

  /** Prints the verdict, and gives it. */
  end(): boolean {
    const seconds = ((performance.now() - this.#began) / 1000).toFixed(0);
    this.say(`${this.#good ? "all well" : "NOT WELL"}, after ${seconds} s`);
    return this.#good;
  }
}

/** One of each kind, and how many there are of it: those that differ only in numbers are alike. */
function groupAlike(trials: readonly Trial[]): [Trial, number][] {
  const groups = new Map<string, [Trial, number]>();
  for (const trial of trials) {
    const kind = [trial.what.replace(/.*: /, ""), ...trial.problems, ...trial.lost].join().replaceAll(/\d+/g, "0");
    const [example, like] = groups.get(kind) ?? [trial, 0];
    groups.set(kind, [example, like + 1]);
  }
  return [...groups.values()];
}
