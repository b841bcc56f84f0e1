import { command } from "./command.ts";

/** Why file systems cannot be mounted here without anybody noticing; `undefined` if they can. */
export async function whyNoMounts(): Promise<string | undefined> {
  if (Deno.build.os !== "linux") return "this is not Linux";
  if ((await command(["id", "-u"])).stdout.trim() !== "0") return "not root";
  const { code, stderr } = await command(["unshare", "-m", "sh", "-c", "losetup -f >/dev/null"]);
  return code === 0 ? undefined : `no mount namespace with loop devices: ${stderr.trim()}`;
}

/**
 * Runs this program again in a mount namespace of its own, where whatever it mounts is gone when it ends, however
 * that happens.
 *
 * @returns Its exit code.
 */
export async function runInNamespace(args: readonly string[]): Promise<number> {
  const permissions = ["--allow-read", "--allow-write", "--allow-run=sh"];
  const main = decodeURIComponent(new URL("main.ts", import.meta.url).pathname);
  const words = [Deno.execPath(), "run", ...permissions, main, "--in-namespace", ...args];
  const child = new Deno.Command("sh", { args: ["-c", 'exec unshare -m "$@"', "sh", ...words] });
  return (await child.spawn().status).code;
}
