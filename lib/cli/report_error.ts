import {
  BadLineError,
  CheckpointHeldError,
  CheckpointRefusedError,
  FileError,
  MergeError,
  missingPermission,
  MovingInputError,
  NoSuchRangeError,
  OptionError,
  type Place,
  RotatedError,
} from "../pure/errors.ts";
import { DEFAULT_FILE, UsageError } from "./command.ts";
import { unitOf } from "./messages.ts";
import { STANDARD_OUTPUT } from "./terminal.ts";

/** What a message needs to know of the command line. */
export interface MessageContext {
  /** The checkpoint's path, or `undefined` where there is none. */
  checkpoint: string | undefined;
  /** Whether bad lines are passed over. */
  skip: boolean;
  /** Whether the inputs were begun anew. */
  restart: boolean;
  /** Whether inputs that are no longer what was summed are begun anew. */
  restartRotated?: boolean;
  /** The inputs, where they are known. */
  files?: readonly string[];
}

/** An error as the user is told it. */
export interface ErrorReport {
  exitCode: number;
  /** A name for programs. */
  kind:
    | "bad-line"
    | "merge"
    | "usage"
    | "checkpoint-refused"
    | "checkpoint-held"
    | "rotated"
    | "file"
    | "loading"
    | "internal";
  /** What happened; what to do now is in lines of their own. */
  message: string;
  /** Where it happened: a line, a file, a checkpoint. */
  place?: Place | { file: string };
}

/** Says what went wrong, what to do now, and how the process ends. */
export function reportError(error: unknown, context: MessageContext): ErrorReport {
  const { checkpoint } = context;
  if (error instanceof BadLineError) {
    return { exitCode: 1, kind: "bad-line", message: badLine(error, context), place: error.place };
  }
  if (error instanceof MergeError) return { exitCode: 1, kind: "merge", message: `${error.message}.` };
  if (error instanceof UsageError || error instanceof NoSuchRangeError || error instanceof OptionError) {
    return { exitCode: 2, kind: "usage", message: `${error.message}\nRun numsum --help for all options.` };
  }
  if (error instanceof CheckpointRefusedError) {
    const message = `${error.message}.\nIt was left as it is. ${adviseOnRefusal(error, context)}`;
    return { exitCode: 3, kind: "checkpoint-refused", message, place: { file: error.checkpoint } };
  }
  if (error instanceof RotatedError) return { exitCode: 3, kind: "rotated", ...rotated(error, context) };
  if (error instanceof CheckpointHeldError) {
    const advice = "Wait for it to end, or give this run its own with --checkpoint OTHER.";
    const message = `${error.message}.\n${advice}`;
    return { exitCode: 5, kind: "checkpoint-held", message, place: { file: error.checkpoint } };
  }
  if (error instanceof FileError) {
    const message = `${error.message}.${adviseOnFile(error, checkpoint)}`;
    return { exitCode: 4, kind: "file", message, place: { file: error.path } };
  }
  if (error instanceof TypeError && NOT_LOADED.test(error.message)) {
    return { exitCode: 4, kind: "loading", message: notLoaded(error) };
  }
  const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return { exitCode: 4, kind: "internal", message: `this is a mistake in numsum itself: ${reason}` };
}

/** How Deno's messages begin when a module cannot be loaded; they have no class of their own. */
const NOT_LOADED = /^(Failed caching|JSR package|Import '|Requires \w+ access|Module not found)/;

function notLoaded({ message }: Error): string {
  const reason = message.split("\n")[0]!.replace(/\.$/, "");
  return `could not load a part of numsum: ${reason}.\nDeno fetches packages when they are first needed: run this ` +
    "once where it can reach their registry, or use the executable that deno task compile makes.";
}

function adviseOnRefusal({ misfit }: CheckpointRefusedError, { files = [] }: MessageContext): string {
  if (misfit === "foreign") return "Name another with --checkpoint OTHER.";
  const [what, begun] = misfit === "damaged"
    ? ["all of it", "begin"]
    : files.length > 1
    ? ["what it has of all inputs that are named", "begin them"]
    : ["what it has of this input", "begin"];
  const advice =
    `To keep it, name another with --checkpoint OTHER; to discard ${what} and ${begun} anew, say --restart.`;
  return misfit === "changed" ? `${advice}\nWhere that is to be expected, say --rotated restart.` : advice;
}

function adviseOnFile({ path, cause }: FileError, checkpoint: string | undefined): string {
  const permission = missingPermission(cause);
  if (permission) return `\nRun it with deno task sum, or add ${permission} after deno run.`;
  if (path === checkpoint) return "\nPut it elsewhere with --checkpoint PATH, or sum without one with --no-checkpoint.";
  if (path === DEFAULT_FILE) return "\nName the file to be summed, or - for standard input: numsum FILE";
  if (path === STANDARD_OUTPUT) return "\nMake room for it, and run the same command again.";
  if (cause instanceof MovingInputError) return "\nRun it again when no other program writes to it.";
  if (cause instanceof Deno.errors.NotFound) return `\nLook at its name; one that is relative begins in ${folder()}.`;
  return "";
}

/** Where relative names begin. */
function folder(): string {
  try {
    return Deno.cwd();
  } catch {
    return "a folder that is gone";
  }
}

function rotated(
  { message, file }: RotatedError,
  { checkpoint, restartRotated = false }: MessageContext,
): Pick<ErrorReport, "message" | "place"> {
  const again = "To follow what has the name now, run it again";
  const kept = checkpoint === undefined
    ? `${again}.`
    : `What was summed is kept in ${checkpoint}. ${again}${restartRotated ? "" : " with --rotated restart"}.`;
  return { message: `${message}.\n${kept}`, place: { file } };
}

function badLine(error: BadLineError, { checkpoint, skip, restart }: MessageContext): string {
  if (skip || error.isOtherFile) return `${error.message}.`;
  const before = error.place.line - 1;
  const unit = unitOf(error.place);
  const those = before === 1 ? `The ${unit} before it is` : `The ${before} ${unit}s before it are`;
  const again = restart ? "run again without --restart" : "run again";
  if (error.saved === undefined || before === 0) {
    return `${error.message}.\nMend it, or pass over bad ${unit}s with --on-error skip.`;
  }
  // what was saved was read without the option that the reason names
  const anew = !restart && error.reason.includes("--")
    ? "\nWith an option that reads lines otherwise, add --restart."
    : "";
  return `${error.message}.\n${those} saved in ${checkpoint}: mend this one and ${again} to continue there, ` +
    `or pass over bad ${unit}s with --on-error skip.${anew}`;
}
