import type { Target } from "./program.ts";

/** Bytes that {@linkcode runtimeTarget} looks at. */
export const RUNTIME_HEADER_BYTES = 4096;

/** The platform that an executable is for, by its first bytes; `undefined` if it is for none of ours. */
export function runtimeTarget(header: Uint8Array): Target | undefined {
  const bytes = new Uint8Array(RUNTIME_HEADER_BYTES);
  bytes.set(header.subarray(0, RUNTIME_HEADER_BYTES));
  const view = new DataView(bytes.buffer);
  const u16 = (at: number) => view.getUint16(Math.min(at, bytes.length - 2), true);
  const u32 = (at: number) => view.getUint32(at, true);
  const ELF = 0x464c457f;
  const MACH_O = 0xfeedfacf;
  const MZ = 0x5a4d;
  if (u32(0) === ELF) {
    return ({ 0x3e: "x86_64-unknown-linux-gnu", 0xb7: "aarch64-unknown-linux-gnu" } as const)[u16(18)];
  }
  if (u32(0) === MACH_O) {
    return ({ 0x01000007: "x86_64-apple-darwin", 0x0100000c: "aarch64-apple-darwin" } as const)[u32(4)];
  }
  if (u16(0) === MZ) return ({ 0x8664: "x86_64-pc-windows-msvc" } as const)[u16(u32(0x3c) + 4)];
  return undefined;
}
