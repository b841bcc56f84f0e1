import type { Transform } from "node:stream";

/** Gives a stream of `node:zlib` its input piece by piece, and takes what each comes to. */
export class ZlibEngine implements Disposable {
  readonly #stream: Transform;
  /** Not imported with this module: a bundle would load it at every start. */
  readonly #timers = import("node:timers");
  #output: Uint8Array[] = [];
  #failure: Error | undefined;
  #hasEnded = false;
  #wake = () => {};

  constructor(stream: Transform) {
    this.#stream = stream;
    stream.on("data", (bytes: Uint8Array) => this.#output.push(bytes));
    stream.on("end", () => {
      this.#hasEnded = true;
      this.#wake();
    });
    stream.on("error", (error: Error) => {
      this.#failure ??= error;
      this.#wake();
    });
  }

  /** Whether its output is at its end; it may be before its input is. */
  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /**
   * Gives it the next bytes, and takes what there is of output by now.
   *
   * @throws {Error} If the bytes are not what they should be.
   */
  async write(bytes: Uint8Array): Promise<Uint8Array[]> {
    await this.#untilWoken(() => this.#stream.write(bytes, () => this.#wake()));
    const { setImmediate } = await this.#timers;
    await new Promise<void>((resolve) => void setImmediate(resolve)); // its end may be told after the write is
    return this.#take();
  }

  /** Ends its input, and takes the rest of its output. */
  async end(): Promise<Uint8Array[]> {
    if (!this.#hasEnded) await this.#untilWoken(() => this.#stream.end());
    return this.#take();
  }

  [Symbol.dispose](): void {
    this.#stream.destroy();
  }

  async #untilWoken(begin: () => void): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#wake = resolve;
    begin();
    await promise;
  }

  #take(): Uint8Array[] {
    if (this.#failure) throw this.#failure;
    return this.#output.splice(0);
  }
}
