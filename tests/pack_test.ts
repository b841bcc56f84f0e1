/**
 * The head of self-extracting executables, with a shell script in Deno's place, so that packing takes no time.
 */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { pack } from "../tools/compile/pack.ts";
import { lacks } from "./granted.ts";

const isRoot = Deno.permissions.querySync({ name: "sys", kind: "uid" }).state === "granted" && Deno.uid() === 0;

/** What stands in for Deno: it says how it was called, and does as it is told. */
const DENO = `#!/bin/sh
[ "$1" = --version ] && exec true
[ "$4" = --echo ] && exec cat
[ "$4" = --die ] && kill -TERM $$
printf '%s|' "$@"
exit 7
`;
const FILES = ["deno", "main.js", "worker.js"];

/** Where a test's executable is, and what its user calls his own. */
interface Place {
  folder: string;
  executable: string;
  home: string;
  temporary: string;
  /** What the executable unpacks to, below home and temporary. */
  cache: string;
  fallback: string;
}

/** How a start went. */
interface Outcome {
  code: number;
  signal: string | null;
  stdout: string;
  stderr: string;
}

function testPacked(name: string, test: (place: Place) => Promise<void>, { deno = DENO, ignore = false } = {}): void {
  Deno.test({
    name: `pack() makes a file that ${name}`,
    ignore: ignore || lacks("read", "write", "run") || Deno.build.os === "windows",
    sanitizeOps: true,
    sanitizeResources: true,
    async fn() {
      const root = await Deno.realPath(await Deno.makeTempDir());
      try {
        const folder = `${root}/a '$b'  *`; // a name that a shell could stumble over
        await Deno.mkdir(folder);
        const executable = `${folder}/sum me`;
        await Deno.writeFile(executable, new Uint8Array(await (await packStub(deno)).arrayBuffer()), { mode: 0o755 });
        const [home, temporary] = [`${folder}/home`, `${folder}/tmp`];
        await Deno.mkdir(home);
        await Deno.mkdir(temporary);
        const id = /^id='(\w+)'$/m.exec(await Deno.readTextFile(executable))![1]!;
        const { stdout } = await new Deno.Command("id", { args: ["-u"] }).output();
        const uid = new TextDecoder().decode(stdout).trim();
        const cache = `${home}/.cache/stub/${id}`;
        await test({ folder, executable, home, temporary, cache, fallback: `${temporary}/stub-${uid}/${id}` });
      } finally {
        await Deno.remove(root, { recursive: true });
      }
    },
  });
}

function packStub(deno: string): Promise<Blob> {
  const bytes = (text: string) => new TextEncoder().encode(text).slice();
  return pack({
    program: "stub",
    title: "A stub.",
    files: [
      { name: "main.js", bytes: bytes("// the program\n"), mode: 0o400 },
      { name: "worker.js", bytes: bytes("// x\n".repeat(2000)), mode: 0o400 },
      { name: "deno", bytes: bytes(deno), mode: 0o500 },
    ],
    flags: ["--flag"],
  });
}

/** Starts the executable with an environment that has only what is named. */
async function start(place: Place, args: string[], env: Record<string, string>, stdin = ""): Promise<Outcome> {
  const child = new Deno.Command("/usr/bin/env", {
    args: ["-i", ...Object.entries(env).map(([name, value]) => `${name}=${value}`), place.executable, ...args],
    cwd: place.folder,
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(stdin)).catch(() => {});
  await writer.close().catch(() => {});
  const { code, signal, stdout, stderr } = await child.output();
  const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, signal, stdout: decode(stdout), stderr: decode(stderr) };
}

const usual = ({ home, temporary }: Place) => ({ HOME: home, TMPDIR: temporary });

async function names(folder: string): Promise<string[]> {
  const entries = await Array.fromAsync(Deno.readDir(folder));
  return entries.map(({ name }) => name).sort();
}

async function exists(path: string): Promise<boolean> {
  return await Deno.lstat(path).then(() => true, () => false);
}

/** Whether it ran from this folder. */
function assertRanFrom(folder: string, { code, stdout, stderr }: Outcome): void {
  assertEquals({ code, stdout, stderr }, { code: 7, stdout: `run|--flag|${folder}/main.js|`, stderr: "" });
}

