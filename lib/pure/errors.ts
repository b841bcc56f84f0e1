/** Where a line stands. */
export interface Place {
  /** The input's path, as it was given. */
  file: string;
  /** The line's number, from 1; in a range, its first line is 1. */
  line: number;
  /** Bytes from the input's start to the line's first. */
  offset: number;
  /** Where the line starts from which lines are counted, in bytes from the input's start. @default {0} */
  countedFrom?: number | undefined;
  /** The name or the number of the column that is summed; then `line` counts rows, which may hold line feeds. */
  column?: string | undefined;
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
  /** Whether the whole file is clearly of another kind, so that mending this line would not help. */
  readonly isOtherFile: boolean;
  /** The offset up to which the run's state was saved, in bytes; `undefined` if it was not saved at all. */
  saved: number | undefined;

  /** Makes the message of the first three. */
  constructor(place: Place, text: string, reason: string, isOtherFile = false) {
    const { file, line, offset, countedFrom = 0, column } = place;
    const where = countedFrom === 0 ? `${file}:${line}` : `${file}, line ${line} from byte ${countedFrom} on`;
    const inColumn = column === undefined
      ? `${where} (byte ${offset})`
      : `${file}, row ${line}, column ${column} (byte ${offset})`;
    super(`${inColumn}: ${reason}: ${text}`);
    this.place = place;
    this.text = text;
    this.reason = reason;
    this.isOtherFile = isOtherFile;
  }
}

/**
 * Why a checkpoint does not fit:
 * - `changed`: its input's content is no longer what was summed, as with a rotated log.
 * - `unfit`: it is of other options, or contradicts its input.
 * - `damaged`: it cannot be read as a whole, or a newer version wrote it.
 * - `foreign`: it is no checkpoint at all, and perhaps somebody's data.
 */
export type Misfit = "changed" | "unfit" | "damaged" | "foreign";

/** A checkpoint that does not fit what is to be summed. It is kept as it is. */
export class CheckpointRefusedError extends Error {
  /** The name of this class. */
  override name = "CheckpointRefusedError";
  /** The checkpoint's path, as it was given. */
  readonly checkpoint: string;
  /** Why, without the checkpoint's name. */
  readonly reason: string;
  /** Of which kind that is. */
  readonly misfit: Misfit;

  /** Makes the message of the first two. */
  constructor(checkpoint: string, reason: string, misfit: Misfit) {
    super(`${checkpoint} was not accepted: ${reason}`);
    this.checkpoint = checkpoint;
    this.reason = reason;
    this.misfit = misfit;
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

/** A range that the input does not have. */
export class NoSuchRangeError extends RangeError {
  /** The name of this class. */
  override name = "NoSuchRangeError";
}

/** Partials that do not make a whole. */
export class MergeError extends Error {
  /** The name of this class. */
  override name = "MergeError";
}

/** A file that is being followed is no longer the one that it was. */
export class RotatedError extends Error {
  /** The name of this class. */
  override name = "RotatedError";
  /** The file's path, as it was given. */
  readonly file: string;

  /** Makes the message of the file and what became of it. */
  constructor(file: string, reason: string) {
    super(`${file} is followed no more: ${reason}`);
    this.file = file;
  }
}

/** An option that does not fit the input, as the name of a column that it does not have. */
export class OptionError extends Error {
  /** The name of this class. */
  override name = "OptionError";
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

/** What went wrong with an input, in words, where another program wrote to it at the same time. */
export class MovingInputError extends Error {
  /** The name of this class. */
  override name = "MovingInputError";
}

/** The error for an input that ended before the size that it had when it was opened. */
export function becameShorter(path: string): FileError {
  return new FileError(`read ${path}`, path, new MovingInputError("it became shorter meanwhile"));
}

/**
 * The flag without which Deno refuses to read or to write; `undefined` where an error has another reason, and where
 * Deno wants all permissions, which a compiled program cannot be given.
 */
export function missingPermission(cause: unknown): string | undefined {
  const kind = cause instanceof Error && /^Requires (read|write) access/.exec(cause.message)?.[1];
  return kind ? `--allow-${kind}` : undefined;
}

/** What went wrong, in words, from the error that the runtime threw. */
function describe(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  if (cause.name === "NotCapable") {
    const permission = missingPermission(cause);
    return permission
      ? `Deno was not given ${permission} for it`
      : "Deno leaves that to programs that may do everything";
  }
  return /^(.*?) \(os error \d+\)/s.exec(cause.message)?.[1]?.toLowerCase() ?? cause.message;
}
