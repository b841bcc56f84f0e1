/** An executable that could not be made; the message is for the user. */
export class BuildError extends Error {
  override name = "BuildError";
}

/** A kind of executable that this machine, or this Deno, cannot make. */
export class ImpossibleHereError extends BuildError {
  override name = "ImpossibleHereError";
  /** What is missing, in a word or two. */
  readonly needs: string;

  constructor(message: string, needs: string) {
    super(message);
    this.needs = needs;
  }
}

/** Waits for work on a file. @throws {BuildError} If it fails, with what was being done, as `write numsum`. */
export async function attempt<T>(action: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw new BuildError(`could not ${action}: ${(error as Error).message}`);
  }
}
