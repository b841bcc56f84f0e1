import { comesOnce, type Command, sumCommand } from "./command.ts";

/**
 * Reads a command line. One that has nothing but names of files is understood at once; what reads the options is
 * loaded where there are some.
 *
 * @throws {UsageError} If it has an unknown option, a missing or impossible value, or options that do not go together.
 */
export async function parseOptions(args: readonly string[]): Promise<Command> {
  if (!args.some((arg) => arg.startsWith("-") || comesOnce(arg))) return sumCommand([...args]);
  const { readOptions } = await import("./read_options.ts");
  return await readOptions(args);
}

/** How errors are to be written, also that of a command line which cannot be understood. */
export function parseErrorFormat(args: readonly string[]): { json: boolean; color: boolean } {
  const options = args.slice(0, args.includes("--") ? args.indexOf("--") : args.length);
  return { json: options.includes("--json"), color: !options.includes("--no-color") };
}