testPacked("unpacks once, and passes on arguments, exit code and input", async (place) => {
  const args = ["--x", "", "a b", "*", "--", "-"];
  const first = await start(place, args, usual(place));
  assertEquals(first, {
    code: 7,
    signal: null,
    stdout: `run|--flag|${place.cache}/main.js|--x||a b|*|--|-|`,
    stderr: "",
  });
  assertEquals(await names(place.cache), FILES);
  const { ino } = await Deno.stat(`${place.cache}/deno`);
  assertEquals(await start(place, args, usual(place)), first);
  assertEquals((await Deno.stat(`${place.cache}/deno`)).ino, ino);
});

testPacked("is replaced by the program: signals end that", async (place) => {
  assertEquals((await start(place, ["--die"], usual(place))).signal, "SIGTERM");
});

testPacked("leaves standard input to the program, also when it unpacks", async (place) => {
  for (let i = 0; i < 2; i++) {
    assertEquals((await start(place, ["--echo"], usual(place), "1\n2\n")).stdout, "1\n2\n");
  }
});

testPacked("does not care how the user wants ls to write", async (place) => {
  for (
    const style of [{ TIME_STYLE: "long-iso" }, { TIME_STYLE: "+%s" }, { BLOCK_SIZE: "1K" }, { QUOTING_STYLE: "c" }]
  ) {
    assertRanFrom(place.cache, await start(place, [], { ...usual(place), ...style }));
  }
});

testPacked("keeps to XDG_CACHE_HOME, and makes it", async (place) => {
  const cache = `${place.folder}/new/cache`;
  const outcome = await start(place, [], { ...usual(place), XDG_CACHE_HOME: cache });
  assertRanFrom(place.cache.replace(`${place.home}/.cache`, cache), outcome);
  assertEquals(await names(place.home), []);
});

testPacked("does with no home, or one that is not there", async (place) => {
  const { temporary, folder } = place;
  assertRanFrom(place.fallback, await start(place, [], { TMPDIR: temporary }));
  assertRanFrom(place.fallback, await start(place, [], { HOME: `${folder}/none`, TMPDIR: temporary }));
  assertRanFrom(place.fallback, await start(place, [], { HOME: "home", XDG_CACHE_HOME: "tmp", TMPDIR: temporary }));
  assertEquals(await names(place.home), []);
  assertEquals(await exists(`${folder}/none`), false);
});

testPacked("needs no PATH", async (place) => {
  assertRanFrom(place.cache, await start(place, [], { ...usual(place), PATH: "/nonexistent" }));
});

testPacked("mends a cache with a file that is missing, shortened or half-written", async (place) => {
  await start(place, [], usual(place));
  const deno = `${place.cache}/deno`;
  const damages = [
    () => Deno.remove(deno),
    () => Deno.chmod(deno, 0o700).then(() => Deno.truncate(deno, 20)).then(() => Deno.chmod(deno, 0o500)),
    () => Deno.remove(`${place.cache}/worker.js`),
    () => Deno.remove(place.cache, { recursive: true }),
  ];
  for (const damage of damages) {
    await damage();
    assertRanFrom(place.cache, await start(place, [], usual(place)));
    assertEquals(await names(place.cache), FILES);
  }
});

testPacked("can be started for the first time many times at once", async (place) => {
  const outcomes = await Promise.all(Array.from({ length: 12 }, () => start(place, [], usual(place))));
  for (const outcome of outcomes) assertRanFrom(place.cache, outcome);
  assertEquals(await names(place.cache), FILES);
});

