import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { addLinesFast } from "../lib/kernel/kernel.ts";
import { addLines } from "../lib/pure/add_lines.ts";
import { BlockCutter, MIN_BUFFER_BYTES } from "../lib/pure/cut_blocks.ts";
import { BadLineError } from "../lib/pure/errors.ts";
import { Fingerprinter } from "../lib/pure/fingerprint.ts";
import { MAX_LINE_BYTES } from "../lib/pure/parse_number.ts";
import { initialState, type State } from "../lib/pure/state.ts";
import { Summation } from "../lib/pure/summation.ts";
import { numberLines } from "./arbitrary_numbers.ts";
import { oracleSum } from "./oracle.ts";
import { checkProperty } from "./property.ts";

/** What adding an input comes to. */
interface Outcome {
  state: State;
  totals: Pick<State, "sum" | "count" | "blank" | "skipped">;
  /** Where bad lines were, their numbers, and how many bytes of them were shown. */
  bad: string[];
  error: string | undefined;
}

const BOM = "\uFEFF";
const encode = (text: string) => new TextEncoder().encode(text);
const buffer = new Uint8Array(MIN_BUFFER_BYTES);

/** Adds an input from a state on. */
function sum(
  input: Uint8Array,
  { blockBytes = 64, skip = false, from = initialState(), add = addLines } = {},
): Outcome {
  const fingerprinter = new Fingerprinter();
  fingerprinter.update(input.subarray(0, from.offset));
  const bad: string[] = [];
  const summation = new Summation(from, fingerprinter, {
    file: "data.txt",
    addLines: add,
    onSkip: skip
      ? ({ line, offset, bytes }) => void bad.push(`${line} at ${offset}: ${Math.min(bytes.length, MAX_LINE_BYTES)}`)
      : undefined,
  });
  const cutter = new BlockCutter(buffer, blockBytes, from.offset);
  let error: string | undefined;
  try {
    for (let at = from.offset; !cutter.ended;) {
      const block = cutter.next();
      if (block) {
        summation.take(block);
      } else if (!cutter.ended) {
        const part = input.subarray(at, at + cutter.space().length);
        cutter.space().set(part);
        cutter.took(part.length || null);
        at += part.length;
      }
    }
  } catch (thrown) {
    if (!(thrown instanceof BadLineError)) throw thrown;
    error = thrown.message;
  }
  const { sum, count, blank, skipped } = summation.totals;
  return { state: summation.state, totals: { sum, count, blank, skipped }, bad, error };
}

Deno.test("Summation counts a last line without a line feed in the totals, and in no state", () => {
  const { state, totals } = sum(encode("1\n2\n3"));
  assertEquals([state.offset, state.sum, state.count], [4, "3", 2]);
  assertEquals(totals, { sum: "6", count: 3, blank: 0, skipped: 0 });
  const blank = sum(encode("1\n \r"));
  assertEquals([blank.state.offset, blank.totals], [2, { sum: "1", count: 1, blank: 1, skipped: 0 }]);
});

Deno.test("Summation skips a byte order mark at the input's start only", () => {
  for (let blockBytes = 1; blockBytes <= 8; blockBytes++) {
    for (const text of ["5\n", "5", "\n5", "\r\n5\n"]) {
      assertEquals(sum(encode(BOM + text), { blockBytes }).totals.sum, "5");
    }
    assertEquals(sum(encode(BOM), { blockBytes }).totals, { sum: "0", count: 0, blank: 0, skipped: 0 });
    assertEquals(sum(encode(`${BOM}${BOM}5\n`), { blockBytes, skip: true }).bad, ["1 at 3: 4"]);
    assertEquals(sum(encode(`1\n${BOM}5\n`), { blockBytes, skip: true }).bad, ["2 at 2: 4"]);
  }
});

Deno.test("Summation stops before a bad line with the state before it, at every block size", () => {
  const input = encode("1\n\n2\nx\n4\ny\n");
  for (let blockBytes = 1; blockBytes <= 64; blockBytes++) {
    for (const add of [addLines, addLinesFast]) {
      const { state, error } = sum(input, { blockBytes, add });
      assertEquals([state.offset, state.sum, state.count, state.blank, state.skipped], [5, "3", 2, 1, 0]);
      assertEquals(state.fingerprint, sum(input.subarray(0, 5)).state.fingerprint);
      assertEquals(error, 'data.txt:4 (byte 5): not a number: "x"');
    }
  }
});

