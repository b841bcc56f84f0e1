import { FileError } from "../pure/errors.ts";
import type { FileHints } from "../pure/state.ts";
import type { Stretch, StretchResult } from "../pure/stretch.ts";
import type { StretchReply, StretchRequest } from "./stretch_worker.ts";
import type { StretchOptions } from "./sum_stretch.ts";

/** A thread, and what it was given and has not answered yet. */
interface Thread {
  worker: Worker;
  /** Whether it has started, opened the file, and not failed. */
  isReady: boolean;
  waiting: PromiseWithResolvers<StretchResult>[];
}

/** Sums stretches of one file in other threads. */
export class StretchPool implements Disposable {
  readonly #request: StretchRequest;
  readonly #hints: FileHints;
  /** How many threads there are to be. */
  readonly #most: number;
  readonly #threads: Thread[] = [];

  /** @param hints Of the file that `path` is expected to open: a thread that opens another is given nothing to do. */
  constructor(path: string, hints: FileHints, options: StretchOptions, threads: number) {
    this.#request = { path, options };
    this.#hints = hints;
    this.#most = threads;
  }

  /** Starts the threads, unless that was done. It holds the caller up for some 15 ms each. */
  start(): void {
    while (this.#threads.length < this.#most) this.#threads.push(this.#startThread());
  }

  /** Whether there is a thread that can work, and has fewer stretches to do than so many. */
  hasRoom(most: number): boolean {
    return this.#threads.some(({ isReady, waiting }) => isReady && waiting.length < most);
  }

  /** Has the thread that has least to do sum a stretch. */
  sum(stretch: Stretch): Promise<StretchResult> {
    const load = ({ isReady, waiting }: Thread) => isReady ? waiting.length : Infinity;
    const { worker, waiting } = this.#threads.reduce((best, thread) => load(thread) < load(best) ? thread : best);
    const answer = Promise.withResolvers<StretchResult>();
    answer.promise.catch(() => {}); // one that nobody awaits any more must not end the process
    waiting.push(answer);
    worker.postMessage({ stretch } satisfies StretchRequest);
    return answer.promise;
  }

  /** Stops all threads at once, whatever they do. */
  [Symbol.dispose](): void {
    for (const { worker } of this.#threads) worker.terminate();
  }

  #startThread(): Thread {
    const worker = new Worker(new URL("./stretch_worker.ts", import.meta.url), { type: "module" });
    const thread: Thread = { worker, isReady: false, waiting: [] };
    worker.onmessage = ({ data }: MessageEvent<StretchReply>) => {
      if ("device" in data) {
        thread.isReady = data.device === this.#hints.device && data.inode === this.#hints.inode;
        return;
      }
      const answer = thread.waiting.shift()!;
      if ("result" in data) answer.resolve(data.result);
      else answer.reject(new FileError(data.failure.action, data.failure.path, new Error(data.failure.message)));
    };
    worker.onerror = (event) => {
      event.preventDefault();
      thread.isReady = false;
      for (const answer of thread.waiting.splice(0)) answer.reject(new Error(`a worker failed: ${event.message}`));
    };
    worker.postMessage(this.#request);
    return thread;
  }
}
