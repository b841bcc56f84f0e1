/**
 * Runs `deno test` with the arguments that it is given, the permissions among them, and judges what it reports: a test
 * that was ignored for want of a permission is a failure. Its last line is `N passed, N failed, N skipped`.
 *
 * A test that is ignored for another reason says so at the end of its name, as in `[needs strace]`, and is listed.
 *
 * @module
 */

/** How a test ended. */
export interface TestResult {
  file: string;
  name: string;
  outcome: "passed" | "failed" | "ignored";
}

/** What the tests of a run come to. */
export interface Verdict {
  passed: number;
  failed: number;
  skipped: number;
  /** Ignored tests that do not say what they need. */
  silenced: TestResult[];
  /** Ignored tests that do. */
  excused: TestResult[];
}

if (import.meta.main) Deno.exit(await runTests(Deno.args));

/** Gives the exit code. */
async function runTests(args: readonly string[]): Promise<number> {
  const report = await Deno.makeTempFile({ prefix: "numsum-tests-", suffix: ".xml" });
  try {
    const command = new Deno.Command(Deno.execPath(), {
      args: ["test", `--junit-path=${report}`, ...sanitizers(Deno.version.deno), ...args],
    });
    const { code } = await command.spawn().status;
    const verdict = judge(readReport(await Deno.readTextFile(report)));
    const { passed, skipped, silenced, excused } = verdict;
    if (excused.length > 0) console.log(`skipped:\n${excused.map(describe).join("\n")}\n`);
    if (silenced.length > 0) {
      console.log(
        `ignored, and the name does not end with what is missing, as in [needs strace], so that it is taken for a ` +
          `permission:\n${silenced.map(describe).join("\n")}\n`,
      );
    }
    // a file that does not even load is in no report
    const failed = Math.max(verdict.failed, code === 0 ? 0 : 1);
    console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
    return code !== 0 ? code : failed > 0 ? 1 : 0;
  } finally {
    await Deno.remove(report);
  }
}

/** What turns the sanitizers on: they are off by default since 2.8, and older versions have no flags for them. */
export function sanitizers(version: string): string[] {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > 2 || minor >= 8 ? ["--sanitize-ops", "--sanitize-resources"] : [];
}

/** Counts results; a test that is ignored without a reason has failed, and so has a run without any tests. */
export function judge(results: readonly TestResult[]): Verdict {
  const ignored = results.filter(({ outcome }) => outcome === "ignored");
  const silenced = ignored.filter(({ name }) => !/\[needs [^\]]+\]$/.test(name));
  const excused = ignored.filter((result) => !silenced.includes(result));
  const failed = results.filter(({ outcome }) => outcome === "failed").length + silenced.length;
  return {
    passed: results.filter(({ outcome }) => outcome === "passed").length,
    failed: results.length === 0 ? 1 : failed,
    skipped: excused.length,
    silenced,
    excused,
  };
}

/** Reads the JUnit report that `deno test` writes; steps are counted as tests. */
export function readReport(xml: string): TestResult[] {
  const cases = xml.matchAll(/<testcase name="([^"]*)" classname="([^"]*)"[^>]*?(?:\/>|>([\s\S]*?)<\/testcase>)/g);
  return Array.from(cases, ([, name = "", file = "", body = ""]) => ({
    file: unescape(file),
    name: unescape(name),
    outcome: body.includes("<failure") || body.includes("<error")
      ? "failed"
      : body.includes("<skipped")
      ? "ignored"
      : "passed",
  }));
}

function describe({ file, name }: TestResult): string {
  return `  ${file}: ${name}`;
}

function unescape(text: string): string {
  const entities: Record<string, string> = { lt: "<", gt: ">", quot: '"', apos: "'", amp: "&" };
  return text.replace(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (whole, decimal, hex, name) => {
    if (decimal || hex) return String.fromCodePoint(decimal ? Number(decimal) : parseInt(hex, 16));
    return entities[name] ?? whole;
  });
}
