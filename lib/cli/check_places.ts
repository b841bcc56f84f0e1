import { resolveTarget } from "../disk/checkpoint_place.ts";
import { absolute, basename, dirname, join } from "../disk/paths.ts";
import { UsageError } from "./command.ts";

/**
 * Sees to it that saving replaces nothing but a checkpoint.
 *
 * @param files The inputs, and the file of rejects if there is one.
 * @throws {UsageError} If one of them is the checkpoint, its temporary file or its lock, or if the checkpoint's name is
 * that of another thing than a plain file.
 */
export function checkPlaces(checkpoint: string, files: readonly string[]): void {
  const place = resolveTarget(checkpoint);
  if (isOther(place)) throw new UsageError(`the checkpoint ${checkpoint} is not a plain file`);
  const taken = [place, `${place}.tmp`, `${place}.lock`];
  const clash = files.find((file) => placesOf(file).some((path) => taken.includes(path)));
  if (clash !== undefined) {
    throw new UsageError(`${clash} would be overwritten with the checkpoint; name another with --checkpoint`);
  }
}

/**
 * Sees to it that no bad lines are read again: that would never end.
 *
 * @throws {UsageError} If the file that collects them is one of the inputs.
 */
export function checkRejects(rejects: string, files: readonly string[]): void {
  const [places, id] = [placesOf(rejects), idOf(rejects)];
  const clash = files.find((file) =>
    placesOf(file).some((path) => places.includes(path)) || id !== undefined && idOf(file) === id
  );
  if (clash !== undefined) throw new UsageError(`${clash} is summed, and cannot be the file of --rejects too`);
}

/** What tells a file from all others, also where it has several names. */
function idOf(path: string): string | undefined {
  try {
    const { dev, ino } = Deno.statSync(absolute(path));
    return ino === null ? undefined : `${dev} ${ino}`;
  } catch {
    return undefined;
  }
}

/** Where a name stands, and where it leads if it is a symbolic link. */
function placesOf(path: string): string[] {
  const places: string[] = [];
  try {
    const way = absolute(path);
    places.push(join(Deno.realPathSync(dirname(way)), basename(way)));
    places.push(Deno.realPathSync(way));
  } catch { /* what is not there, or cannot be looked at, is said when it is opened */ }
  return places;
}

function isOther(path: string): boolean {
  try {
    return !Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}
