/** A file's content: what is surely on the disk, and what a reader sees now. */
export interface Content {
  synced: Uint8Array;
  current: Uint8Array;
}

/** A change to a folder that is not yet surely on the disk. */
interface NameChange {
  name: string;
  /** `undefined` if the name goes. */
  content: Content | undefined;
  /** A rename's old name, which goes in the same moment. */
  from?: string;
}

/** Files by name. */
export type Files = ReadonlyMap<string, Uint8Array>;

/**
 * A folder on a disk that promises no more than POSIX does. Until the folder is synced, each change to its names may
 * reach the disk or not, in any order; until a file is synced, of what was written to it may be there nothing, a
 * part, zeros or all ("All File Systems Are Not Created Equal").
 */
export class DiskModel {
  #names = new Map<string, Content>();
  #durable = new Map<string, Content>();
  #changes: NameChange[] = [];

  /** Opens a file to write, and makes it if there is none. */
  create(name: string, truncate: boolean): Content {
    const found = this.#names.get(name);
    if (found && truncate) found.current = new Uint8Array();
    if (found) return found;
    const content = { synced: new Uint8Array(), current: new Uint8Array() };
    this.#change({ name, content });
    return content;
  }

  rename(from: string, to: string): void {
    if (from !== to) this.#change({ name: to, content: this.#names.get(from)!, from });
  }

  remove(name: string): void {
    this.#change({ name, content: undefined });
  }

  syncFolder(): void {
    this.#durable = new Map(this.#names);
    this.#changes = [];
  }

  /** Everything that may be there after a power cut now. */
  *afterPowerCut(): Generator<Files> {
    for (let chosen = 0; chosen < 2 ** this.#changes.length; chosen++) {
      const names = new Map(this.#durable);
      for (const [i, change] of this.#changes.entries()) {
        if (chosen & 2 ** i) apply(names, change);
      }
      yield* combine([...names].map(([name, content]) => [name, outcomes(content)]));
    }
  }

  #change(change: NameChange): void {
    apply(this.#names, change);
    this.#changes.push(change);
  }
}

function apply(names: Map<string, Content>, { name, content, from }: NameChange): void {
  if (from !== undefined) names.delete(from);
  if (content) names.set(name, content);
  else names.delete(name);
}

/** What a file may hold after a power cut. */
function outcomes({ synced, current }: Content): Uint8Array[] {
  if (synced === current) return [current];
  const isLonger = current.length >= synced.length && synced.every((byte, i) => byte === current[i]);
  const safe = isLonger ? synced.length : 0;
  const half = safe + ((current.length - safe) >> 1);
  const zeros = current.map((byte, i) => i < safe ? byte : 0);
  return [synced, current, current.slice(0, half), current.slice(0, safe), zeros];
}

/** Every way to give each name one of its contents. */
function* combine([first, ...others]: [string, Uint8Array[]][]): Generator<Map<string, Uint8Array>> {
  if (!first) return yield new Map();
  const [name, contents] = first;
  for (const files of combine(others)) {
    for (const content of contents) yield new Map([[name, content], ...files]);
  }
}
