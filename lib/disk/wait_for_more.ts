import type { InputFile } from "./input_file.ts";
import { straight } from "./paths.ts";

/**
 * Between two looks at a file, in milliseconds. Looking costs some 20 µs: nothing that could be measured, and it works
 * on every file system, where notifications do not.
 */
const LOOK_MS = 200;

/** What became of a file that was read to its end. */
export type Growth =
  /** There is more to read. */
  | "grown"
  /** It has fewer bytes than were read. */
  | "cut off"
  /** Its name is another file's, or nobody's. */
  | "replaced"
  /** Nothing, and nobody wants to know any more. */
  | "aborted";

/**
 * Waits until something becomes of a file.
 *
 * @param position How much of it was read, in bytes from its start.
 * @param onLook Called before each look.
 */
export async function waitForMore(
  input: InputFile,
  position: number,
  signal: AbortSignal,
  onLook: () => void,
): Promise<Growth> {
  while (!signal.aborted) {
    onLook();
    const { size } = input.hints();
    if (size !== position) return size > position ? "grown" : "cut off";
    if (!await isStillThere(input)) return "replaced";
    await pause(LOOK_MS, signal);
  }
  return "aborted";
}

async function isStillThere(input: InputFile): Promise<boolean> {
  const { device, inode } = input.hints();
  try {
    const { dev, ino } = await Deno.stat(straight(input.path));
    return (device === null || dev === device) && (inode === null || ino === inode);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/** Waits so many milliseconds, or until the signal. */
function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal.addEventListener("abort", end);
  });
}
