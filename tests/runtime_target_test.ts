import { assertEquals } from "@std/assert";
import { HERE } from "../tools/compile/program.ts";
import { RUNTIME_HEADER_BYTES, runtimeTarget } from "../tools/compile/runtime_target.ts";
import { lacks } from "./granted.ts";

/** Bytes of a file, with these at these places. */
function header(parts: Record<number, readonly number[]>): Uint8Array {
  const bytes = new Uint8Array(512);
  for (const [at, values] of Object.entries(parts)) bytes.set(values, Number(at));
  return bytes;
}

const ELF = [0x7f, 0x45, 0x4c, 0x46];
const MACH_O = [0xcf, 0xfa, 0xed, 0xfe];
const MZ = [0x4d, 0x5a];

Deno.test("runtimeTarget() tells the platforms apart", () => {
  const cases: [string, Uint8Array, string | undefined][] = [
    ["Linux on x86", header({ 0: ELF, 18: [0x3e] }), "x86_64-unknown-linux-gnu"],
    ["Linux on ARM", header({ 0: ELF, 18: [0xb7] }), "aarch64-unknown-linux-gnu"],
    ["Linux on RISC-V", header({ 0: ELF, 18: [0xf3] }), undefined],
    ["macOS on x86", header({ 0: MACH_O, 4: [7, 0, 0, 1] }), "x86_64-apple-darwin"],
    ["macOS on ARM", header({ 0: MACH_O, 4: [12, 0, 0, 1] }), "aarch64-apple-darwin"],
    ["Windows on x86", header({ 0: MZ, 0x3c: [0x80], 0x84: [0x64, 0x86] }), "x86_64-pc-windows-msvc"],
    ["Windows, cut off", header({ 0: MZ, 0x3c: [0xff, 0xff, 0xff, 0xff] }), undefined],
    ["a script", new TextEncoder().encode("#!/bin/sh\n"), undefined],
    ["nothing", new Uint8Array(), undefined],
  ];
  for (const [name, bytes, target] of cases) assertEquals([name, runtimeTarget(bytes)], [name, target]);
});

Deno.test({
  name: "runtimeTarget() knows the Deno that runs this",
  ignore: lacks("read"),
  async fn() {
    using file = await Deno.open(Deno.execPath());
    const bytes = new Uint8Array(RUNTIME_HEADER_BYTES);
    await file.read(bytes);
    assertEquals(runtimeTarget(bytes), HERE);
  },
});
