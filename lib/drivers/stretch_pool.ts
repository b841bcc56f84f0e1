import { FileError } from "../pure/errors.ts";
import type { FileHints } from "../pure/state.ts";
import type { Stretch, StretchResult } from "../pure/stretch.ts";
import type { StretchReply, StretchRequest } from "./stretch_worker.ts";
import type { StretchOptions } from "./sum_stretch.ts";

/** A thread, and what it was given and has not answered yet. */
interface Thread {
  worker: Worker;
  isReady: boolean;
  waiting: PromiseWithResolvers<StretchResult>[];
}

/** Sums stretches of one file in other threads. */
export class StretchPool implements Disposable {
  readonly #path: string;
  readonly #hints: FileHints;
  readonly #threads: Thread[];
  /** Why a thread is no more. */
  #failure: Error | undefined;

  /** @param hints Of the file that `path` is expected to open. */
  constructor(path: string, hints: FileHints, options: StretchOptions, threads: number) {
    this.#path = path;
    this.#hints = hints;
    this.#threads = Array.from({ length: threads }, () => this.#start({ path, options }));
  }

  /**
   * Whether there is a thread that has started and has less than so many stretches to do.
   *
   * @throws {Error} If a thread failed.
   */
  hasRoom(most: number): boolean {
    if (this.#failure) throw this.#failure;
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

  #start(request: StretchRequest): Thread {
    const worker = new Worker(new URL("./stretch_worker.ts", import.meta.url), { type: "module" });
    const thread: Thread = { worker, isReady: false, waiting: [] };
    worker.onmessage = ({ data }: MessageEvent<StretchReply>) => {
      if ("ready" in data) {
        thread.isReady = true;
        return;
      }
      const answer = thread.waiting.shift()!;
      try {
        answer.resolve(this.#open(data));
      } catch (error) {
        answer.reject(error);
      }
    };
    worker.onerror = (event) => {
      event.preventDefault();
      this.#failure = new Error(`a worker failed: ${event.message}`);
      for (const answer of thread.waiting.splice(0)) answer.reject(this.#failure);
    };
    worker.postMessage(request);
    return thread;
  }

  #open(reply: Exclude<StretchReply, { ready: true }>): StretchResult {
    if ("failure" in reply) {
      throw new FileError(reply.failure.action, reply.failure.path, new Error(reply.failure.message));
    }
    if (reply.device !== this.#hints.device || reply.inode !== this.#hints.inode) {
      throw new FileError(`read ${this.#path}`, this.#path, new Error("it was replaced while it was being read"));
    }
    return reply.result;
  }
}
