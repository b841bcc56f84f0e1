import { assert, assertEquals, assertRejects } from "@std/assert";
import { type Option, OPTIONS } from "../lib/cli/options.ts";
import { type SumCommand, UsageError } from "../lib/cli/command.ts";
import { parseOptions } from "../lib/cli/parse_options.ts";
import { readOptions } from "../lib/cli/read_options.ts";

const options: readonly Option[] = OPTIONS;

async function parse(...args: string[]): Promise<SumCommand> {
  const command = await parseOptions(args);
  if (command.kind !== "sum" && command.kind !== "status") throw new Error(`it is ${command.kind}`);
  return command;
}

async function refusal(...args: string[]): Promise<string> {
  return (await assertRejects(() => parseOptions(args), UsageError, undefined, args.join(" ")) as Error).message;
}

Deno.test("parseOptions() has a default for everything", async () => {
  const { kind, files, checkpoint, checkpointNamed, restart, every, sync, skip, round, quiet, progress } =
    await parse();
  assertEquals(
    { kind, files, checkpoint, checkpointNamed, restart, every, sync, skip, round, quiet, progress },
    {
      kind: "sum",
      files: ["numbers.txt"],
      checkpoint: "checkpoint.json",
      checkpointNamed: false,
      restart: false,
      every: undefined,
      sync: false,
      skip: false,
      round: undefined,
      quiet: false,
      progress: "auto",
    },
  );
});

Deno.test("parseOptions() reads each option", async () => {
  const cases: [args: string[], found: (command: SumCommand) => unknown, wanted: unknown][] = [
    [["a.txt", "b.txt"], ({ files }) => files, ["a.txt", "b.txt"]],
    [["--", "--sync"], ({ files, sync }) => [files, sync], [["--sync"], false]],
    [["-"], ({ files }) => files, ["-"]],
    [["007", "1e3"], ({ files }) => files, ["007", "1e3"]],
    [["--checkpoint", "c.json"], (c) => [c.checkpoint, c.checkpointNamed], ["c.json", true]],
    [["--checkpoint=c.json"], ({ checkpoint }) => checkpoint, "c.json"],
    [["--checkpoint", "checkpoint.json"], ({ checkpointNamed }) => checkpointNamed, true],
    [["--no-checkpoint"], (c) => [c.checkpoint, c.checkpointNamed], [undefined, false]],
    [["--restart", "--verify", "--sync", "--json"], (c) => [c.restart, c.verify, c.sync, c.json], [
      true,
      true,
      true,
      true,
    ]],
    [["--every", "64MB"], ({ every }) => every, { bytes: 64_000_000 }],
    [["--every=500ms"], ({ every }) => every, { milliseconds: 500 }],
    [["--decimal-mark", ",", "--group-mark", "."], (c) => [c.decimalMark, c.groupMark], [",", "."]],
    [["--group-mark", " "], ({ groupMark }) => groupMark, " "],
    [["--on-error", "skip", "--rejects", "bad.txt"], (c) => [c.skip, c.rejects], [true, "bad.txt"]],
    [["--on-error", "fail"], ({ skip }) => skip, false],
    [["--round", "0"], ({ round }) => round, 0],
    [["--round", "12"], ({ round }) => round, 12],
    [["-q"], ({ quiet }) => quiet, true],
    [["--progress", "never"], ({ progress }) => progress, "never"],
    [["--no-color"], ({ color }) => color, false],
    [["--status"], ({ kind }) => kind, "status"],
    [["--sync", "x.txt"], ({ files, sync }) => [files, sync], [["x.txt"], true]],
    [["--json", "true", "a.txt"], ({ files, json }) => [files, json], [["true", "a.txt"], true]],
    [["-q", "false"], ({ files, quiet }) => [files, quiet], [["false"], true]],
    [["a.txt", "--no-checkpoint", "false"], (c) => [c.files, c.checkpoint], [["a.txt", "false"], undefined]],
    [["--column", "2", "--na", "-1", "--na=-"], ({ na }) => na, ["-1", "-"]],
    [["--round", "1", "a", "--", "-b", "true"], ({ files, round }) => [files, round], [["a", "-b", "true"], 1]],
  ];
  for (const [args, found, wanted] of cases) assertEquals(found(await parse(...args)), wanted, args.join(" "));
});

