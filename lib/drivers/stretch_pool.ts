import { FileError } from "../pure/errors.ts";
import type { FileHints } from "../pure/state.ts";
import type { Stretch, StretchResult } from "../pure/stretch.ts";
import type { StretchReply, StretchRequest } from "./stretch_worker.ts";
import type { StretchOptions } from "./sum_stretch.ts";

/** How many stretches each worker is given in advance, so that it never waits for the next. */
const AHEAD = 2;

/** Sums stretches of one file in several threads. */
export class StretchPool implements Disposable {
  readonly #path: string;
  readonly #hints: FileHints;
  readonly #workers: { worker: Worker; waiting: PromiseWithResolvers<StretchResult>[] }[];
  #next = 0;

  /** @param hints Of the file that `path` is expected to open. */
  constructor(path: string, hints: FileHints, options: StretchOptions, threads: number) {
    this.#path = path;
    this.#hints = hints;
    this.#workers = Array.from({ length: threads }, () => this.#start({ path, options }));
  }

  /** How many stretches may be under way at once. */
  get capacity(): number {
    return this.#workers.length * AHEAD;
  }

  /** Has the next worker in turn sum a stretch. */
  sum(stretch: Stretch): Promise<StretchResult> {
    const { worker, waiting } = this.#workers[this.#next++ % this.#workers.length]!;
    const answer = Promise.withResolvers<StretchResult>();
    answer.promise.catch(() => {}); // one that nobody awaits any more must not end the process
    waiting.push(answer);
    worker.postMessage({ stretch } satisfies StretchRequest);
    return answer.promise;
  }

  /** Stops all threads at once, whatever they do. */
  [Symbol.dispose](): void {
    for (const { worker } of this.#workers) worker.terminate();
  }

  #start(request: StretchRequest): { worker: Worker; waiting: PromiseWithResolvers<StretchResult>[] } {
    const worker = new Worker(new URL("./stretch_worker.ts", import.meta.url), { type: "module" });
    const waiting: PromiseWithResolvers<StretchResult>[] = [];
    worker.onmessage = ({ data }: MessageEvent<StretchReply>) => {
      const answer = waiting.shift()!;
      try {
        answer.resolve(this.#open(data));
      } catch (error) {
        answer.reject(error);
      }
    };
    worker.onerror = (event) => {
      event.preventDefault();
      for (const answer of waiting.splice(0)) answer.reject(new Error(`a worker failed: ${event.message}`));
    };
    worker.postMessage(request);
    return { worker, waiting };
  }

  #open(reply: StretchReply): StretchResult {
    if ("failure" in reply) {
      throw new FileError(reply.failure.action, reply.failure.path, new Error(reply.failure.message));
    }
    if (reply.device !== this.#hints.device || reply.inode !== this.#hints.inode) {
      throw new FileError(`read ${this.#path}`, this.#path, new Error("it was replaced while it was being read"));
    }
    return reply.result;
  }
}
