import { acknowledgedProgress } from "./acknowledged.ts";
import { type Content, DiskModel, type Files } from "./disk_model.ts";
import type { Call } from "./read_trace.ts";

/** What a power cut may leave of a run. */
export interface Remains {
  files: Files;
  /** The progress that the run had acknowledged before. */
  acknowledged: number;
  /** The last call before the power cut. */
  after: string;
}

/** Everything that a power cut at any moment may leave in the folder of a run that made these calls. */
export function possibleRemains(calls: readonly Call[], folder: string): Remains[] {
  const found = new Map<string, Remains>();
  const disk = new DiskModel();
  const player = new Player(disk, folder);
  for (const [i, call] of calls.entries()) {
    if (!player.play(call)) continue;
    const acknowledged = acknowledgedProgress(calls.slice(0, i + 1));
    for (const files of disk.afterPowerCut()) {
      const key = JSON.stringify([acknowledged, [...files].map(([name, bytes]) => [name, [...bytes]]).sort()]);
      if (!found.has(key)) found.set(key, { files, acknowledged, after: `call ${i + 1}, ${call.name}` });
    }
  }
  return [...found.values()];
}

/** Does to a model what a run's calls did to its folder. */
class Player {
  readonly #disk: DiskModel;
  readonly #folder: string;
  /** What is open of the folder, or the folder itself. */
  readonly #open = new Map<number, Content | "folder">();

  constructor(disk: DiskModel, folder: string) {
    this.#disk = disk;
    this.#folder = folder;
  }

  /** Plays a call; whether it matters for what a power cut leaves. */
  play({ name, args, texts, result }: Call): boolean {
    if (result === undefined || result < 0) return false;
    const paths = texts.map((text) => this.#nameOf(new TextDecoder().decode(text)));
    const fd = Number.parseInt(args);
    const open = this.#open.get(fd);
    const [from, to] = paths;
    if (name === "openat") return this.#opened(from, args, result);
    if (name === "close") return this.#open.delete(fd) && false;
    if (name === "rename" && from && to) this.#disk.rename(from, to);
    else if (name === "unlink" && from) this.#disk.remove(from);
    else if (name === "fsync" && open === "folder") this.#disk.syncFolder();
    else if (typeof open === "object") return play(open, name, args, texts[0]?.subarray(0, result));
    else return name === "read" || (name === "write" && fd === 1);
    return true;
  }

  #opened(name: string | undefined, args: string, fd: number): boolean {
    const isWritten = /O_WRONLY|O_RDWR/.test(args);
    if (name === undefined || name.endsWith(".lock") || (name !== "" && !isWritten)) return false;
    this.#open.set(fd, isWritten ? this.#disk.create(name, /O_TRUNC/.test(args)) : "folder");
    return isWritten;
  }

  /** A path's name in the folder, empty for the folder, `undefined` for anything else. */
  #nameOf(path: string): string | undefined {
    if (path === this.#folder) return "";
    return path.startsWith(`${this.#folder}/`) ? path.slice(this.#folder.length + 1) : undefined;
  }
}

/** Does to a file what a call did; whether it matters. */
function play(content: Content, name: string, args: string, written: Uint8Array | undefined): boolean {
  if (name === "write") content.current = Uint8Array.from([...content.current, ...written ?? []]);
  else if (name === "ftruncate") content.current = content.current.slice(0, Number(args.split(",")[1]));
  else if (/^f(data)?sync$/.test(name)) content.synced = content.current;
  else return false;
  return true;
}
