import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { acquireLock, acquireLockSync } from "../lib/disk/lock.ts";
import { CheckpointHeldError, FileError } from "../lib/pure/errors.ts";
import { lacks } from "./granted.ts";
import { tempFolder } from "./temp_folder.ts";

const ignore = lacks("read", "write");
/** Older versions of Deno can only wait for a lock when they may not await. */
const hasTryLock = "tryLockSync" in Deno.FsFile.prototype;

Deno.test("acquireLock() makes the lock file, holds it, and frees it", { ignore }, async () => {
  await using folder = await tempFolder();
  const path = folder.at("c.json.lock");
  for (const acquire of [acquireLock, acquireLockSync]) {
    {
      using _lock = await acquire(path, "c.json");
      assertEquals(folder.names(), ["c.json.lock"]);
    }
    using _again = await acquire(path, "c.json");
    assertEquals(folder.names(), ["c.json.lock"], "it is never removed");
  }
});

Deno.test("acquireLock() says which folder is missing", { ignore }, async () => {
  await using folder = await tempFolder();
  const path = folder.at("none/c.json.lock");
  const rejected = await assertRejects(() => acquireLock(path, "c.json"), FileError);
  const thrown = assertThrows(() => acquireLockSync(path, "c.json"), FileError) as FileError;
  for (const { message } of [rejected, thrown]) assert(message.includes(path) && message.includes("c.json"), message);
});

Deno.test("a lock is held against other processes, and freed when its process is killed", {
  ignore: lacks("read", "write", "run"),
}, async () => {
  await using folder = await tempFolder();
  const path = folder.at("c.json.lock");
  const module = new URL("../lib/disk/lock.ts", import.meta.url).href;
  const holder = folder.write(
    "holder.ts",
    `import { acquireLock } from ${JSON.stringify(module)};
    using lock = await acquireLock(Deno.args[0]!, "c.json");
    console.log("held");
    await new Promise((resolve) => setTimeout(resolve, 60_000));`,
  );
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", "--config", configPath(), "--allow-read", "--allow-write", holder, path],
    stdin: "null",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const reader = child.stdout.getReader();
  try {
    assertEquals(new TextDecoder().decode((await reader.read()).value).trim(), "held");
    const start = performance.now();
    const error = await assertRejects(() => acquireLock(path, "c.json"), CheckpointHeldError);
    assert(error.message.includes("c.json"), error.message);
    assert(performance.now() - start < 5000);
    if (hasTryLock) assertThrows(() => acquireLockSync(path, "c.json"), CheckpointHeldError);
  } finally {
    child.kill("SIGKILL");
    await reader.cancel();
    await child.status;
  }
  using _lock = await acquireLock(path, "c.json");
});

Deno.test(
  "a lock is held against the same process [needs tryLock, of Deno 2.5]",
  { ignore: ignore || !hasTryLock },
  async () => {
    await using folder = await tempFolder();
    const path = folder.at("c.json.lock");
    using _lock = await acquireLock(path, "c.json");
    await assertRejects(() => acquireLock(path, "c.json"), CheckpointHeldError);
    assertThrows(() => acquireLockSync(path, "c.json"), CheckpointHeldError);
  },
);

Deno.test("acquireLock() holds what the name means, even if somebody removes the file", { ignore }, async () => {
  await using folder = await tempFolder();
  const path = folder.at("c.json.lock");
  using _old = await acquireLock(path, "c.json");
  Deno.removeSync(path);
  using _new = await acquireLock(path, "c.json");
  assertEquals(folder.names(), ["c.json.lock"]);
});

function configPath(): string {
  return new URL("../deno.json", import.meta.url).pathname;
}

Deno.test(
  "acquireLock() holds the file that has the name, also if somebody removed the one it opened",
  { ignore },
  async () => {
    await using folder = await tempFolder();
    const path = folder.at("c.json.lock");
    const { openSync } = Deno;
    for (const acquire of [acquireLock, acquireLockSync]) {
      let opened = 0;
      Deno.openSync = (name, options) => {
        const file = openSync(name, options);
        if (++opened === 1) Deno.removeSync(name);
        return file;
      };
      try {
        using _lock = await acquire(path, "c.json");
        assertEquals([opened, folder.names()], [2, ["c.json.lock"]]);
      } finally {
        Deno.openSync = openSync;
      }
    }
  },
);
