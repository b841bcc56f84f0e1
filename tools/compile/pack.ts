import { type ArchiveFile, tar } from "./tar.ts";

/** What a self-extracting executable holds, and how it starts. */
export interface Package {
  /** The program's name. */
  program: string;
  /** A line about what this is, for whoever opens the file. */
  title: string;
  /** Deno as `deno`, the program as `main.js`, and what that loads from beside it. */
  files: readonly ArchiveFile[];
  /** How `deno run` is to run `main.js`. */
  flags: readonly string[];
}

const HEAD = new URL("./head.sh", import.meta.url);

/** Makes a self-extracting executable for POSIX systems: the shell script head.sh, and a gzipped tar behind it. */
export async function pack({ program, title, files, flags }: Package): Promise<Blob> {
  const script = await Deno.readTextFile(HEAD);
  const archive = tar(files);
  const content = await gzip(archive);
  const id = (await sha256(archive)).slice(0, 16);
  const head = (offset: number) =>
    [
      "#!/bin/sh",
      `# ${title}`,
      `program='${program}'`,
      `id='${id}'`,
      `files='${files.map(({ name, bytes }) => `${name}=${bytes.length}`).join(" ")}'`,
      `offset=${offset}`,
      `flags='${flags.join(" ")}'`,
      script,
    ].join("\n");
  return new Blob([head(lengthWithItself((length) => head(length + 1)) + 1), content]);
}

/** The length of a text in bytes that names its own length. */
function lengthWithItself(text: (length: number) => string): number {
  const bytes = (length: number) => new TextEncoder().encode(text(length)).length;
  let length = bytes(0);
  while (bytes(length) !== length) length = bytes(length);
  return length;
}

function gzip(blob: Blob): Promise<Blob> {
  return new Response(blob.stream().pipeThrough(new CompressionStream("gzip"))).blob();
}

/** As hexadecimal digits. */
export async function sha256(blob: Blob): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", await blob.arrayBuffer()));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
