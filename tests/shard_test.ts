import { assert, assertEquals, assertMatch, assertRejects, assertThrows } from "@std/assert";
import fc from "fast-check";
import { formatPartial } from "../lib/cli/format_partial.ts";
import type { SumOptions, SumResult } from "../lib/drivers/sum_options.ts";
import { BadLineError, CheckpointRefusedError, NoSuchRangeError } from "../lib/pure/errors.ts";
import { PartialMerger } from "../lib/pure/merge_partials.ts";
import { rangeOf } from "../lib/pure/shard.ts";
import { numberLines } from "./arbitrary_numbers.ts";
import { cutLines, partialOf } from "./cut_by_hand.ts";
import { lacks } from "./granted.ts";
import { oracleSum } from "./oracle.ts";
import { finish, leave, STYLE_PAIRS, STYLES } from "./styles.ts";
import { tempFolder } from "./temp_folder.ts";

const ignore = lacks("read", "write");

const TEXTS: Readonly<Record<string, string>> = {
  "an empty file": "",
  "one number without a line feed": "5",
  "numbers": "1\n22\n333\n4444\n",
  "no line feed at the end": "1\n22\n333",
  "CR and LF": "1\r\n22\r\n\r\n-4\r\n",
  "a byte order mark": "\u00EF\u00BB\u00BF1\n2\n",
  "lines longer than a shard": `1\n${"9".repeat(50)}\n${"8".repeat(70)}\n2\n`,
  "one line longer than all else": "7".repeat(100),
  "blank lines only": "\n\n\r\n\n",
};

Deno.test("rangeOf() cuts any size into shards that cover it once, as evenly as can be", () => {
  fc.assert(fc.property(fc.maxSafeNat(), fc.integer({ min: 1, max: 1000 }), (size, of) => {
    let end = 0;
    for (let shard = 1; shard <= of; shard++) {
      const { from, to } = rangeOf({ shard, of }, "a file", size);
      assertEquals(from, end);
      assert(Math.abs(to - from - size / of) < 1 + size * 2 ** -50, `${from}-${to}`);
      end = to;
    }
    assertEquals(end, size);
  }));
});

Deno.test("rangeOf() refuses what a file does not have", () => {
  assertEquals(rangeOf({ from: 3, to: Infinity }, "a file", 9), { from: 3, to: 9 });
  const wrong = [{ shard: 0, of: 3 }, { shard: 4, of: 3 }, { shard: 1.5, of: 3 }, { from: 5, to: 4 }, {
    from: -1,
    to: 4,
  }];
  for (const part of [...wrong, { from: 10, to: Infinity }, { from: 0, to: 10 }]) {
    assertThrows(() => rangeOf(part, "a file", 9), NoSuchRangeError);
  }
  assertThrows(() => rangeOf({ shard: 1, of: 1 }, "a pipe", undefined), NoSuchRangeError, "it is not a plain file");
});

Deno.test("every line belongs to the shard in which it begins, in both styles", { ignore }, async (t) => {
  for (const [name, text] of Object.entries(TEXTS)) {
    await t.step(name, async () => {
      await using folder = await tempFolder();
      const path = folder.write("numbers.txt", Uint8Array.from(text, (char) => char.charCodeAt(0)));
      const withoutMark = cutLines(text.replace("\u00EF\u00BB\u00BF", "000"));
      for (const parts of [1, 2, 3, 5, text.length || 1, text.length + 3]) {
        for (const style of STYLES) {
          const merger = new PartialMerger();
          for (let shard = 1; shard <= parts; shard++) {
            const result = await finish(style.sum(path, { range: { shard, of: parts }, blockBytes: 1 + shard % 9 }));
            const { sum, count, blank, lines } = partialOf(
              withoutMark,
              rangeOf({ shard, of: parts }, path, text.length),
            );
            const { start, end } = result.range!;
            assertEquals([result.sum, result.count, result.blank, start, end], [
              sum,
              count,
              blank,
              lines!.from,
              lines!.to,
            ], `${style.name}, ${shard}/${parts}`);
            addPartial(merger, result);
          }
          assertEquals(merger.finish(withoutMark.lines.length).sum, oracleSum(withoutMark.lines));
        }
      }
    });
  }
});

Deno.test("shards of any file, 1 to 1,000, merge to the sum of the whole", { ignore }, async () => {
  await using folder = await tempFolder();
  const path = folder.at("numbers.txt");
  const cases = fc.asyncProperty(
    numberLines,
    fc.integer({ min: 1, max: 1000 }),
    fc.boolean(),
    async (lines, of, end) => {
      await Deno.writeTextFile(path, lines.join("\n") + (end ? "\n" : ""));
      const merger = new PartialMerger();
      for (let shard = 1; shard <= of; shard++) {
        addPartial(merger, await finish(STYLES[1]!.sum(path, { range: { shard, of } })));
      }
      assertEquals(merger.finish(undefined).sum, oracleSum(lines));
    },
  );
  await fc.assert(cases, { numRuns: 20 });
});

