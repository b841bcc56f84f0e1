import { ROOT } from "./program.ts";

/** What Deno answered. */
export interface Answer {
  success: boolean;
  stdout: string;
  stderr: string;
}

/** Runs the Deno that runs this, in the folder of deno.json. */
export function runDeno(...args: string[]): Promise<Answer> {
  return runDenoIn(ROOT, ...args);
}

/** Runs the Deno that runs this in a folder. */
export async function runDenoIn(folder: URL | string, ...args: string[]): Promise<Answer> {
  const command = new Deno.Command(Deno.execPath(), {
    args,
    cwd: folder,
    env: { NO_COLOR: "1" },
    stdin: "null",
  });
  const { success, stdout, stderr } = await command.output();
  const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { success, stdout: decode(stdout), stderr: decode(stderr) };
}
