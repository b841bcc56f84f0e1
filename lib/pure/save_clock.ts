/** How often a state is saved: after so much time, or so many bytes. */
export type SaveEvery = { milliseconds: number } | { bytes: number };

/** Saving takes at most a hundredth of the time. */
const COST_FACTOR = 100;
/** The shortest time between two saves unless told otherwise. */
const DEFAULT_MILLISECONDS = 1000;

/**
 * Says when to save next: as often as told, by default after one second or a hundred times what the last save
 * cost, whichever is longer. It has no clock of its own; times are in milliseconds of any one clock.
 */
export class SaveClock {
  readonly #every: SaveEvery | undefined;
  #wait = DEFAULT_MILLISECONDS;
  #time: number;
  #offset: number;

  constructor(every: SaveEvery | undefined, time: number, offset: number) {
    this.#every = every;
    this.#time = time;
    this.#offset = offset;
  }

  /** Whether a state at `offset` is to be saved now. */
  due(time: number, offset: number): boolean {
    if (this.#every && "bytes" in this.#every) return offset - this.#offset >= this.#every.bytes;
    return offset > this.#offset && time - this.#time >= (this.#every?.milliseconds ?? this.#wait);
  }

  /** Whether a state at `offset` is to be saved before so many bytes more are added. */
  dueBefore(bytes: number, offset: number): boolean {
    if (!this.#every || !("bytes" in this.#every) || offset <= this.#offset) return false;
    return offset + bytes - this.#offset > this.#every.bytes;
  }

  /** Takes note of a save, also of one that failed. */
  saved(began: number, ended: number, offset: number): void {
    this.#wait = Math.max(DEFAULT_MILLISECONDS, COST_FACTOR * (ended - began));
    this.#time = ended;
    this.#offset = offset;
  }
}
