import { assert, assertEquals, assertMatch } from "@std/assert";
import { lacks } from "./granted.ts";
import { isThere } from "./programs.ts";
import { slurmCluster } from "./slurm_cluster.ts";
import { type TempFolder, tempFolder } from "./temp_folder.ts";

const ROOT = new URL("../", import.meta.url).pathname;
const ignore = lacks("read", "write", "run", "env") || Deno.build.os === "windows";
const lacksParallel = !await isThere("parallel");
const lacksMpi = !await isThere("mpirun");
const lacksSlurm = ignore || lacks("sys") || Deno.uid() !== 0 || !await isThere("slurmctld") ||
  !await isThere("slurmd");

/** The sum of `numbers()`. */
const SUM = "450015000";

function numbers(): string {
  return Array.from({ length: 30_000 }, (_, i) => `${i + 1}\n`).join("");
}

Deno.test("examples/parallel.sh sums a file, also with a name that a shell would read otherwise [needs parallel]", {
  ignore: ignore || lacksParallel,
}, async () => {
  await using folder = await tempFolder();
  folder.write("it's $HOME; numbers.txt", numbers());
  const { code, stdout } = await recipe(folder, "parallel.sh", ["it's $HOME; numbers.txt", "5"]);
  assertEquals([code, stdout], [0, `${SUM}\n`]);
});

Deno.test("examples/parallel.sh: jobs killed at random are tried again, and the sum is right [needs parallel]", {
  ignore: ignore || lacksParallel,
}, async () => {
  await using folder = await tempFolder();
  folder.write("numbers.txt", numbers());
  // each part's first run is killed at some moment, before, while or after it prints
  const { code, stdout } = await recipe(
    folder,
    "parallel.sh",
    ["numbers.txt", "6"],
    `
    test "$1" = --merge && real "$@"
    real "$@" & pid=$!
    if mkdir "$FOLDER/killed-$(echo "$3" | tr / -)"; then
      sleep "0.$(od -An -N1 -tu1 /dev/urandom | tr -d ' ')"
      kill -9 $pid
    fi
    wait $pid`,
  );
  assertEquals([code, stdout], [0, `${SUM}\n`]);
  assertEquals(folder.names().filter((name) => name.startsWith("killed-")).length, 6);
});

Deno.test("examples/parallel.sh: what never succeeds is named, and there is no sum [needs parallel]", {
  ignore: ignore || lacksParallel,
}, async () => {
  await using folder = await tempFolder();
  folder.write("numbers.txt", numbers());
  const fails = `test "$3" = 2/4 && kill -9 $$; real "$@"`;
  const { code, stdout, stderr } = await recipe(folder, "parallel.sh", ["numbers.txt", "4"], fails);
  assertEquals([code, stdout], [1, ""]);
  assertMatch(stderr, /42224 of the 168894 bytes of numbers\.txt are missing: 42223-84447\./);
});

Deno.test("parallel --pipe-part --retries loses input without a word; --merge does not [needs parallel]", {
  ignore: ignore || lacksParallel,
}, async () => {
  await using folder = await tempFolder();
  folder.write("numbers.txt", numbers());
  const failOnce = `if mkdir "$FOLDER/failed"; then cat > /dev/null; exit 1; fi; real "$@"`;
  const { code, stdout } = await runWithNumsum(folder, failOnce, "parallel", [
    ...["--pipe-part", "-a", "numbers.txt", "--block", "40k", "--retries", "3"],
    ...["numsum", "--partial", "-"],
  ]);
  assertEquals(code, 0, "GNU parallel says that all is well");
  const lines = stdout.trim().split("\n").map((line) => JSON.parse(line).count);
  const total = lines.reduce((sum, count) => sum + count, 0);
  folder.write("parts.jsonl", stdout);
  const merge = (...args: string[]) =>
    runWithNumsum(folder, `real "$@"`, "numsum", ["--merge", ...args, "parts.jsonl"]);
  if (total === 30_000) return; // a version that is mended
  assert(lines.includes(0), "a job read nothing and called that a success");
  for (const args of [[], ["--expect-lines", "30000"]]) {
    const merged = await merge(...args);
    assertEquals([merged.code, merged.stdout], [1, ""]);
    assertMatch(merged.stderr, args.length === 0 ? /--expect-lines N/ : /30000 were expected: \d+ missing/);
  }
});

