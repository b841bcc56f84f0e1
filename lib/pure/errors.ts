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
  /** The name of this class. */
  override name = "BadLineError";
  /** Where the line stands. */
  readonly place: Place;
  /** The line in quotes, with whatever is not printable escaped, cut to a readable length. */
  readonly text: string;
  /** What is wrong with it. */
  readonly reason: string;
  /** The offset up to which the run's state was saved, in bytes; `undefined` if it was not saved at all. */
  saved: number | undefined;

  /** Makes the message of the place, the reason and the text. */
  constructor(place: Place, text: string, reason: string) {
    super(`${place.file}:${place.line} (byte ${place.offset}): ${reason}: ${text}`);
    this.place = place;
    this.text = text;
    this.reason = reason;
  }
}

/** A checkpoint that does not fit what is to be summed. It is kept as it is. */
export class CheckpointRefusedError extends Error {
  /** The name of this class. */
  override name = "CheckpointRefusedError";
  /** The checkpoint's path, as it was given. */
  readonly checkpoint: string;
  /** Why, without the checkpoint's name. */
  readonly reason: string;

  /** Makes the message of both. */
  constructor(checkpoint: string, reason: string) {
    super(`${checkpoint} was not accepted: ${reason}`);
    this.checkpoint = checkpoint;
    this.reason = reason;
  }
}

/** A checkpoint that another run holds. */
export class CheckpointHeldError extends Error {
  /** The name of this class. */
  override name = "CheckpointHeldError";
  /** The checkpoint's path, as it was given. */
  readonly checkpoint: string;

  /** Makes the message. */
  constructor(checkpoint: string) {
    super(`another run is using ${checkpoint}`);
    this.checkpoint = checkpoint;
  }
}

/** Reading or writing failed. */
export class FileError extends Error {
  /** The name of this class. */
  override name = "FileError";
  /** What was being done, with the path in it. */
  readonly action: string;
  /** What was being read or written. */
  readonly path: string;

  /**
   * Makes the message of what was being done and what the system said.
   *
   * @param action With the path in it: `open numbers.txt`.
   */
  constructor(action: string, path: string, cause: unknown) {
    super(`could not ${action}: ${describe(cause)}`, { cause });
    this.action = action;
    this.path = path;
  }
}

/** What went wrong, in words, from the error that the runtime threw. */
function describe(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  return /^(.*?) \(os error \d+\)/s.exec(cause.message)?.[1]?.toLowerCase() ?? cause.message;
}