Deno.test(
  "a shard that was left goes on in either style, and its state is bound to its range",
  { ignore },
  async () => {
    for (const [first, second] of STYLE_PAIRS) {
      await using folder = await tempFolder();
      const text = Array.from({ length: 30_000 }, (_, i) => `${i}.25\n`).join("");
      const path = folder.write("numbers.txt", text);
      const range = { from: 60_001, to: 240_000 };
      const checkpoint = folder.at("checkpoint.json");
      const options: SumOptions = { range, checkpoint, blockBytes: 1000 };
      assert(await leave(first.sum(path, options), ({ offset }) => offset > 150_000));
      const saved = JSON.parse(folder.read("checkpoint.json"));
      assertEquals(saved.options, { range: "60001-240000" });

      for (const verify of [false, true]) {
        const copy = folder.write(`copy-${verify}.json`, folder.read("checkpoint.json"));
        const resumed = await finish(second.sum(path, { ...options, checkpoint: copy, verify }));
        const expected = partialOf(cutLines(text), range);
        assertEquals([resumed.sum, resumed.count, resumed.range!.end], [
          expected.sum,
          expected.count,
          expected.lines!.to,
        ]);
        assertEquals(resumed.resumedFrom, saved.offset);
        const again = await finish(first.sum(path, { ...options, checkpoint: copy, verify }));
        assertEquals([again.sum, again.resumedFrom, again.range], [resumed.sum, resumed.offset, resumed.range]);
      }
      const refused = (more: SumOptions, message?: string) =>
        assertRejects(() => finish(second.sum(path, { ...options, ...more })), CheckpointRefusedError, "", message);
      for (const other of [undefined, { from: 60_001, to: 240_001 }, { shard: 1, of: 2 }]) {
        await refused({ range: other });
      }
      for (const at of [saved.offset - 3, 60_020, 100_000]) {
        change(path, `${text.slice(0, at)}${text[at] === "1" ? "2" : "1"}${text.slice(at + 1)}`);
        await refused({}, `a change of byte ${at} of ${saved.offset}`);
      }
      // what is before the range or after the offset is none of its business
      change(path, `9${text.slice(1, -2)}9\n`);
      assertEquals((await finish(second.sum(path, options))).resumedFrom, saved.offset);
    }
  },
);

Deno.test("a state is never replaced by that of a range that begins where it ends", { ignore }, async () => {
  for (const { sum } of STYLES) {
    await using folder = await tempFolder();
    const path = folder.write("numbers.txt", "1\n2\n3\n4\n");
    const checkpoint = folder.at("checkpoint.json");
    for (const first of [undefined, { from: 0, to: 8 }]) {
      await finish(sum(path, { checkpoint, range: first, restart: true }));
      const before = folder.read("checkpoint.json");
      Deno.writeTextFileSync(path, "5\n", { append: true });
      await assertRejects(() => finish(sum(path, { checkpoint, range: { from: 8, to: 10 } })), CheckpointRefusedError);
      assertEquals(folder.read("checkpoint.json"), before);
      Deno.truncateSync(path, 8);
    }
  }
});

Deno.test("a range without an end goes on when its input has grown", { ignore }, async () => {
  for (const { sum } of STYLES) {
    await using folder = await tempFolder();
    const path = folder.write("numbers.txt", "1\n2\n3\n");
    const options: SumOptions = { checkpoint: folder.at("checkpoint.json"), range: { from: 2, to: Infinity } };
    assertEquals((await finish(sum(path, options))).sum, "5");
    Deno.writeTextFileSync(path, "40\n", { append: true });
    const { sum: total, resumedFrom, range } = await finish(sum(path, options));
    assertEquals([total, resumedFrom, range!.from, range!.to], ["45", 6, 2, 9]);
    const closed = { ...options, range: { from: 2, to: 9 } };
    await assertRejects(() => finish(sum(path, closed)), CheckpointRefusedError);
  }
});

Deno.test("a bad line of a shard is told with the byte from which lines are counted", { ignore }, async () => {
  await using folder = await tempFolder();
  const path = folder.write("numbers.txt", "1\n22\nx\n4\n");
  for (const { sum } of STYLES) {
    const error = await assertRejects(() => finish(sum(path, { range: { from: 1, to: 9 } })), BadLineError);
    assertMatch((error as Error).message, /numbers\.txt, line 2 from byte 2 on \(byte 5\): .*"x"$/);
    const lines: number[] = [];
    const onSkip: SumOptions["onSkip"] = ({ line, offset }) => void lines.push(line, offset);
    const result = await finish(sum(path, { range: { from: 1, to: 9 }, onSkip }));
    assertEquals([result.sum, result.skipped, ...lines], ["26", 1, 2, 5]);
    // and one that begins before it is not its own
    assertEquals((await finish(sum(path, { range: { from: 6, to: 9 } }))).sum, "4");
  }
});

Deno.test("the threads that are allowed do not change what a range comes to", { ignore }, async () => {
  await using folder = await tempFolder();
  const path = folder.write("numbers.txt", "1\n".repeat(100));
  assertEquals((await finish(STYLES[0]!.sum(path, { range: { shard: 2, of: 4 }, workers: 4 }))).sum, "25");
});

/** Changes a file in place, so that its times show it. */
function change(path: string, text: string): void {
  Deno.writeTextFileSync(path, text);
  Deno.utimeSync(path, 0, 0);
}

function addPartial(merger: PartialMerger, result: SumResult): void {
  const line = new TextEncoder().encode(formatPartial({}, result).trimEnd());
  merger.add(line, { file: "parts.jsonl", line: 1 });
}
