import { PIECE_BYTES } from "../pure/fingerprint.ts";
import type { Stretch, StretchResult } from "../pure/stretch.ts";
import type { Run } from "./run.ts";
import { StretchPool } from "./stretch_pool.ts";
import type { Progress } from "./sum_options.ts";

/** Bytes of a stretch: so many that the messages cost nothing, so few that a run stops soon. */
const STRETCH_BYTES = 128 * PIECE_BYTES;
/** Bytes that one read of a worker asks for, as with plain generators. */
const BLOCK_BYTES = 256 * 1024;

/**
 * Gives a run the rest of its input in stretches, summed by several threads and joined in the file's order. It yields
 * how far the run is after each.
 */
export async function* takeStretches(run: Run, threads: number): AsyncGenerator<Progress, void> {
  using pool = new StretchPool(run.input.path, run.input.hints(), run.stretchOptions(BLOCK_BYTES), threads);
  const underWay: { stretch: Stretch; result: Promise<StretchResult> }[] = [];
  const stretches = cutStretches(run.progress.offset, run.input.size!);
  for (;;) {
    while (underWay.length < pool.capacity) {
      const { value: stretch, done } = stretches.next();
      if (done) break;
      underWay.push({ stretch, result: pool.sum(stretch) });
    }
    const first = underWay.shift();
    if (!first) return;
    run.takeStretch(first.stretch, await first.result);
    yield run.progress;
  }
}

/** Cuts what follows `offset`, where a line starts, at multiples of {@linkcode STRETCH_BYTES}. */
function* cutStretches(offset: number, size: number): Generator<Stretch, void> {
  for (let from = offset; from < size;) {
    const end = (Math.floor(from / STRETCH_BYTES) + 1) * STRETCH_BYTES;
    yield { from, to: end < size ? end : Infinity, isLineStart: from === offset };
    from = end;
  }
}
