import { command, mustRun } from "./command.ts";

/** A file system to cut off. */
export interface FileSystem {
  /** As the report names it. */
  name: string;
  /** As mount names it. */
  type: string;
  make: readonly string[];
  megabytes: number;
  mountOptions: string;
}

/** Those worth trying; ext4 a second time without the care that it takes of programs that forget to sync. */
const KNOWN: readonly FileSystem[] = [
  { name: "ext4", type: "ext4", make: ["mkfs.ext4", "-q", "-F"], megabytes: 16, mountOptions: "loop" },
  {
    name: "ext4 noauto_da_alloc,data=writeback",
    type: "ext4",
    make: ["mkfs.ext4", "-q", "-F"],
    megabytes: 16,
    mountOptions: "loop,noauto_da_alloc,data=writeback",
  },
  { name: "xfs", type: "xfs", make: ["mkfs.xfs", "-q", "-f"], megabytes: 320, mountOptions: "loop" },
  { name: "btrfs", type: "btrfs", make: ["mkfs.btrfs", "-q", "-f"], megabytes: 128, mountOptions: "loop" },
];

/** The file systems that can be made and mounted here, and why the others cannot. */
export async function findFileSystems(workFolder: string): Promise<{ usable: FileSystem[]; missing: string[] }> {
  const usable: FileSystem[] = [];
  const missing: string[] = [];
  for (const fileSystem of KNOWN) {
    const folder = `${workFolder}/try-${usable.length + missing.length}`;
    await Deno.mkdir(`${folder}/mount`, { recursive: true });
    const reason = await tryOut(fileSystem, folder);
    if (reason === undefined) usable.push(fileSystem);
    else missing.push(`${fileSystem.name} (${reason})`);
  }
  return { usable, missing };
}

/** Makes an image of an empty file system, with a folder `run` that is surely on it. */
export async function makeImage(fileSystem: FileSystem, image: string, mountPoint: string): Promise<void> {
  await mustRun(["truncate", "-s", `${fileSystem.megabytes}M`, image]);
  await mustRun([...fileSystem.make, image]);
  await mount(fileSystem, image, mountPoint);
  await Deno.mkdir(`${mountPoint}/run`);
  await unmount(mountPoint);
}

/** Mounts an image on a loop device. */
export async function mount({ type, mountOptions }: FileSystem, image: string, mountPoint: string): Promise<void> {
  await mustRun(["mount", "-t", type, "-o", mountOptions, image, mountPoint]);
}

/** Takes a mounted image away, and waits until all of it is written. */
export async function unmount(mountPoint: string): Promise<void> {
  await mustRun(["umount", mountPoint]);
}

async function tryOut(fileSystem: FileSystem, folder: string): Promise<string | undefined> {
  const maker = fileSystem.make[0]!;
  if ((await command(["which", maker])).code !== 0) return `no ${maker} here`;
  try {
    await makeImage(fileSystem, `${folder}/image`, `${folder}/mount`);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
