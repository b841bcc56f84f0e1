import { assertEquals } from "@std/assert";
import { addLinesFast } from "../lib/kernel/kernel.ts";
import { type AddLines, addLines, emptyTally } from "../lib/pure/add_lines.ts";
import { type BadLine, badLineError } from "../lib/pure/bad_line.ts";
import { explainLine } from "../lib/pure/explain_line.ts";
import { PLAIN_MARKS } from "../lib/pure/parse_number.ts";
import { lacks } from "./granted.ts";
import { HOSTILE_LINES, type HostileLine } from "./hostile_lines.ts";
import { kindOf, oracleSum } from "./oracle.ts";
import { finish, STYLES } from "./styles.ts";
import { tempFolder } from "./temp_folder.ts";

const ADDERS: readonly (readonly [name: string, addLines: AddLines])[] = [
  ["addLines()", addLines],
  ["addLinesFast()", addLinesFast],
];

Deno.test("The hostile lines are at least 300, and the oracle agrees with the table", () => {
  assertEquals(HOSTILE_LINES.length >= 300, true);
  for (const { bytes, is } of HOSTILE_LINES) {
    const line = latin1(bytes);
    assertEquals([line, kindOf(line)], [line, is === "blank" ? "blank" : "value" in is ? "number" : "bad"]);
    if (is !== "blank" && "value" in is) assertEquals(oracleSum([line]), is.value);
  }
});

for (const [name, add] of ADDERS) {
  Deno.test(`${name} takes each hostile line for what it is, alone and among others`, () => {
    for (const line of HOSTILE_LINES) {
      for (const [before, after] of [[[], []], [["8"], ["9"]], [["-1.5"], ["1.5\r"]]]) {
        const bytes = joinLines([...before!.map(text), line.bytes, ...after!.map(text)]);
        const tally = emptyTally();
        const badLines: number[] = [];
        assertEquals(add(tally, bytes, PLAIN_MARKS, (from) => badLines.push(from)), bytes.length);
        const others = [...before!, ...after!];
        const expected = expectedOf([
          line,
          ...others.map((value) => ({ bytes: text(value), is: { value: value.trim() } })),
        ]);
        assertEquals([latin1(line.bytes), { ...tally, sum: `${tally.sum}` }], [latin1(line.bytes), expected]);
        assertEquals(badLines, expected.skipped === 0 ? [] : [before!.join("\n").length + before!.length]);
      }
    }
  });

  Deno.test(`${name} stops before each hostile line that is bad`, () => {
    for (const { bytes, is } of HOSTILE_LINES) {
      const tally = emptyTally();
      const all = joinLines([text("8"), bytes, text("9")]);
      const isBad = is !== "blank" && "bad" in is;
      assertEquals([latin1(bytes), add(tally, all, PLAIN_MARKS)], [latin1(bytes), isBad ? 2 : all.length]);
      if (isBad) assertEquals(`${tally.sum} ${tally.count} ${tally.blank}`, "8 1 0");
    }
  });
}

Deno.test("explainLine() says of each hostile line what the table says", () => {
  for (const { bytes, is } of HOSTILE_LINES) {
    if (is !== "blank" && "bad" in is) assertEquals([latin1(bytes), explainLine(bytes)], [latin1(bytes), is.bad]);
  }
});

for (const style of STYLES) {
  Deno.test({
    name: `sumFile() takes the hostile lines for what they are at every block size from 1 to 64, ${style.name}`,
    ignore: lacks("read", "write"),
    sanitizeOps: true,
    sanitizeResources: true,
    async fn() {
      await using folder = await tempFolder();
      // the huge powers would make every sum ten thousand digits long
      const lines = HOSTILE_LINES.filter(({ is }) => is === "blank" || !("value" in is) || is.value.length < 1000);
      const bytes = joinLines(lines.map((line) => line.bytes));
      const path = folder.write("ended.txt", bytes);
      const unended = folder.write("unended.txt", bytes.subarray(0, -1));
      const expected = { ...expectedOf(lines), badLines: badLinesOf(lines) };
      for (let blockBytes = 1; blockBytes <= 64; blockBytes++) {
        for (const file of blockBytes % 8 === 1 ? [path, unended] : [path]) {
          const badLines: string[] = [];
          const onSkip = (line: BadLine) => badLines.push(describe(line));
          const { sum, count, blank, skipped } = await finish(style.sum(file, { blockBytes, onSkip }));
          assertEquals([blockBytes, { sum, count, blank, skipped, badLines }], [blockBytes, expected]);
        }
      }
    },
  });

  Deno.test({
    name: `sumFile() stops at each hostile line that is bad with what the table says, ${style.name}`,
    ignore: lacks("read", "write"),
    sanitizeOps: true,
    sanitizeResources: true,
    async fn() {
      await using folder = await tempFolder();
      for (const { bytes, is } of HOSTILE_LINES.filter((_, i) => i % 7 === 0)) {
        if (is === "blank" || "value" in is) continue;
        const path = folder.write("data.txt", joinLines([text("8"), bytes, text("9")]));
        const error = await finish(style.sum(path, { blockBytes: 3 })).catch((error) => error);
        assertEquals(`${error.message}`.startsWith(`${path}:2 (byte 2): ${is.bad}: "`), true, error.message);
      }
    },
  });
}

/** What lines come to, by the table and the oracle. */
function expectedOf(lines: readonly HostileLine[]) {
  const values = lines.flatMap(({ is }) => is !== "blank" && "value" in is ? [is.value] : []);
  const blank = lines.filter(({ is }) => is === "blank").length;
  return { sum: oracleSum(values), count: values.length, blank, skipped: lines.length - values.length - blank };
}

/** Where bad lines are, and what they are, by the table. */
function badLinesOf(lines: readonly HostileLine[]): string[] {
  let offset = 0;
  return lines.flatMap(({ bytes, is }, i) => {
    const place = `${i + 1} at ${offset}`;
    offset += bytes.length + 1;
    return is !== "blank" && "bad" in is ? [`${place}: ${is.bad}: ${latin1(bytes)}`] : [];
  });
}

function describe(line: BadLine): string {
  return `${line.line} at ${line.offset}: ${badLineError(line).reason}: ${latin1(line.bytes)}`;
}

function joinLines(lines: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(lines.flatMap((line) => [...line, 10]));
}

function text(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
