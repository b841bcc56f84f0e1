import { assert, assertEquals, assertMatch } from "@std/assert";
import { describeSkipped, describeStop } from "../lib/cli/messages.ts";
import { type MessageContext, reportError } from "../lib/cli/report_error.ts";
import { UsageError } from "../lib/cli/command.ts";
import type { Progress } from "../lib/drivers/sum_options.ts";
import {
  BadLineError,
  becameShorter,
  CheckpointHeldError,
  CheckpointRefusedError,
  FileError,
} from "../lib/pure/errors.ts";
import { lacks } from "./granted.ts";
import { isThere, runProgram } from "./programs.ts";
import { tempFolder } from "./temp_folder.ts";

const CONTEXT: MessageContext = { checkpoint: "checkpoint.json", skip: false, restart: false };
const PLACE = { file: "numbers.txt", line: 1204, offset: 8123 };

function badLine(saved: number | undefined, reason = "not a number"): BadLineError {
  const error = new BadLineError(PLACE, `"12a"`, reason);
  error.saved = saved;
  return error;
}

function notCapable(message: string): Error {
  return Object.assign(new Error(message), { name: "NotCapable" });
}

Deno.test("describeSkipped() names the file of bad lines for those that it has", () => {
  assertEquals(describeSkipped(1, "line"), "1 bad line was passed over");
  assertEquals(describeSkipped(2, "row", { path: "bad.txt", lines: 5 }), "2 bad rows were passed over; see bad.txt");
  assertEquals(
    describeSkipped(2, "line", { path: "bad.txt", lines: 1 }),
    "2 bad lines were passed over; bad.txt has 1 of them, --restart collects all",
  );
});

Deno.test("reportError() gives every kind of error its exit code and a way out", () => {
  const cases: [error: unknown, exitCode: number, message: RegExp][] = [
    [
      badLine(8123),
      1,
      /^numbers\.txt:1204 \(byte 8123\): not a number: "12a"\.\n.*1203 lines before.*checkpoint\.json/,
    ],
    [badLine(undefined), 1, /Mend it, or pass over bad lines with --on-error skip/],
    [badLine(8123), 1, /--on-error skip\.$/],
    [
      badLine(8123, "a decimal comma; if these numbers are written so, say --decimal-mark ,"),
      1,
      /--on-error skip\.\nWith an option that reads lines otherwise, add --restart\.$/,
    ],
    [
      new CheckpointRefusedError("data.txt", "it is no checkpoint of numsum", "foreign"),
      3,
      /^data\.txt was not accepted: it is no checkpoint of numsum\.\nIt was left as it is\. Name another with --checkpoint OTHER\.$/,
    ],
    [
      new CheckpointRefusedError("c.json", "a.log has 1 bytes", "changed"),
      3,
      /to discard what it has of this input and begin anew, say --restart\.\n.*--rotated restart/,
    ],
    [new UsageError("there is no option --x"), 2, /there is no option --x\n.*--help/],
    [
      new CheckpointRefusedError("checkpoint.json", "it is empty", "damaged"),
      3,
      /^checkpoint\.json was not accepted: it is empty\.\nIt was left as it is.*--checkpoint OTHER.*--restart/s,
    ],
    [new FileError("open a.txt", "a.txt", new Error("no such file")), 4, /^could not open a\.txt: no such file\.$/],
    [
      new FileError("open a.txt", "a.txt", new Deno.errors.NotFound("x")),
      4,
      /: x\.\nLook at its name; one that is relative begins in \S/,
    ],
    [
      becameShorter("a.txt"),
      4,
      /^could not read a\.txt: it became shorter meanwhile\.\nRun it again when no other program/,
    ],
    [
      new FileError("save checkpoint.json", "checkpoint.json", new Error("disk full")),
      4,
      /disk full\.\n.*--checkpoint PATH.*--no-checkpoint/,
    ],
    [
      new FileError("open a.txt", "a.txt", notCapable(`Requires read access to "a.txt", run again with the …`)),
      4,
      /^could not open a\.txt: Deno was not given --allow-read for it\.\nRun it with deno task sum, or add --allow-read/,
    ],
    [
      new FileError("open /proc/a", "/proc/a", notCapable(`Requires all access to "/proc/a", run again with the …`)),
      4,
      /^could not open \/proc\/a: Deno leaves that to programs that may do everything\.$/,
    ],
    [new CheckpointHeldError("checkpoint.json"), 5, /^another run is using checkpoint\.json\.\n.*--checkpoint OTHER/],
  ];
  for (const [error, exitCode, message] of cases) {
    const report = reportError(error, CONTEXT);
    assertEquals(report.exitCode, exitCode, report.message);
    assertMatch(report.message, message);
  }
});

