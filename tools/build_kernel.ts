/**
 * Builds lib/kernel/kernel.wasm from lib/kernel/kernel.as.ts and what it imports: `deno run -A tools/build_kernel.ts`.
 *
 * The same source gives the same bytes, as long as the version of AssemblyScript in deno.json is the same.
 *
 * @module
 */
import asc from "assemblyscript/asc";

const FOLDER = new URL("../lib/kernel/", import.meta.url);
const TARGET = new URL("kernel.wasm", FOLDER);

/** 7 MiB, in pages of 64 KiB: what kernel.as.ts lays out, rounded up. Maximum and initial are the same. */
const PAGES = "112";

/**
 * Compiles the kernel, and leaves the files as they are.
 *
 * @param edit Changes the text of a source file before it is compiled.
 * @throws {Error} If it does not compile; the message is the compiler's.
 */
export async function buildKernel(edit = (source: string) => source): Promise<Uint8Array<ArrayBuffer>> {
  let wasm: Uint8Array<ArrayBuffer> | undefined;
  // deno-fmt-ignore
  const { error, stderr } = await asc.main([
    "kernel.as.ts", "--outFile", "kernel.wasm",
    "-O3", "--noAssert", "--runtime", "stub", "--use", "abort=", "--enable", "simd", "--enable", "relaxed-simd",
    "--initialMemory", PAGES, "--maximumMemory", PAGES,
  ], {
    readFile: (name) => {
      const source = readIfThere(new URL(name, FOLDER));
      return source === null ? null : edit(source);
    },
    writeFile: (name, contents) => {
      if (name === "kernel.wasm" && typeof contents !== "string") wasm = new Uint8Array(contents);
    },
    listFiles: () => [],
  });
  if (error || !wasm) throw new Error(`Cannot build the kernel: ${stderr.toString()}`, { cause: error });
  return wasm;
}

/** The compiler asks for one name after the other until a file is there. */
function readIfThere(path: URL): string | null {
  try {
    return Deno.readTextFileSync(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

if (import.meta.main) await Deno.writeFile(TARGET, await buildKernel());
