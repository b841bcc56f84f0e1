import config from "../../deno.json" with { type: "json" };

/** The folder that deno.json is in. Paths below are relative to it. */
export const ROOT = new URL("../../", import.meta.url);

/** The program's version. */
export const VERSION: string = config.version;

/** The module that it starts with. */
export const ENTRY = "main.ts";

/**
 * Modules that are started as workers. No import leads to them, so `deno compile` and `deno bundle` have to be told.
 * They have no two names alike, since a self-extracting executable has them all in one folder.
 */
export const WORKERS: readonly string[] = ["lib/drivers/stretch_worker.ts"];

/** How `deno task sum` runs it. */
const WORDS = config.tasks.sum.command.split(" ");

/**
 * What the program may do, the same as `deno task sum`, and it never asks for more: an executable that suddenly asks
 * for a permission helps nobody.
 */
export const PERMISSIONS: readonly string[] = [
  ...WORDS.filter((word) => word.startsWith("--allow-")),
  "--no-prompt",
];

/**
 * That all code is compiled when it is loaded, and not each function when it is first called: then Deno's cache of
 * compiled code has all of it, and a start is 5 ms faster. And that there is room for 4 MB of objects before V8 cleans
 * up for the first time: a run over 74 MB makes 1 MB of them, and then is 2 to 3 ms faster.
 */
export const V8_FLAGS: readonly string[] = WORDS.filter((word) => word.startsWith("--v8-flags="));

/** That what is imported late is not even looked at before; how Deno 2.9 and newer are told. */
export const LATE_FLAGS: readonly string[] = WORDS.filter((word) => word === "--unstable-lazy-dynamic-imports");

/** The platforms that `deno compile` makes executables for. */
export const TARGETS = [
  "x86_64-unknown-linux-gnu",
  "aarch64-unknown-linux-gnu",
  "x86_64-apple-darwin",
  "aarch64-apple-darwin",
  "x86_64-pc-windows-msvc",
] as const;

/** A platform, as Deno names it. */
export type Target = typeof TARGETS[number];

/** The platform of this machine. */
export const HERE = Deno.build.target as Target;