Deno.test("parseOptions() gives help and version before anything else is looked at", async () => {
  for (const flag of ["--help", "-h"]) assertEquals((await parseOptions([flag, "--round", "x"])).kind, "help");
  for (const flag of ["--version", "-V"]) assertEquals((await parseOptions([flag, "--round", "x"])).kind, "version");
});

Deno.test("parseOptions() refuses an unknown option, and says which one comes near", async () => {
  assertEquals(await refusal("--chekpoint", "x"), "there is no option --chekpoint; did you mean --checkpoint?");
  for (const name of ["-5", "-.5", "-neg.txt"]) {
    assertEquals(
      await refusal(name),
      `there is no option ${name}; a file whose name begins with - is given as ./${name}`,
    );
  }
  assertEquals(await refusal("--restrat=yes"), "there is no option --restrat; did you mean --restart?");
  const args = ["--x", "-x", "-qx", "--Sync", "--no-sync", "-5", "-h5", "-q5", "-q=no", "-q/x", "---", "-=", "--=x"];
  for (const arg of [...args, "--_", "--_=5", "-_5", "-q_", "--json.x", "--__proto__=5", "--constructor"]) {
    assert((await refusal(arg, "a.txt")).includes("no option"), arg);
  }
  for (const name of ["json", "no-checkpoint", "restart", "help"]) {
    assert((await refusal(`--${name}=true`)).includes(`--${name} takes no value`), name);
  }
});

Deno.test("parseOptions() refuses every option that has a value without one", async () => {
  for (const { name, value } of options) {
    if (!value) continue;
    for (
      const args of [[`--${name}`], [`--${name}=`], [`--${name}`, "--quiet"], [`--${name}`, ""], [
        `--${name}`,
        "--",
        "a",
      ]]
    ) {
      const message = await refusal(...args);
      assert(message.includes(`--${name} `), message);
    }
  }
});

Deno.test("parseOptions() refuses every value that is not one of an option's choices, and names them", async () => {
  for (const { name, choices } of options) {
    if (!choices) continue;
    const message = await refusal(`--${name}`, "nonsense");
    assert(message.includes(`--${name} wants`) && message.includes(`"nonsense"`), message);
    for (const choice of choices) assert(message.includes(choice), message);
  }
});

Deno.test("parseOptions() refuses values that make no sense, and says what it wants", async () => {
  const cases: [string[], RegExp][] = [
    [["--every", "64"], /--every wants .*500ms.*64MB.*"64"/],
    [["--every", "0s"], /--every/],
    [["--round=-1"], /--round/],
    [["--round", "1.5"], /--round wants a whole number from 0 to \d+, not "1.5"/],
    [["--round", "1e2"], /--round/],
    [["--round", "99999999999"], /--round/],
  ];
  for (const [args, message] of cases) assert(message.test(await refusal(...args)), args.join(" "));
});

Deno.test("parseOptions() refuses what does not go together", async () => {
  const cases: string[][] = [
    ["--checkpoint", "c.json", "--no-checkpoint"],
    ["--group-mark", "."],
    ["--decimal-mark", ",", "--group-mark", ","],
    ["--rejects", "bad.txt"],
    ["--rejects", "bad.txt", "--on-error", "fail"],
    ["-", "-"],
    ["-", "/dev/stdin"],
    ["--checkpoint", "c.json", "-"],
    ["--checkpoint", "c.json", "/dev/stdin"],
    ["--sync", "-"],
  ];
  for (const args of cases) await refusal(...args);
});

Deno.test("parseOptions() takes several pipes that are not standard input", async () => {
  assertEquals((await parse("/dev/fd/63", "/dev/fd/62")).files.length, 2);
});

Deno.test("parseOptions() understands names of files by themselves as it does among options", async () => {
  for (const files of [[], ["a.txt"], ["a.txt", "b.txt"], [""]]) {
    assertEquals(await parseOptions(files), await readOptions(files), JSON.stringify(files));
  }
  const twice = ["/dev/stdin", "/dev/fd/0"];
  for (const parse of [parseOptions, readOptions]) await assertRejects(() => parse(twice), UsageError, "only once");
});
