import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { addLinesFast } from "../lib/kernel/kernel.ts";
import { addLine, type AddLines, addLines, emptyTally } from "../lib/pure/add_lines.ts";
import { ExactSum } from "../lib/pure/exact_sum.ts";
import { PLAIN_MARKS } from "../lib/pure/parse_number.ts";
import { numberLines, numberText } from "./arbitrary_numbers.ts";
import { oracleSum } from "./oracle.ts";
import { checkProperty } from "./property.ts";

const CASES = 5_000;

Deno.test("ExactSum equals the oracle for any mix of forms", () => {
  const isSame = (lines: string[]) => assertEquals(sumOf(lines).toString(), oracleSum(lines));
  checkProperty(fc.property(numberLines, isSame), CASES);
});

Deno.test("addLines() and addLinesFast() equal the oracle for any mix of forms, at any marks of the kernel", () => {
  checkProperty(
    fc.property(numberLines, (lines) => {
      const expected = `${oracleSum(lines)} of ${lines.length}`;
      assertEquals(addAll(addLines, lines), expected);
      assertEquals(addAll(addLinesFast, lines), expected);
    }),
    CASES,
  );
});

Deno.test("ExactSum is the same in any order", () => {
  const linesInTwoOrders = numberLines.chain((lines) =>
    fc.tuple(fc.constant(lines), fc.shuffledSubarray(lines, { minLength: lines.length, maxLength: lines.length }))
  );
  checkProperty(
    fc.property(linesInTwoOrders, ([lines, shuffled]) => {
      assertEquals(sumOf(shuffled).toString(), oracleSum(lines));
    }),
    CASES,
  );
});

Deno.test("ExactSum is the same for any split into parts, merged in any order, with any of them through text", () => {
  const step = fc.record({ into: fc.nat(), from: fc.nat(), throughText: fc.boolean() });
  checkProperty(
    fc.property(numberLines, fc.array(fc.nat({ max: 4 }), { minLength: 1 }), fc.array(step), (lines, places, steps) => {
      const parts = Array.from({ length: 5 }, () => new ExactSum());
      lines.forEach((line, i) => addTo(parts[places[i % places.length]!]!, line));
      const take = (index: number) => parts.splice(index % parts.length, 1)[0]!;
      for (const { into, from, throughText } of [...steps, ...Array(4).fill({ into: 0, from: 0, throughText: true })]) {
        if (parts.length === 1) break;
        const part = take(from);
        parts[into % parts.length]!.merge(throughText ? ExactSum.from(part.toString()) : part);
      }
      assertEquals(parts.map(String), [oracleSum(lines)]);
    }),
    CASES,
  );
});

Deno.test("ExactSum goes on as it was after toString(), merge() of it, and a round trip through text", () => {
  const steps = fc.array(fc.tuple(numberText, fc.constantFrom("none", "toString", "merged", "text", "itself")));
  checkProperty(
    fc.property(steps, (steps) => {
      let sum = new ExactSum();
      let soFar: string[] = [];
      for (const [text, after] of steps) {
        addTo(sum, text);
        soFar.push(text);
        if (after === "toString") sum.toString();
        if (after === "merged") new ExactSum().merge(sum);
        if (after === "text") sum = ExactSum.from(sum.toString());
        if (after === "itself" && soFar.length < 200) {
          sum.merge(sum);
          soFar = [...soFar, ...soFar];
        }
      }
      assertEquals(sum.toString(), oracleSum(soFar));
    }),
    CASES,
  );
});

Deno.test("ExactSum.addUnits() and addDigits() together equal the oracle", () => {
  const edge = 2 ** 26;
  const units = fc.tuple(
    fc.oneof(fc.integer({ min: -edge, max: edge }), fc.constantFrom(edge, -edge, edge - 1, 0)),
    fc.integer({ min: -40, max: 40 }),
    fc.constantFrom(1, 1, 3, 50),
  );
  checkProperty(
    fc.property(fc.array(fc.oneof(units, numberText)), (steps) => {
      const sum = new ExactSum();
      const lines: string[] = [];
      for (const step of steps) {
        if (typeof step === "string") {
          addTo(sum, step);
          lines.push(step);
          continue;
        }
        const [value, power, times] = step;
        for (let i = 0; i < times; i++) {
          sum.addUnits(value, power);
          lines.push(`${value}e${power}`);
        }
      }
      assertEquals(sum.toString(), oracleSum(lines));
    }),
    CASES,
  );
});

function sumOf(lines: readonly string[]): ExactSum {
  const sum = new ExactSum();
  for (const line of lines) addTo(sum, line);
  return sum;
}

function addTo(sum: ExactSum, line: string): void {
  const bytes = new TextEncoder().encode(line);
  const tally = { ...emptyTally(), sum };
  assertEquals(addLine(tally, bytes, 0, bytes.length), true);
}

function addAll(addLines: AddLines, lines: readonly string[]): string {
  const tally = emptyTally();
  const bytes = new TextEncoder().encode(lines.map((line) => `${line}\n`).join(""));
  assertEquals(addLines(tally, bytes, PLAIN_MARKS), bytes.length);
  return `${tally.sum} of ${tally.count}`;
}
