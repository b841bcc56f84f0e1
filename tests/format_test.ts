import { assertEquals } from "@std/assert";
import { formatAnswer } from "../lib/cli/format_answer.ts";
import { formatError } from "../lib/cli/format_error.ts";
import { formatNote } from "../lib/cli/terminal.ts";
import { type CheckpointStatus, formatStatus, isAccepted, statusToJson } from "../lib/cli/format_status.ts";
import { overallProgress } from "../lib/cli/format_progress.ts";
import type { Progress, SumResult } from "../lib/drivers/sum_options.ts";

const PROGRESS: Progress = {
  file: "a.txt",
  phase: "summing",
  offset: 100,
  size: 100,
  range: undefined,
  resumedFrom: 40,
  resumedLine: 4,
  saved: undefined,
  count: 10,
  blank: 1,
  skipped: 2,
};

Deno.test("formatAnswer() gives the total last, and a line for each input before it if that is wanted", async () => {
  const results: SumResult[] = [
    { ...PROGRESS, range: undefined, sum: "0.125" },
    { ...PROGRESS, range: undefined, file: "tab\there", sum: "-2", count: 1 },
  ];
  const format = { json: false, round: undefined, each: false };
  assertEquals(await formatAnswer(format, results), "-1.875\n");
  assertEquals(await formatAnswer({ ...format, each: true }, results), "0.125\ta.txt\n-2\ttab\there\n-1.875\n");
  assertEquals(
    await formatAnswer({ ...format, each: true, round: 2 }, results),
    "0.12\ta.txt\n-2.00\ttab\there\n-1.88\n",
  );
  assertEquals(JSON.parse(await formatAnswer({ ...format, json: true }, results)), {
    sum: "-1.875",
    count: 11,
    blank: 2,
    skipped: 4,
    files: [
      { file: "a.txt", sum: "0.125", count: 10, blank: 1, skipped: 2, offset: 100, resumed_from: 40 },
      { file: "tab\there", sum: "-2", count: 1, blank: 1, skipped: 2, offset: 100, resumed_from: 40 },
    ],
  });
});

Deno.test("formatError() and formatNote() write words, or one JSON object on one line", () => {
  const report = { exitCode: 4, kind: "file", message: "it broke.\nMend it.", place: { file: "a.txt" } } as const;
  assertEquals(formatError(report, { json: false, color: false }), "numsum: it broke.\nMend it.\n");
  assertEquals(formatError(report, { json: false, color: true }), "\x1b[1;31mnumsum:\x1b[0m it broke.\nMend it.\n");
  assertEquals(
    formatError(report, { json: true, color: true }),
    '{"type":"error","kind":"file","message":"it broke.","advice":"Mend it.","place":{"file":"a.txt"},"exit_code":4}\n',
  );
  assertEquals(
    formatError({ exitCode: 2, kind: "usage", message: "no" }, { json: true, color: false }),
    '{"type":"error","kind":"usage","message":"no","exit_code":2}\n',
  );
  assertEquals(formatNote(false, "warning", "careful"), "numsum: careful\n");
  assertEquals(
    formatNote(false, "note", "a\x1b[31mb\r\x9b of ü\nadvice"),
    "numsum: a\\x1B[31mb\\x0D\\x9B of ü\nadvice\n",
  );
  assertEquals(formatNote(true, "warning", "two\nlines"), '{"type":"warning","message":"two","advice":"lines"}\n');
});

Deno.test("overallProgress() takes several inputs for one", () => {
  const plans = [{ size: 100, start: 40 }, { size: 1000, start: 0 }, { size: 50, start: 50 }];
  const current = { ...PROGRESS, file: "b.txt", offset: 300, size: 1000, resumedFrom: 0, count: 5 };
  assertEquals(overallProgress(plans, [PROGRESS], current), {
    ...current,
    packed: undefined,
    offset: 450,
    size: 1150,
    resumedFrom: 90,
    count: 15,
    blank: 2,
    skipped: 4,
  });
  // a pipe has no size, and so has the whole none
  assertEquals(overallProgress([plans[0]!, { size: undefined, start: 0 }], [], PROGRESS).size, undefined);
  assertEquals(overallProgress([plans[0]!], [], PROGRESS), { ...PROGRESS, packed: undefined });
});

const STATE = { offset: 60, sum: "1.5", count: 3, blank: 1, skipped: 0 };
const STATUS: CheckpointStatus = {
  checkpoint: "cp.json",
  isClaim: false,
  inputs: [
    { file: "a.txt", size: 100, state: STATE, unit: "line", refused: undefined, anew: false },
    { file: "b.txt", size: 10, state: STATE, unit: "row", refused: "b.txt has 10 bytes", anew: true },
    { file: "c.gz", size: undefined, state: STATE, unit: "line", refused: undefined, anew: false },
    { file: "d.txt", size: 7, state: undefined, unit: "line", refused: undefined, anew: false },
    { file: "e.gz", size: undefined, state: undefined, unit: "line", refused: undefined, anew: false },
  ],
  others: ["old.txt", "logs/x.txt"],
};

Deno.test("formatStatus() tells of each input, of all of them, and of the others", () => {
  assertEquals(
    formatStatus(STATUS),
    `a.txt: 60 of 100 bytes (60 %) in cp.json
  line 4: 3 numbers, 1 blank, 0 skipped
  sum so far: 1.5
  left: 40 bytes
  a run would continue here
b.txt: 60 bytes in cp.json, and the file has 10
  row 4: 3 numbers, 1 blank, 0 skipped
  sum so far: 1.5
  left: 10 bytes
  a run would begin this anew: b.txt has 10 bytes
c.gz: 60 bytes of what it unpacks to, in cp.json
  line 4: 3 numbers, 1 blank, 0 skipped
  sum so far: 1.5
  left: not known before it is unpacked
  a run would continue here
d.txt: nothing in cp.json; a run would begin at the start of 7 bytes
e.gz: nothing in cp.json; a run would begin at the start of what it unpacks to
3 of 5 inputs are in cp.json; 57 bytes are left
cp.json also holds: old.txt, logs/x.txt
`,
  );
});

Deno.test("statusToJson() is accepted only if every input is", () => {
  const refused = { ...STATUS.inputs[1]!, anew: false };
  assertEquals([STATUS.inputs.every(isAccepted), isAccepted(refused)], [true, false]);
  assertEquals(JSON.parse(statusToJson({ ...STATUS, inputs: [STATUS.inputs[0]!, refused, STATUS.inputs[2]!] })), {
    checkpoint: "cp.json",
    accepted: false,
    inputs: [
      { file: "a.txt", size: 100, left: 40, accepted: true, ...STATE, line: 4 },
      { file: "b.txt", size: 10, left: null, accepted: false, reason: "b.txt has 10 bytes", ...STATE, line: 4 },
      { file: "c.gz", size: null, left: null, accepted: true, ...STATE, line: 4 },
    ],
    others: ["old.txt", "logs/x.txt"],
  });
});
