import { assertEquals, assertStringIncludes } from "@std/assert";
import { lacks } from "./granted.ts";
import { runInShell, runProgram, succeeds } from "./program.ts";
import { STYLES } from "./styles.ts";
import { tempFolder } from "./temp_folder.ts";

const ignore = lacks("read", "write", "run", "env");
/** Whether folders can be mounted for a test alone. */
const canMount = !ignore && succeeds(["unshare", "-m", "true"]);
const [suffix, ignoreMounts] = canMount || ignore ? ["", ignore] : [" [needs root and mount namespaces]", true];

for (const { name, args } of STYLES) {
  Deno.test(`${name}: a checkpoint that is a symbolic link is written where it leads`, { ignore }, async () => {
    await using folder = await tempFolder();
    folder.write("numbers.txt", "1\n2\n");
    Deno.mkdirSync(folder.at("elsewhere"));
    Deno.symlinkSync("elsewhere/first.json", folder.at("checkpoint.json")); // leads to nothing yet
    for (const [line, sum] of [["", "3\n"], ["4\n", "7\n"]] as const) {
      Deno.writeTextFileSync(folder.at("numbers.txt"), line, { append: true });
      const { code, stdout } = await runProgram(args, folder.path);
      assertEquals([code, stdout], [0, sum]);
      assertEquals(Deno.readLinkSync(folder.at("checkpoint.json")), "elsewhere/first.json");
      assertEquals(JSON.parse(folder.read("elsewhere/first.json")).file, "../numbers.txt");
      assertEquals(folder.names(), ["checkpoint.json", "elsewhere", "numbers.txt"]);
    }
  });

  Deno.test(`${name}: a symbolic link into a folder that is not there is an error, and stays`, { ignore }, async () => {
    await using folder = await tempFolder();
    folder.write("numbers.txt", "1\n2\n");
    Deno.symlinkSync("missing/first.json", folder.at("checkpoint.json"));
    const { code, stdout, stderr } = await runProgram(args, folder.path);
    assertEquals([code, stdout], [4, ""]);
    assertStringIncludes(stderr, "could not find the folder of the checkpoint checkpoint.json");
    assertEquals(folder.names(), ["checkpoint.json", "numbers.txt"]);
  });

  Deno.test(`${name}: symbolic links in a circle are an error`, { ignore }, async () => {
    await using folder = await tempFolder();
    folder.write("numbers.txt", "1\n2\n");
    Deno.symlinkSync("other.json", folder.at("checkpoint.json"));
    Deno.symlinkSync("checkpoint.json", folder.at("other.json"));
    const { code, stdout, stderr } = await runProgram(args, folder.path);
    assertEquals([code, stdout], [4, ""]);
    assertStringIncludes(stderr, "too many symbolic links");
  });

  Deno.test(`${name}: what stands in the temporary file's place goes, and is not followed`, { ignore }, async () => {
    const plants: ((temp: string, victim: string) => void)[] = [
      (temp) => Deno.writeTextFileSync(temp, '{"version": 1, "offset": 4, "running_sum": 99}'),
      (temp, victim) => Deno.symlinkSync(victim, temp),
      (temp, victim) => Deno.linkSync(victim, temp),
      (temp) => Deno.symlinkSync("nowhere", temp),
    ];
    for (const plant of plants) {
      await using folder = await tempFolder();
      folder.write("numbers.txt", "1\n2\n");
      const victim = folder.write("victim.txt", "precious\n");
      plant(folder.at("checkpoint.json.tmp"), victim);
      assertEquals(await runProgram(args, folder.path), { code: 0, signal: null, stdout: "3\n", stderr: "" });
      assertEquals(folder.read("victim.txt"), "precious\n");
      assertEquals(folder.names(), ["checkpoint.json", "checkpoint.json.lock", "numbers.txt", "victim.txt"]);
    }
  });

  Deno.test(`${name}: a folder in the temporary file's place is an error, and stays`, { ignore }, async () => {
    await using folder = await tempFolder();
    folder.write("numbers.txt", "1\n2\n");
    await runProgram(args, folder.path);
    const before = folder.read("checkpoint.json");
    Deno.mkdirSync(folder.at("checkpoint.json.tmp"));
    assertEquals((await runProgram(args, folder.path)).code, 4);
    folder.write("checkpoint.json.tmp/precious.txt", "precious\n");
    const { code, stdout, stderr } = await runProgram(args, folder.path);
    assertEquals([code, stdout], [4, ""]);
    assertStringIncludes(stderr, "checkpoint.json.tmp, which stands where the checkpoint is first written");
    assertEquals(
      stderr.match(/could not/g)?.length,
      1,
      "a run that cannot save for the first time tries again at its end",
    );
    assertEquals(folder.read("checkpoint.json.tmp/precious.txt"), "precious\n");
    assertEquals(folder.read("checkpoint.json"), before);
  });

  Deno.test(`${name}: a checkpoint in a read-only folder is an error, and stays${suffix}`, {
    ignore: ignoreMounts,
  }, async () => {
    await using folder = await tempFolder();
    folder.write("numbers.txt", "1\n2\n");
    await runProgram(args, folder.path);
    const before = folder.read("checkpoint.json");
    Deno.writeTextFileSync(folder.at("numbers.txt"), "3\n", { append: true });
    const readOnly = 'mount --bind . . && mount -o remount,bind,ro . && cd "$PWD" && exec "$@"';
    const ended = await runInShell(`exec unshare -m sh -c '${readOnly}' sh "$@"`, args, folder.path);
    assertEquals([ended.code, ended.stdout], [4, ""]);
    assertStringIncludes(ended.stderr, "read-only file system");
    assertStringIncludes(ended.stderr, "--checkpoint PATH");
    assertEquals(folder.read("checkpoint.json"), before);
    assertEquals((await runProgram([...args, "--no-checkpoint"], folder.path)).stdout, "6\n");
  });

  Deno.test(`${name}: a checkpoint on a full disk is an error, and stays${suffix}`, {
    ignore: ignoreMounts,
  }, async () => {
    await using folder = await tempFolder();
    folder.write("numbers.txt", "1\n2\n");
    Deno.mkdirSync(folder.at("small"));
    const script = `
      mount -t tmpfs -o size=16k tmpfs small && numbers=$PWD/numbers.txt && cd small || exit 99
      "$@" "$numbers" || exit 98
      cat checkpoint.json >&2
      echo 3 >>"$numbers"
      head -c 100000 /dev/zero >filler 2>/dev/null
      "$@" "$numbers"; echo "exit $?"
      cat checkpoint.json >&2; ls
      rm filler
      "$@" --quiet "$numbers"`;
    const ended = await runInShell(`exec unshare -m sh -c '${script}' sh "$@"`, args, folder.path);
    assertEquals(ended.stdout, "3\nexit 4\ncheckpoint.json\ncheckpoint.json.lock\nfiller\n6\n");
    const [before, complaint, after] = ended.stderr.split(/(?<=^}\n)|(?=^{)/m);
    assertEquals(after, before);
    assertStringIncludes(complaint ?? "", "could not save checkpoint.json: no space left on device");
  });
  Deno.test(
    `${name}: bad lines that cannot be collected for want of room are an error, and are there after a run with room${suffix}`,
    {
      ignore: ignoreMounts,
    },
    async () => {
      await using folder = await tempFolder();
      folder.write("numbers.txt", `${"bad line\n".repeat(20_000)}5\n`);
      Deno.mkdirSync(folder.at("small"));
      const script = `
      mount -t tmpfs -o size=64k tmpfs small || exit 99
      "$@" numbers.txt; echo "exit $?"
      mount -o remount,size=1M small || exit 98
      "$@" --quiet numbers.txt
      grep -c "^bad line$" small/bad.txt`;
      const options = [...args, "--on-error", "skip", "--rejects", "small/bad.txt"];
      const { stdout, stderr } = await runInShell(`exec unshare -m sh -c '${script}' sh "$@"`, options, folder.path);
      assertEquals(stdout, "exit 4\n5\n20000\n", stderr);
      assertStringIncludes(stderr, "numsum: could not write small/bad.txt: no space left on device");
      assertEquals(stderr.includes("see small/bad.txt"), false, stderr);
    },
  );
}
