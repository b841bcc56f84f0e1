import type { Block } from "./cut_blocks.ts";
import { CheckpointRefusedError } from "./errors.ts";
import { ExactSum } from "./exact_sum.ts";

const LF = 10;

/**
 * What a checkpoint of the older scripts says of its input: that the lines up to an offset add up to a sum. It has
 * nothing to know these lines by, so they are added once more, and the checkpoint is refused if they make another sum.
 */
export class Claim {
  /** Bytes from the input's start to just after the last line that the sum is of. */
  readonly offset: number;
  /** The sum, in plain decimal digits. */
  readonly sum: string;
  readonly #checkpoint: string;
  readonly #input: string;

  /**
   * @param checkpoint The checkpoint's path.
   * @param input The input's path.
   */
  constructor({ offset, sum }: { offset: number; sum: string }, checkpoint: string, input: string) {
    this.offset = offset;
    this.sum = ExactSum.from(sum).toString();
    this.#checkpoint = checkpoint;
    this.#input = input;
  }

  /**
   * Cuts a block where the claim ends, if that is in it or right after it.
   *
   * @throws {CheckpointRefusedError} If that is inside a line.
   */
  cut(block: Block): Block[] {
    const { kind, bytes } = block;
    const length = this.offset - block.offset;
    if (length > bytes.length) return [block];
    if (kind === "rest" || bytes[length - 1] !== LF) this.refuse("its offset is inside a line");
    const rest = { ...block, bytes: bytes.subarray(length), offset: this.offset };
    return [{ ...block, bytes: bytes.subarray(0, length) }, rest];
  }

  /**
   * Compares it with what the lines up to its offset make.
   *
   * @throws {CheckpointRefusedError} If that is another sum.
   */
  prove(found: string): void {
    if (found === this.sum) return;
    this.refuse(
      `it says that the first ${this.offset} bytes of ${this.#input} add up to ${this.sum}, and they make ${found}`,
    );
  }

  /** Throws the error for an input that ends before the offset. */
  refuseEnd(): never {
    this.refuse(`${this.#input} is shorter than its offset ${this.offset}`);
  }

  /** Throws the error for a checkpoint that a run cannot go on with. */
  refuse(reason: string): never {
    throw new CheckpointRefusedError(this.#checkpoint, reason, "unfit");
  }
}
