/** A folder for one test, removed with all that is in it. */
export interface TempFolder extends AsyncDisposable {
  /** Its path, without symbolic links. */
  readonly path: string;
  /** The path of a name in it. */
  at(name: string): string;
  /** Writes a file that has its times in the past, so that the file system's word for it is trusted. */
  write(name: string, content: string | Uint8Array): string;
  /** What a file in it holds. */
  read(name: string): string;
  /** The names of all that is in it, sorted. */
  names(): string[];
}

/** A fixed time in the past. */
const LONG_AGO = new Date("2001-02-03T04:05:06.000Z");

/** A folder that is kept in memory, on systems that have one: the thousands of syncs of the tests cost nothing there. */
const IN_MEMORY = "/dev/shm";

/**
 * Makes an empty folder.
 *
 * @param where In memory if possible, or surely on a disk. @default {"memory"}
 */
export async function tempFolder(where: "memory" | "disk" = "memory"): Promise<TempFolder> {
  const parent = where === "memory" && isThere(IN_MEMORY) ? { dir: IN_MEMORY } : {};
  const path = await Deno.realPath(await Deno.makeTempDir({ prefix: "numsum-test-", ...parent }));
  const at = (name: string) => `${path}/${name}`;
  return {
    path,
    at,
    write(name, content) {
      const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
      Deno.writeFileSync(at(name), bytes);
      Deno.utimeSync(at(name), LONG_AGO, LONG_AGO);
      return at(name);
    },
    read: (name) => Deno.readTextFileSync(at(name)),
    names: () => [...Deno.readDirSync(path)].map(({ name }) => name).sort(),
    async [Symbol.asyncDispose]() {
      await Deno.remove(path, { recursive: true });
    },
  };
}

function isThere(path: string): boolean {
  try {
    return Deno.statSync(path).isDirectory;
  } catch {
    return false;
  }
}
