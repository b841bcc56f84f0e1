import { decodeCheckpoint } from "../../lib/pure/checkpoint.ts";

/** What lies in a folder after a run: how far its checkpoint is, and what else was left. */
export interface Found {
  /** Bytes of all inputs that the checkpoint contains; -1 for no checkpoint, `undefined` for a damaged one. */
  progress: number | undefined;
  temps: string[];
}

/** Looks what a run left in its folder. */
export async function lookInto(folder: string): Promise<Found> {
  const names = (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name);
  const temps = names.filter((name) => name.includes("tmp"));
  if (!names.includes("checkpoint.json")) return { progress: -1, temps };
  return { progress: progressOf(await Deno.readFile(`${folder}/checkpoint.json`)), temps };
}

/** Bytes of all inputs that a checkpoint contains, or `undefined` if it is damaged. */
export function progressOf(bytes: Uint8Array): number | undefined {
  try {
    const checkpoint = decodeCheckpoint(bytes);
    if (checkpoint.kind !== "states") return undefined;
    return checkpoint.states.reduce((sum, { state }) => sum + state.offset, 0);
  } catch {
    return undefined;
  }
}
