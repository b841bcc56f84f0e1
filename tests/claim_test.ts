import { assert, assertEquals, assertRejects } from "@std/assert";
import { CheckpointRefusedError } from "../lib/pure/errors.ts";
import { lacks } from "./granted.ts";
import { finish, leave, STYLES } from "./styles.ts";
import { tempFolder } from "./temp_folder.ts";

const ignore = lacks("read", "write");
const TEXT = "1\n2\n\n30\n400\n5.5\n";

Deno.test("the two keys of the older scripts are accepted when they are true", { ignore }, async () => {
  await using folder = await tempFolder();
  const path = folder.write("numbers.txt", TEXT);
  const checkpoint = folder.at("checkpoint.json");
  const claims: [text: string, offset: number, line: number][] = [
    [`{"offset": 0, "running_sum": 0}`, 0, 0],
    [`{"offset": 4, "running_sum": 3}`, 4, 2],
    [`{"running_sum":3,"offset":5}`, 5, 3],
    [`{"offset": 8, "running_sum": 33}\n`, 8, 4],
    [`{"offset": 8, "running_sum": 33.0}`, 8, 4], // as Python writes a float
    [`{"offset": 16, "running_sum": 438.5}`, 16, 6],
  ];
  for (const style of STYLES) {
    for (const blockBytes of [1, 2, 3, 100]) {
      for (const [text, offset, line] of claims) {
        await Deno.writeTextFile(checkpoint, text);
        const result = await finish(style.sum(path, { checkpoint, blockBytes }));
        assertEquals([result.sum, result.count, result.blank], ["438.5", 5, 1], text);
        assertEquals([result.resumedFrom, result.resumedLine], [offset, line], text);
        const again = await finish(style.sum(path, { checkpoint }));
        assertEquals([again.sum, again.resumedFrom], ["438.5", TEXT.length]);
      }
    }
  }
});

Deno.test("the two keys of the older scripts may end after a line that is too long", { ignore }, async () => {
  await using folder = await tempFolder();
  const path = folder.write("numbers.txt", `${"0".repeat(3_000_000)}\n1\n2\n`);
  const checkpoint = folder.at("checkpoint.json");
  for (const style of STYLES) {
    folder.write("checkpoint.json", `{"offset": 3000001, "running_sum": 0}`);
    const { sum, skipped, resumedFrom } = await finish(style.sum(path, { checkpoint, onSkip: () => {} }));
    assertEquals([sum, skipped, resumedFrom], ["3", 1, 3_000_001]);
  }
});

Deno.test("the two keys of the older scripts are refused when they are not", { ignore }, async () => {
  await using folder = await tempFolder();
  const path = folder.write("numbers.txt", TEXT);
  const checkpoint = folder.at("checkpoint.json");
  const claims: [text: string, reason: RegExp][] = [
    [`{"offset": 4, "running_sum": 4}`, /first 4 bytes .* add up to 4, and they make 3/],
    [`{"offset": 0, "running_sum": 1}`, /add up to 1, and they make 0/],
    [`{"offset": 7, "running_sum": 33}`, /inside a line/],
    [`{"offset": 1, "running_sum": 1}`, /inside a line/],
    [`{"offset": 17, "running_sum": 438.5}`, /shorter/],
    [`{"offset": 1000000, "running_sum": 438.5}`, /shorter/],
    [`{"offset": 16, "running_sum": 438.50000000000006}`, /438.50000000000006, and they make 438.5/],
    [`{"offset": 16, "running_sum": 4.386e2}`, /add up to 438.6, and they make 438.5/],
    [`{"offset": 16, "running_sum": "438,5"}`, /not a number/],
    [`{"offset": 16, "running_sum": NaN}`, /JSON/],
    [`{"offset": 16.5, "running_sum": 438.5}`, /offset/],
    [`{"offset": -4, "running_sum": 3}`, /offset/],
    [`{"offset": "4", "running_sum": 3}`, /offset/],
  ];
  for (const style of STYLES) {
    for (const blockBytes of [1, 3, 100]) {
      for (const [text, reason] of claims) {
        await Deno.writeTextFile(checkpoint, text);
        const run = style.sum(path, { checkpoint, blockBytes });
        const error = await assertRejects(() => finish(run), CheckpointRefusedError, undefined, text);
        assert(reason.test(error.reason), `${text}: ${error.reason}`);
        assertEquals(folder.read("checkpoint.json"), text);
      }
    }
  }
});

Deno.test("a claim that was not checked to its end is kept as it is", { ignore }, async () => {
  await using folder = await tempFolder();
  const path = folder.write("numbers.txt", TEXT);
  const claim = `{"offset": 12, "running_sum": 433}`;
  for (const style of STYLES) {
    await Deno.writeTextFile(folder.at("checkpoint.json"), claim);
    const options = { checkpoint: folder.at("checkpoint.json"), blockBytes: 1, every: { bytes: 1 } };
    const phases: string[] = [];
    await leave(style.sum(path, options), ({ phase, offset }) => {
      phases.push(phase);
      return offset >= 8;
    });
    assertEquals([...new Set(phases)], ["checking"]);
    assertEquals(folder.read("checkpoint.json"), claim);
    assertEquals((await finish(style.sum(path, options))).sum, "438.5");
  }
});
