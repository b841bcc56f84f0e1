/** How a command ended. */
export interface Ended {
  /** Its exit code; 128 and the signal's number if it died of one. */
  code: number;
  signal: Deno.Signal | null;
  stdout: string;
  stderr: string;
}

/** Runs words as a command, with its output read to the end. */
export async function command(words: readonly string[], cwd?: string): Promise<Ended> {
  return await shell('exec "$@"', words, cwd);
}

/**
 * Runs a line of `sh`, which sees `args` as `$1` and so on. All that the harness starts goes through here, so that
 * `sh` is the only program that it needs the permission for.
 */
export async function shell(line: string, args: readonly string[] = [], cwd?: string): Promise<Ended> {
  const child = new Deno.Command("sh", {
    args: ["-c", line, "sh", ...args],
    ...(cwd === undefined ? {} : { cwd }),
    env: { DENO_NO_UPDATE_CHECK: "1", NO_COLOR: "1" },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  });
  const { code, signal, stdout, stderr } = await child.output();
  const [out, err] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  return { code, signal, stdout: out!, stderr: err! };
}

/** {@linkcode command} that must succeed. */
export async function mustRun(words: readonly string[], cwd?: string): Promise<string> {
  const { code, stdout, stderr } = await command(words, cwd);
  if (code !== 0) throw new Error(`${words.join(" ")} ended with ${code}: ${stderr.trim()}`);
  return stdout;
}