testPacked("removes what a killed start left, and nothing of a living one", async (place) => {
  const { stdout } = await new Deno.Command("uname", { args: ["-n"] }).output();
  const host = new TextDecoder().decode(stdout).trim();
  const dead = await new Deno.Command("sh", { args: ["-c", "echo $$"] }).output();
  const deadPid = new TextDecoder().decode(dead.stdout).trim();
  const folder = (host: string, pid: string | number) => `${place.cache}/unpacking.${host}.${pid}`;
  const living = [folder(host, Deno.pid), folder("elsewhere", deadPid)];
  await Deno.mkdir(`${place.home}/.cache/stub`, { recursive: true, mode: 0o700 });
  for (const path of [...living, folder(host, deadPid)]) await Deno.mkdir(path, { recursive: true, mode: 0o700 });
  assertRanFrom(place.cache, await start(place, [], usual(place)));
  assertEquals(await names(place.cache), [...FILES, ...living.map((path) => path.replace(/.*\//, "")).sort()].sort());
});

testPacked("trusts no folder that others may write to", async (place) => {
  await start(place, [], usual(place));
  for (const [path, mode] of [[place.cache, 0o770], [place.cache.replace(/\/\w+$/, ""), 0o707]] as const) {
    await Deno.chmod(path, mode);
    assertRanFrom(place.fallback, await start(place, [], usual(place)));
    await Deno.chmod(path, 0o700);
  }
  assertRanFrom(place.cache, await start(place, [], usual(place)));
  await Deno.chmod(`${place.home}/.cache`, 0o777);
  assertRanFrom(place.fallback, await start(place, [], usual(place)));
  await Deno.chmod(`${place.home}/.cache`, 0o1777); // others may add to it, but not take away
  assertRanFrom(place.cache, await start(place, [], usual(place)));
});

testPacked("trusts no folder of another user" + (isRoot ? "" : " [needs root]"), async (place) => {
  await start(place, [], usual(place));
  const deno = `${place.cache}/deno`;
  await Deno.chown(deno, 65534, 65534);
  assertRanFrom(place.cache, await start(place, [], usual(place)));
  assertEquals((await Deno.stat(deno)).uid, 0);
  for (const path of [`${place.home}/.cache`, `${place.home}/.cache/stub`, place.cache]) {
    await Deno.chown(path, 65534, 65534);
    assertRanFrom(place.fallback, await start(place, [], usual(place)));
    await Deno.chown(path, 0, 0);
  }
}, { ignore: !isRoot });

testPacked("says so if it finds no folder to trust", async (place) => {
  await Deno.symlink(place.folder, place.fallback.replace(/\/\w+$/, ""));
  const outcome = await start(place, [], { XDG_CACHE_HOME: "/dev/null/x", TMPDIR: place.temporary });
  assertEquals(outcome, {
    code: 4,
    signal: null,
    stdout: "",
    stderr: "stub: found no folder to unpack into:\n  /dev/null/x/stub: Not a directory\n" +
      "Name one of your own with XDG_CACHE_HOME.\n",
  });
});

testPacked("notices that it is damaged, and leaves nothing half-written", async (place) => {
  const bytes = await Deno.readFile(place.executable);
  const flipped = bytes.slice();
  flipped[bytes.length - 20]! ^= 1;
  for (const damaged of [flipped, bytes.slice(0, -30), bytes.slice(0, -200)]) {
    await Deno.writeFile(place.executable, damaged);
    const { code, stdout, stderr } = await start(place, [], usual(place));
    assertEquals([code, stdout], [4, ""]);
    assertStringIncludes(stderr, `stub: could not unpack into ${place.cache}: `);
    assertStringIncludes(stderr, "This file is damaged: get it anew");
    assertEquals(await names(place.cache), []);
  }
});

testPacked("says so if there is no room, and leaves nothing half-written", async (place) => {
  // a limit to the size of files stands for a full disk
  const limited = { ...place, executable: "/bin/sh" };
  const script = `trap "" XFSZ; ulimit -f 1; exec "$0"`;
  const { code, stdout, stderr } = await start(limited, ["-c", script, place.executable], usual(place));
  assertEquals([code, stdout], [4, ""]);
  assertStringIncludes(stderr, `stub: could not unpack into ${place.cache}: tar: `);
  assertStringIncludes(stderr, "It needs 1 MB there. Make room, or name another folder with XDG_CACHE_HOME.");
  assertEquals(await names(place.cache), []);
});

testPacked("says so if Deno does not start on this machine", async (place) => {
  const { code, stdout, stderr } = await start(place, [], usual(place));
  assertEquals([code, stdout], [4, ""]);
  assertStringIncludes(stderr, `${place.cache}: Deno does not start there: no such library\n`);
  assertStringIncludes(stderr, `${place.fallback}: Deno does not start there: no such library\n`);
  assertEquals(await names(place.cache), []);
}, { deno: "#!/bin/sh\necho deno: error: no such library >&2\nexit 1\n" });

Deno.test({
  name: "pack() makes the same bytes of the same files",
  ignore: lacks("read"),
  async fn() {
    const [one, other] = await Promise.all([packStub(DENO), packStub(DENO)]);
    assertEquals(await one.bytes(), await other.bytes());
    assert((await packStub(DENO + "\n")).size > 0);
  },
});
