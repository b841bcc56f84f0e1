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

/** Makes an empty folder. */
export async function tempFolder(): Promise<TempFolder> {
  const path = await Deno.realPath(await Deno.makeTempDir({ prefix: "numsum-test-" }));
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
