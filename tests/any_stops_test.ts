import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { oracleSum } from "./oracle.ts";
import { lacks } from "./granted.ts";
import { finish, leave, STYLES } from "./styles.ts";
import { tempFolder } from "./temp_folder.ts";

/** A number in any of its forms. */
const number = fc.oneof(
  fc.integer().map(String),
  fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }).map(String),
  fc.tuple(fc.integer(), fc.nat({ max: 99_999 }), fc.integer({ min: -30, max: 30 })).map((
    [whole, fraction, exponent],
  ) => `${whole}.${fraction}e${exponent}`),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  fc.constantFrom(".5", "5.", "+7", "-0", "007", "1E+3", "9007199254740993"),
);

/** What may stand at a line's end. */
const end = fc.constantFrom("\n", "\n", "\n", "\r\n", "\n\n", " \n", "\n \t\r\n");

/** A run that is left once it has read so many bytes more, and how it reads and saves. */
const run = fc.record({
  style: fc.constantFrom(...STYLES),
  bytes: fc.nat({ max: 60 }),
  blockBytes: fc.option(fc.integer({ min: 1, max: 40 }), { nil: undefined }),
  every: fc.option(fc.record({ bytes: fc.integer({ min: 1, max: 50 }) }), { nil: undefined }),
  verify: fc.boolean(),
});

Deno.test("any numbers, any blocks, any stops and turns of style: the same sum", {
  ignore: lacks("read", "write"),
}, async () => {
  const seed = Math.floor(Math.random() * 2 ** 31);
  console.log(`the seed is ${seed}`);
  await using folder = await tempFolder();
  const checkpoint = folder.at("checkpoint.json");
  const lines = fc.array(fc.tuple(number, end), { maxLength: 40 });
  const property = fc.asyncProperty(
    fc.boolean(),
    lines,
    fc.option(number, { nil: "" }),
    fc.array(run, { maxLength: 5 }),
    run,
    async (hasMark, lines, last, stops, final) => {
      const text = (hasMark ? "\uFEFF" : "") + lines.map(([number, end]) => number + end).join("") + last;
      const path = folder.write("numbers.txt", text);
      await Deno.remove(checkpoint).catch(() => {});
      for (const { style, bytes, ...options } of stops) {
        await leave(
          style.sum(path, { ...options, checkpoint }),
          (progress) => progress.phase === "summing" && progress.offset - progress.resumedFrom >= bytes,
        );
      }
      const result = await finish(final.style.sum(path, { ...final, checkpoint }));
      const numbers = [...lines.map(([number]) => number), ...last === "" ? [] : [last]];
      assertEquals([result.sum, result.count], [oracleSum(numbers), numbers.length]);
    },
  );
  await fc.assert(property, { seed, numRuns: 50 });
});
