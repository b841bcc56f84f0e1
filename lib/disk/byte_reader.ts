/** The data ends where there must be more. */
export class EndOfDataError extends Error {
  override name = "EndOfDataError";
}

/** Takes so many bytes at a time from stretches of any size, each of them lent until the next. */
export class ByteReader {
  readonly #stretches: AsyncIterator<Uint8Array>;
  #stretch = new Uint8Array();

  constructor(stretches: AsyncIterable<Uint8Array>) {
    this.#stretches = stretches[Symbol.asyncIterator]();
  }

  /** The next bytes, a copy of them; fewer at the end. */
  async takeUpTo(bytes: number): Promise<Uint8Array> {
    const taken = new Uint8Array(bytes);
    let length = 0;
    while (length < bytes && await this.#fill()) {
      const part = this.#stretch.subarray(0, bytes - length);
      taken.set(part, length);
      length += part.length;
      this.#stretch = this.#stretch.subarray(part.length);
    }
    return taken.subarray(0, length);
  }

  /** @throws {EndOfDataError} If there are fewer. */
  async take(bytes: number): Promise<Uint8Array> {
    const taken = await this.takeUpTo(bytes);
    if (taken.length < bytes) throw new EndOfDataError("it ends too early");
    return taken;
  }

  /**
   * Passes bytes over.
   *
   * @throws {EndOfDataError} If there are fewer.
   */
  async skip(bytes: number): Promise<void> {
    for (let left = bytes; left > 0;) left -= (await this.take(Math.min(left, 4096))).length;
  }

  /** Whether there is another byte. */
  async #fill(): Promise<boolean> {
    while (this.#stretch.length === 0) {
      const { value, done } = await this.#stretches.next();
      if (done) return false;
      this.#stretch = value as Uint8Array<ArrayBuffer>;
    }
    return true;
  }
}
