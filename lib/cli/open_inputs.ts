import { CheckpointFile } from "../disk/checkpoint_file.ts";
import { straight } from "../disk/paths.ts";
import type { RejectsFile } from "../disk/rejects_file.ts";
import { CheckpointRefusedError } from "../pure/errors.ts";
import { checkPlaces, checkRejects } from "./check_places.ts";
import { comesOnce, type SumCommand, UsageError } from "./command.ts";

/** An input before it is opened. */
export interface Input {
  file: string;
  /** Whether it is a pipe, a terminal, or another thing that gives its bytes only once. */
  isStream: boolean;
  /** In bytes; `undefined` for a stream, and where it cannot be looked at: opening it says why. */
  size: number | undefined;
}

/**
 * Looks at the inputs of a command line.
 *
 * @throws {UsageError} If one has no name.
 */
export function lookAtInputs(files: readonly string[]): Input[] {
  return files.map(lookAt);
}

function lookAt(file: string): Input {
  if (file === "") throw new UsageError("a file's name is empty");
  if (comesOnce(file)) return { file, isStream: true, size: undefined };
  try {
    const { isFile, isDirectory, size } = Deno.statSync(straight(file));
    return { file, isStream: !isFile && !isDirectory, size: isFile ? size : undefined };
  } catch {
    return { file, isStream: false, size: undefined };
  }
}

/**
 * Sees to it that plain generators do not wait for a pipe, during which no signal would be taken note of.
 *
 * @throws {UsageError} If there is one.
 */
export function requirePlain(inputs: readonly Input[]): void {
  const stream = inputs.find(({ isStream }) => isStream);
  if (stream) throw new UsageError(`--sync reads plain files only, and ${stream.file} is none`);
}

/**
 * Opens the one checkpoint of all inputs, if there is one.
 *
 * @throws {UsageError} If one is named for an input that cannot have it.
 */
export async function openCheckpoint(
  command: SumCommand,
  inputs: readonly Input[],
): Promise<CheckpointFile | undefined> {
  const { checkpoint: path, checkpointNamed, files, restart } = command;
  const stream = inputs.find(({ isStream }) => isStream);
  if (checkpointNamed && stream) {
    throw new UsageError(
      `${stream.file} cannot have a checkpoint: it is not a plain file that can be read again from an offset`,
    );
  }
  if (path === undefined || inputs.every(({ isStream }) => isStream)) return undefined;
  checkPlaces(path, [...files, ...command.rejects === undefined ? [] : [command.rejects]]);
  const checkpoint = await CheckpointFile.open(path, { discardDamaged: restart });
  if (!checkpoint.claim || files.length === 1 || restart) return checkpoint;
  checkpoint[Symbol.dispose]();
  throw refuseClaim(path, files.length);
}

/** Why the older scripts' checkpoint cannot be continued with several inputs. */
export function refuseClaim(checkpoint: string, files: number): CheckpointRefusedError {
  return new CheckpointRefusedError(checkpoint, `it does not say which of the ${files} inputs it belongs to`, "unfit");
}

/** Drops what the checkpoint has of inputs that are begun anew. */
export function forgetThem(inputs: readonly Input[], checkpoint: CheckpointFile | undefined): void {
  const files = inputs.filter(({ isStream }) => !isStream).map(({ file }) => file);
  checkpoint?.forget(files.map((file) => checkpoint.nameOf(file)));
}

/**
 * Opens the file that collects bad lines, if one is wanted.
 *
 * @throws {UsageError} If it is one of the inputs, or would have lines of a stream among those that states speak of.
 * @throws {FileError} As {@linkcode RejectsFile.open} does.
 */
export async function openRejects(
  { rejects, restart, files }: SumCommand,
  inputs: readonly Input[],
  checkpoint: CheckpointFile | undefined,
): Promise<RejectsFile | undefined> {
  if (rejects === undefined) return undefined;
  const plain = inputs.filter(({ isStream }) => !isStream);
  checkRejects(rejects, plain.map(({ file }) => file));
  const stream = inputs.find(({ isStream }) => isStream);
  if (checkpoint && stream) {
    throw new UsageError(`--rejects with a checkpoint is for plain files; sum ${stream.file} by itself`);
  }
  const { RejectsFile } = await import("../disk/rejects_file.ts");
  return RejectsFile.open(rejects, checkpoint, restart ? files.map((file) => checkpoint?.nameOf(file) ?? file) : []);
}