Deno.test("reportError() says that a mistake is its own, without a stack trace", () => {
  for (const error of [new TypeError("x is undefined"), "a string", undefined]) {
    const { message, exitCode } = reportError(error, CONTEXT);
    assertMatch(message, /mistake in numsum itself/);
    assert(!/\n\s+at /.test(message) && exitCode !== 0);
  }
});

Deno.test("reportError() says what to do where a package cannot be fetched", () => {
  const error = new TypeError("Failed caching npm package 'fs-extra@11': error sending request\n\n  more");
  const { message, exitCode, kind } = reportError(error, CONTEXT);
  assertEquals([exitCode, kind], [4, "loading"]);
  assertMatch(message, /^could not load a part of numsum: Failed caching .*\n.*where it can reach their registry/);
});

Deno.test({
  name: "numsum needs no package to sum, with any option, nor to refuse an unknown one",
  ignore: lacks("read", "write", "run"),
  async fn() {
    await using folder = await tempFolder();
    folder.write("numbers.txt", "1\n2\n");
    const proxies = ["HTTPS_PROXY", "HTTP_PROXY", "https_proxy", "http_proxy"].map((name) =>
      `${name}=http://127.0.0.1:9`
    );
    const unreachable = ["env", `DENO_DIR=${folder.at("cache")}`, "NO_PROXY=", "no_proxy=", ...proxies];
    const run = (...args: string[]) => runProgram("main.ts", args, { cwd: folder.path, through: unreachable });
    for (const [args, answer] of [[["--round", "2"], "3.00\n"], [["--sync", "--column", "1"], "3\n"]] as const) {
      const { code, stdout, stderr } = await run("--no-checkpoint", ...args, "numbers.txt");
      assertEquals([code, stdout], [0, answer], stderr);
    }
    const mistyped = await run("--rund", "2");
    assertEquals([mistyped.code, mistyped.stdout], [2, ""]);
    assertMatch(mistyped.stderr, /^numsum: there is no option --rund\n/);
  },
});

Deno.test("FileError says in words what the system said in numbers", () => {
  const system = new Deno.errors.PermissionDenied("Permission denied (os error 13): open 'a.txt'");
  assertEquals(new FileError("open a.txt", "a.txt", system).message, "could not open a.txt: permission denied");
});

Deno.test("describeStop() says how far a run got, and never more than is saved", () => {
  const progress: Progress = {
    file: "numbers.txt",
    phase: "summing",
    offset: 500,
    size: 1000,
    range: undefined,
    resumedFrom: 0,
    resumedLine: 0,
    saved: 500,
    count: 60,
    blank: 3,
    skipped: 1,
  };
  const saved = { checkpoint: "c.json", offset: 500, restart: false };
  assertMatch(
    describeStop("SIGINT", progress, "line", saved),
    /stopped by SIGINT after line 64 of numbers\.txt, byte 500 \(50 %\); saved in c\.json\nRun the same command again/,
  );
  assertMatch(describeStop("SIGINT", progress, "row", saved), /after row 64 of numbers\.txt/);
  assertMatch(
    describeStop("SIGINT", progress, "line", { ...saved, restart: true }),
    /again without --restart to continue/,
  );
  assertMatch(describeStop("SIGTERM", progress, "line", { ...saved, offset: 400 }), /saved up to byte 400 in c\.json/);
  assertMatch(describeStop("SIGINT", progress, "line", undefined), /nothing was saved/);
  assertMatch(describeStop("SIGINT", undefined, "line", undefined), /before anything was summed/);
  assertMatch(describeStop("SIGINT", { ...progress, phase: "checking" }, "line", saved), /while checking/);
});

Deno.test({
  name: "the command that a message advises mends the file",
  ignore: lacks("read", "write", "run") || !await isThere("bash"),
  async fn() {
    await using folder = await tempFolder();
    const files = ["$5,00\n-$1,5\n", "5,20 \u20AC\n", "7%\n", "1\u00A0234\n", "\u202F5\n", "1\r2\r"];
    for (const text of files) {
      folder.write("bad.txt", text);
      const run = (file: string) =>
        runProgram("main.ts", ["--no-checkpoint", "--decimal-mark", ",", "--group-mark", ".", file], {
          cwd: folder.path,
        });
      const refused = await run("bad.txt");
      assertEquals(refused.code, 1);
      const advice = /\b(?:tr|sed) .+?(?= leaves it out| mends it)/.exec(refused.stderr)?.[0];
      assert(advice, refused.stderr);
      const bash = new Deno.Command("bash", {
        args: ["-c", `LC_ALL=C.UTF-8; ${advice} < bad.txt > mended.txt`],
        cwd: folder.path,
      });
      assertEquals((await bash.output()).code, 0, advice);
      const mended = await run("mended.txt");
      assertEquals(mended.code, 0, `${advice}\n${mended.stderr}`);
    }
  },
});
