import { assertEquals, assertMatch } from "@std/assert";
import { judge, readReport } from "../tools/run_tests.ts";
import { lacks } from "./granted.ts";
import { tempFolder } from "./temp_folder.ts";

const REPORT = `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="deno test" tests="5" failures="1" errors="0" time="0.020">
    <testsuite name="./a_test.ts" tests="5" disabled="2" errors="0" failures="1">
        <testcase name="one &lt;&amp;&gt; &quot;q&quot;" classname="./a_test.ts" time="0.000" line="1" col="6">
        </testcase>
        <testcase name="two" classname="./a_test.ts" time="0.000" line="2" col="6">
            <skipped/>
        </testcase>
        <testcase name="three [needs strace]" classname="./a_test.ts" time="0.000" line="2" col="6">
            <skipped/>
        </testcase>
        <testcase name="four" classname="./a_test.ts" time="0.000" line="4" col="6">
            <failure message="Leaks detected">Leaks detected: &lt;skipped/&gt;</failure>
        </testcase>
        <testcase name="four &gt; a step" classname="./a_test.ts" time="0.000" line="3" col="53"/>
    </testsuite>
</testsuites>
`;

Deno.test("readReport() tells how each test ended", () => {
  const file = "./a_test.ts";
  assertEquals(readReport(REPORT), [
    { file, name: 'one <&> "q"', outcome: "passed" },
    { file, name: "two", outcome: "ignored" },
    { file, name: "three [needs strace]", outcome: "ignored" },
    { file, name: "four", outcome: "failed" },
    { file, name: "four > a step", outcome: "passed" },
  ]);
});

Deno.test("judge() counts a test that is ignored without a reason as failed", () => {
  const { passed, failed, skipped, silenced, excused } = judge(readReport(REPORT));
  assertEquals([passed, failed, skipped], [2, 2, 1]);
  assertEquals([silenced.map(({ name }) => name), excused.map(({ name }) => name)], [["two"], [
    "three [needs strace]",
  ]]);
});

Deno.test("judge() counts no tests at all as a failure", () => {
  assertEquals(judge([]).failed, 1);
});

Deno.test("run_tests ends with one line, and with an exit code that is right", {
  ignore: lacks("read", "write", "run"),
}, async () => {
  await using folder = await tempFolder();
  const run = async (source: string) => {
    const path = folder.write("some_test.ts", source);
    const { code, stdout } = await new Deno.Command(Deno.execPath(), {
      args: [
        "run",
        "--no-prompt",
        "--allow-read",
        "--allow-write",
        "--allow-run",
        new URL("../tools/run_tests.ts", import.meta.url).href,
        "--no-check",
        path,
      ],
      cwd: folder.path,
      stdin: "null",
      stderr: "null",
    }).output();
    return {
      code,
      last: new TextDecoder().decode(stdout).trimEnd().split("\n").at(-1),
      text: new TextDecoder().decode(stdout),
    };
  };
  const fine = `Deno.test("fine", () => {});`;
  const cases: [source: string, fails: boolean, last: string][] = [
    [fine, false, "1 passed, 0 failed, 0 skipped"],
    [`${fine} Deno.test("wrong", () => { throw new Error("no"); });`, true, "1 passed, 1 failed, 0 skipped"],
    [`${fine} Deno.test({ name: "silenced", ignore: true, fn() {} });`, true, "1 passed, 1 failed, 0 skipped"],
    [`${fine} Deno.test({ name: "no [needs it]", ignore: true, fn() {} });`, false, "1 passed, 0 failed, 1 skipped"],
    [`${fine} throw new Error("does not load");`, true, "0 passed, 1 failed, 0 skipped"],
    [`export {};`, true, "0 passed, 1 failed, 0 skipped"],
  ];
  for (const [source, fails, last] of cases) {
    const ended = await run(source);
    assertEquals([ended.code !== 0, ended.last], [fails, last], source);
  }
  assertMatch((await run(`${fine} Deno.test({ name: "x [needs y]", ignore: true, fn() {} });`)).text, /x \[needs y\]/);
});
