/**
 * What a test may do. Bare `deno test` has no permissions, and a test's own `permissions` cannot raise them, so a
 * test that needs some is ignored there. `deno task test` grants them all, and fails if a test was ignored for want
 * of one; a test that is ignored for another reason ends its name with it, as in `[needs strace]`.
 *
 * @module
 */

/** The address on which tests may listen. */
export const LOCALHOST = "127.0.0.1";

/** For a test's `ignore`: whether one of these permissions is missing. */
export function lacks(...names: ("read" | "write" | "run" | "env" | "net" | "sys")[]): boolean {
  return names.some((name) => Deno.permissions.querySync(describe(name)).state !== "granted");
}

function describe(name: Deno.PermissionName): Deno.PermissionDescriptor {
  return name === "net" ? { name, host: LOCALHOST } : { name } as Deno.PermissionDescriptor;
}