Deno.test("examples/mpi.sh sums a file, and says what is missing when a rank dies [needs mpirun]", {
  ignore: ignore || lacksMpi,
}, async () => {
  await using folder = await tempFolder();
  folder.write("num bers.txt", numbers());
  const args = ["num bers.txt", "4", "--oversubscribe"];
  const { code, stdout, stderr } = await recipe(folder, "mpi.sh", args);
  assertEquals([code, stdout], [0, `${SUM}\n`], stderr);
  const dies = `test "$3" = 3/4 && kill -9 $$; real "$@"`;
  const failed = await recipe(folder, "mpi.sh", args, dies);
  assertEquals([failed.code, failed.stdout], [1, ""]);
  assertMatch(failed.stderr, /bytes of num bers\.txt are missing|nothing to merge/);
});

Deno.test("examples/slurm.sh: a job array, one task requeued while it runs [needs slurmctld, slurmd and root]", {
  ignore: lacksSlurm,
}, async () => {
  await using folder = await tempFolder();
  folder.write("numbers.txt", numbers());
  await using cluster = await slurmCluster(folder);
  const env = { SLURM_CONF: cluster.conf };
  const waitsOnce = `case "$3" in 2/4) if mkdir "$FOLDER/waits"; then sleep 300; fi;; esac; real "$@"`;
  const whole = recipe(folder, "slurm.sh", ["numbers.txt", "4", "parts"], waitsOnce, env);
  while (!folder.names().includes("waits")) await sleep(50);
  const task = /^\d+_2$/m.exec(await cluster.run("squeue", "-h", "-t", "R", "-o", "%F_%K"))![0];
  await cluster.run("scontrol", "requeue", task);
  // Slurm would let it wait for two minutes
  while (!/ PENDING /.test(await cluster.run("squeue", "-h", "-o", "%F_%K %T %r", "-j", task))) await sleep(100);
  await cluster.run("scontrol", "update", `JobId=${task}`, "StartTime=now");
  const { code, stdout, stderr } = await whole;
  assertEquals([code, stdout], [0, `${SUM}\n`], stderr);

  const fails = `test "$3" = 2/4 && exit 1; real "$@"`;
  const failed = await recipe(folder, "slurm.sh", ["numbers.txt", "4", "parts2"], fails, env);
  assertEquals([failed.code, failed.stdout], [1, ""]);
  assertMatch(failed.stderr, /42224 of the 168894 bytes of numbers\.txt are missing: 42223-84447\./);
});

/** Runs one of the examples. */
function recipe(folder: TempFolder, name: string, args: string[], numsum = `real "$@"`, env = {}) {
  return runWithNumsum(folder, numsum, "sh", [`${ROOT}examples/${name}`, ...args], env);
}

/**
 * Runs a command in the folder, with a `numsum` on the path.
 *
 * @param numsum What that does, as a shell script; `real` is the program.
 */
async function runWithNumsum(folder: TempFolder, numsum: string, command: string, args: string[], env = {}) {
  const script = `#!/bin/sh
FOLDER='${folder.path}'
real() {
  exec '${Deno.execPath()}' run --no-prompt --allow-read --allow-write --allow-env '${ROOT}main.ts' "$@"
}
${numsum}
`;
  await Deno.mkdir(folder.at("bin"), { recursive: true });
  await Deno.writeTextFile(folder.at("bin/numsum"), script, { mode: 0o755 });
  const { code, stdout, stderr } = await new Deno.Command(command, {
    args,
    cwd: folder.path,
    env: {
      PATH: `${folder.at("bin")}:${Deno.env.get("PATH")}`,
      // engines ask for these where the tests run as root
      OMPI_ALLOW_RUN_AS_ROOT: "1",
      OMPI_ALLOW_RUN_AS_ROOT_CONFIRM: "1",
      DENO_NO_UPDATE_CHECK: "1",
      ...env,
    },
    stdin: "null",
  }).output();
  const [out = "", err = ""] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  return { code, stdout: out, stderr: err };
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
