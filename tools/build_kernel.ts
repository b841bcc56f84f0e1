/**
 * Builds lib/kernel/kernel.wasm from lib/kernel/kernel.as.ts: `deno run -A tools/build_kernel.ts`.
 *
 * The same source gives the same bytes, as long as the version of AssemblyScript in deno.json is the same.
 *
 * @module
 */
import asc from "assemblyscript/asc";

const SOURCE = new URL("../lib/kernel/kernel.as.ts", import.meta.url);
const TARGET = new URL("../lib/kernel/kernel.wasm", import.meta.url);

/** 7 MiB, in pages of 64 KiB: what kernel.as.ts lays out, rounded up. Maximum and initial are the same. */
const PAGES = "112";

/** The kernel's source text. */
export function kernelSource(): Promise<string> {
  return Deno.readTextFile(SOURCE);
}

/**
 * Compiles the kernel, and leaves the files as they are.
 *
 * @param source AssemblyScript; by default the kernel's own.
 * @throws {Error} If it does not compile; the message is the compiler's.
 */
export async function buildKernel(source?: string): Promise<Uint8Array<ArrayBuffer>> {
  const text = source ?? await kernelSource();
  let wasm: Uint8Array<ArrayBuffer> | undefined;
  // deno-fmt-ignore
  const { error, stderr } = await asc.main([
    "kernel.as.ts", "--outFile", "kernel.wasm",
    "-O3", "--noAssert", "--runtime", "stub", "--use", "abort=", "--enable", "simd",
    "--initialMemory", PAGES, "--maximumMemory", PAGES,
  ], {
    readFile: (name) => name === "kernel.as.ts" ? text : null,
    writeFile: (name, contents) => {
      if (name === "kernel.wasm" && typeof contents !== "string") wasm = new Uint8Array(contents);
    },
    listFiles: () => [],
  });
  if (error || !wasm) throw new Error(`Cannot build the kernel: ${stderr.toString()}`, { cause: error });
  return wasm;
}

if (import.meta.main) await Deno.writeFile(TARGET, await buildKernel());
