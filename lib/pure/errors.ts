/** Where a line stands. */
export interface Place {
  /** The input's path, as it was given. */
  file: string;
  /** The line's number, from 1. */
  line: number;
  /** Bytes from the input's start to the line's first. */
  offset: number;
}

/** A line that is no number. */
export class BadLineError extends Error {
  override name = "BadLineError";
  readonly place: Place;
  /** The line in quotes, with whatever is not printable escaped, cut to a readable length. */
  readonly text: string;
  /** What is wrong with it. */
  readonly reason: string;
  /** The offset up to which the run's state was saved, in bytes; `undefined` if it was not saved at all. */
  saved: number | undefined;

  constructor(place: Place, text: string, reason: string) {
    super(`${place.file}:${place.line} (byte ${place.offset}): ${reason}: ${text}`);
    this.place = place;
    this.text = text;
    this.reason = reason;
  }
}

/** A checkpoint that does not fit what is to be summed. It is kept as it is. */
export class CheckpointRefusedError extends Error {
  override name = "CheckpointRefusedError";
  readonly checkpoint: string;
  /** Why, without the checkpoint's name. */
  readonly reason: string;

  constructor(checkpoint: string, reason: string) {
    super(`${checkpoint} was not accepted: ${reason}`);
    this.checkpoint = checkpoint;
    this.reason = reason;
  }
}

/** A checkpoint that another run holds. */
export class CheckpointHeldError extends Error {
  override name = "CheckpointHeldError";
  readonly checkpoint: string;

  constructor(checkpoint: string) {
    super(`another run is using ${checkpoint}`);
    this.checkpoint = checkpoint;
  }
}

/** Reading or writing failed. */
export class FileError extends Error {
  override name = "FileError";
  readonly path: string;

  /** @param action What was being done, with the path in it: `open numbers.txt`. */
  constructor(action: string, path: string, cause: unknown) {
    super(`could not ${action}: ${describe(cause)}`, { cause });
    this.path = path;
  }
}

/** What went wrong, in words, from the error that the runtime threw. */
function describe(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  return /^(.*?) \(os error \d+\)/s.exec(cause.message)?.[1]?.toLowerCase() ?? cause.message;
}