Deno.test("Summation names a bad first line behind a byte order mark with its own offset, and keeps the first state", () => {
  const { state, error } = sum(encode(`${BOM}1x\n2\n`));
  assertEquals([state.offset, error], [0, 'data.txt:1 (byte 3): "x" after the number: "1x"']);
});

Deno.test("Summation stops at a bad line without a line feed, and skips it in the totals only", () => {
  const input = encode("1\nx");
  assertEquals([sum(input).state.offset, sum(input).error], [2, 'data.txt:2 (byte 2): not a number: "x"']);
  const { state, totals, bad } = sum(input, { skip: true });
  assertEquals([state.skipped, totals.skipped, bad], [0, 1, ["2 at 2: 1"]]);
});

Deno.test("Summation takes a line beyond the limit for one bad line at every block size", () => {
  for (const lead of ["", "1\n", BOM]) {
    for (const extra of [1, 3, 4, 5, 100_000, 2 * MAX_LINE_BYTES]) {
      for (const end of ["\n2\n", "\r\n2\n", ""]) {
        const input = encode(lead + "7".repeat(MAX_LINE_BYTES + extra) + end);
        const place = lead === "1\n" ? "2 at 2" : `1 at ${encode(lead).length}`;
        for (const blockBytes of [4099, 65_536, MAX_LINE_BYTES]) {
          const found = sum(input, { blockBytes, skip: true, add: addLinesFast });
          const [before, after] = [lead === "1\n" ? 1 : 0, end === "" ? 0 : 2];
          assertEquals([lead, extra, end, found.bad], [lead, extra, end, [`${place}: ${MAX_LINE_BYTES}`]]);
          assertEquals([found.totals.sum, found.totals.skipped], [`${before + after}`, 1]);
          assertEquals(found.state.skipped, end === "" ? 0 : 1);
          assertEquals(found.state.offset, end === "" ? 2 * before : input.length);
          const { error = "", state } = sum(input, { blockBytes });
          const [line, offset] = place.split(" at ");
          const start = `data.txt:${line} (byte ${offset}): longer than 1048576 bytes, the limit for a line: "777`;
          assertEquals(error.slice(0, start.length), start);
          assertEquals([error.endsWith('"… (more than 1048576 bytes)'), state.offset], [true, 2 * before]);
        }
      }
    }
  }
});

Deno.test("Summation takes a line at the limit for a number, whatever is around it", () => {
  for (const lead of ["", BOM]) {
    for (const end of ["\n", "\r\n", "\r", ""]) {
      const digits = "7".repeat(MAX_LINE_BYTES);
      const found = sum(encode(lead + digits + end), { blockBytes: 65_536, add: addLinesFast });
      assertEquals([found.error, found.totals.sum === digits], [undefined, true]);
    }
  }
});

Deno.test("Summation goes on from any of its states to the same end", () => {
  const parts = fc.array(fc.oneof(numberLines, fc.constant(["x"]), fc.constant([""]), fc.constant(["1 2"])), {
    maxLength: 6,
  });
  checkProperty(
    fc.property(parts, fc.integer({ min: 1, max: 80 }), fc.nat(), fc.boolean(), (groups, blockBytes, at, isEnded) => {
      const lines = groups.flat();
      const input = encode(lines.join("\n") + (isEnded && lines.length > 0 ? "\n" : ""));
      const whole = sum(input, { skip: true, blockBytes, add: addLinesFast });
      assertEquals(whole.totals.sum, oracleSum(lines));
      const cut = input.subarray(0, at % (input.length + 1));
      const { state: from } = sum(cut, { skip: true });
      const resumed = sum(input, { skip: true, blockBytes, from });
      assertEquals([resumed.state, resumed.totals], [whole.state, whole.totals]);
      const before = whole.bad.filter((place) => Number(/at (\d+)/.exec(place)![1]) < from.offset);
      assertEquals([...before, ...resumed.bad], whole.bad);
    }),
    1500,
  );
});
