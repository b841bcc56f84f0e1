import { assert, assertEquals, assertRejects } from "@std/assert";
import { CheckpointFile } from "../lib/disk/checkpoint_file.ts";
import type { SumOptions } from "../lib/drivers/sum_options.ts";
import { CheckpointRefusedError } from "../lib/pure/errors.ts";
import { lacks } from "./granted.ts";
import { finish, leave, STYLE_PAIRS, STYLES } from "./styles.ts";
import { tempFolder } from "./temp_folder.ts";

const ignore = lacks("read", "write");

/** 1 to 50, and their sum. */
const LINES = Array.from({ length: 50 }, (_, i) => `${i + 1}\n`);
const TEXT = LINES.join("");
const SUM = "1275";

Deno.test("leaving the loop by break saves, and the other style continues there", { ignore }, async () => {
  await using folder = await tempFolder();
  const path = folder.write("numbers.txt", TEXT);
  const checkpoint = folder.at("checkpoint.json");
  for (const [first, second] of STYLE_PAIRS) {
    for (const stop of [0, 1, 30, 100]) {
      let offset = -1;
      const left = await leave(first.sum(path, { checkpoint, blockBytes: 7, restart: true }), (progress) => {
        offset = progress.offset;
        return offset >= stop;
      });
      assert(left && offset >= stop && offset < TEXT.length);
      assertEquals(JSON.parse(folder.read("checkpoint.json")).offset, offset);
      const result = await finish(second.sum(path, { checkpoint }));
      assertEquals([result.sum, result.count, result.resumedFrom], [SUM, 50, offset]);
      assertEquals(result.resumedLine, TEXT.slice(0, offset).split("\n").length - 1);
    }
  }
});

Deno.test("leaving the loop by an exception or return() saves too", { ignore }, async () => {
  await using folder = await tempFolder();
  const path = folder.write("numbers.txt", TEXT);
  for (const style of STYLES) {
    const options = { checkpoint: folder.at("checkpoint.json"), blockBytes: 10, restart: true };
    const boom = new Error("boom");
    let reached = 0;
    const thrown = await assertRejects(() =>
      leave(style.sum(path, options), ({ offset }) => {
        reached = offset;
        if (offset > 40) throw boom;
        return false;
      })
    );
    assertEquals(thrown, boom);
    assertEquals(JSON.parse(folder.read("checkpoint.json")).offset, reached);

    const run = style.sum(path, options);
    await run.next();
    await run.next();
    const { value } = await run.next();
    await run.return(undefined as never);
    assert(value && value.offset > 0);
    assertEquals(JSON.parse(folder.read("checkpoint.json")).offset, value.offset);

    const failing = style.sum(path, options);
    await failing.next();
    const next = await failing.next();
    assertEquals(await assertRejects(async () => await failing.throw(boom)), boom);
    assert(next.value && next.value.offset > 0);
    assertEquals(JSON.parse(folder.read("checkpoint.json")).offset, next.value.offset);
  }
});

Deno.test("a run that is left gives back the file, the lock and the checkpoint", { ignore }, async () => {
  await using folder = await tempFolder();
  const path = folder.write("numbers.txt", TEXT);
  for (const style of STYLES) {
    await leave(style.sum(path, { checkpoint: folder.at("checkpoint.json"), blockBytes: 5 }), () => true);
    using held = CheckpointFile.openSync(folder.at("checkpoint.json"));
    assertEquals(held.states.length, 1);
  }
  assertEquals(folder.names(), ["checkpoint.json", "checkpoint.json.lock", "numbers.txt"]);
});

Deno.test("a run can be left again and again, at every block, with the styles taking turns", { ignore }, async () => {
  await using folder = await tempFolder();
  const path = folder.write("numbers.txt", TEXT);
  const checkpoint = folder.at("checkpoint.json");
  for (const blockBytes of [1, 5, 11]) {
    await Deno.remove(checkpoint).catch(() => {});
    let runs = 0;
    for (let isLeft = true; isLeft; runs++) {
      const run = STYLES[runs % 2]!.sum(path, { checkpoint, blockBytes });
      isLeft = await leave(run, ({ offset, resumedFrom }) => offset > resumedFrom);
    }
    assert(runs > TEXT.length / 12, `only ${runs} runs`);
    assertEquals((await finish(STYLES[runs % 2]!.sum(path, { checkpoint }))).sum, SUM);
  }
});

Deno.test("a last line without a line feed is counted, and never in the checkpoint", { ignore }, async () => {
  await using folder = await tempFolder();
  const checkpoint = folder.at("checkpoint.json");
  for (const [first, second] of STYLE_PAIRS) {
    folder.write("numbers.txt", "1\n2\n34");
    const path = folder.at("numbers.txt");
    const whole = await finish(first.sum(path, { checkpoint, restart: true }));
    assertEquals([whole.sum, whole.count, whole.offset], ["37", 3, 4]);
    const { offset, running_sum, count } = JSON.parse(folder.read("checkpoint.json"));
    assertEquals([offset, running_sum, count], [4, 3, 2]);
    await Deno.writeTextFile(path, "56\n7\n", { append: true });
    const grown = await finish(second.sum(path, { checkpoint }));
    assertEquals([grown.sum, grown.count, grown.resumedFrom], ["3466", 4, 4]);
  }
});

Deno.test("a complete run keeps its checkpoint, and the next adds only what is new", { ignore }, async () => {
  await using folder = await tempFolder();
  const checkpoint = folder.at("checkpoint.json");
  for (const [first, second] of STYLE_PAIRS) {
    const path = folder.write("numbers.txt", TEXT);
    await finish(first.sum(path, { checkpoint, restart: true }));
    const saved = folder.read("checkpoint.json");
    const again = await finish(second.sum(path, { checkpoint }));
    assertEquals([again.sum, again.count, again.resumedFrom], [SUM, 50, TEXT.length]);
    assertEquals(folder.read("checkpoint.json"), saved);
    await Deno.writeTextFile(path, "25\n", { append: true });
    const grown = await finish(second.sum(path, { checkpoint }));
    assertEquals([grown.sum, grown.count, grown.resumedFrom], ["1300", 51, TEXT.length]);
  }
});

Deno.test("restart begins anew, whatever became of the checkpoint", { ignore }, async () => {
  await using folder = await tempFolder();
  const path = folder.write("numbers.txt", TEXT);
  const checkpoint = folder.at("checkpoint.json");
  for (const style of STYLES) {
    for (
      const before of [
        "",
        `{\n  "version": 1,\n  "file": "a`,
        `{"version": 2, "new": 1, "running_sum": 5}`,
        `{"offset": 3, "running_sum": 99}`,
        undefined,
      ]
    ) {
      if (before === undefined) await finish(style.sum(path, { checkpoint, restart: true }));
      else await Deno.writeTextFile(checkpoint, before);
      const result = await finish(style.sum(path, { checkpoint, restart: true }));
      assertEquals([result.sum, result.resumedFrom, result.saved], [SUM, 0, TEXT.length]);
    }
  }
});

Deno.test("options that change what a line means are bound to a state", { ignore }, async () => {
  await using folder = await tempFolder();
  const path = folder.write("numbers.txt", "1,5\n2,5\n");
  const checkpoint = folder.at("checkpoint.json");
  const comma: SumOptions = { checkpoint, decimalMark: "," };
  for (const [first, second] of STYLE_PAIRS) {
    await finish(first.sum(path, { ...comma, restart: true }));
    const saved = folder.read("checkpoint.json");
    for (const other of [{ checkpoint }, { ...comma, groupMark: "." }] as SumOptions[]) {
      const error = await assertRejects(() => finish(second.sum(path, other)), CheckpointRefusedError);
      assert(error.reason.includes("--decimal-mark ,"), error.reason);
      assertEquals(folder.read("checkpoint.json"), saved);
    }
    // how often it is saved, who adds, and what becomes of bad lines do not change what a line means
    const same: SumOptions = { ...comma, every: { bytes: 1 }, onSkip: () => {}, blockBytes: 2, verify: true };
    assertEquals((await finish(second.sum(path, same))).sum, "4");
  }
});

Deno.test("one checkpoint has a state for each input", { ignore }, async () => {
  await using folder = await tempFolder();
  const [a, b, c] = ["a.txt", "b.txt", "c.txt"].map((name, i) => folder.write(name, `${i + 1}\n`.repeat(10)));
  const checkpoint = folder.at("checkpoint.json");
  for (const style of STYLES) {
    await Deno.remove(checkpoint).catch(() => {});
    {
      using held = await CheckpointFile.open(checkpoint);
      for (const path of [a!, b!]) await finish(style.sum(path, { checkpoint: held }));
    }
    const after = await finish(style.sum(c!, { checkpoint }));
    assertEquals([after.sum, after.resumedFrom], ["30", 0]);
    const again = await finish(style.sum(a!, { checkpoint }));
    assertEquals([again.sum, again.resumedFrom], ["10", 20]);
    const { inputs, ...rest } = JSON.parse(folder.read("checkpoint.json"));
    assertEquals(Object.keys(rest), ["version", "check"]);
    assertEquals(inputs.map(({ file, running_sum }: Record<string, unknown>) => [file, running_sum]), [
      ["a.txt", 10],
      ["b.txt", 20],
      ["c.txt", 30],
    ]);
  }
});

Deno.test(
  "an input that changed before the offset is refused, and its checkpoint kept as it is",
  { ignore },
  async (t) => {
    const piece = "1234567\n".repeat(8192); // 64 KiB
    const text = piece.repeat(4) + "5\n";
    const at = (index: number, bytes: string) => text.slice(0, index) + bytes + text.slice(index + bytes.length);
    const changes: Record<string, string> = {
      "shorter": text.slice(0, -2),
      "emptied": "",
      "a digit near the start": at(8, "9"),
      "a digit in the middle": at(2 * piece.length + 8, "9"),
      "a digit near the end": at(4 * piece.length - 8, "9"),
      "a digit near the end, and longer": at(4 * piece.length, "6") + "7\n",
      "a digit near the start, and longer": at(0, "9") + "7\n",
      "lines that are other ones with the same sum": at(0, "1234566\n1234568\n"),
    };
    for (const [name, changed] of Object.entries(changes)) {
      await t.step(name, async () => {
        await using folder = await tempFolder();
        const path = folder.write("numbers.txt", text);
        const checkpoint = folder.at("checkpoint.json");
        for (const [first, second] of STYLE_PAIRS) {
          folder.write("numbers.txt", text);
          await finish(first.sum(path, { checkpoint, restart: true }));
          const saved = folder.read("checkpoint.json");
          await Deno.writeTextFile(path, changed); // in place
          const error = await assertRejects(() => finish(second.sum(path, { checkpoint })), CheckpointRefusedError);
          assert(error.reason.includes(path), error.reason);
          assertEquals(folder.read("checkpoint.json"), saved);
        }
      });
    }
  },
);

Deno.test("an input that was copied, touched, renamed over or appended to is accepted", { ignore }, async (t) => {
  const text = "1234567\n".repeat(40_000);
  const changes: Record<string, (path: string) => Promise<void>> = {
    "copied": async (path) => {
      await Deno.copyFile(path, `${path}.copy`);
      await Deno.rename(`${path}.copy`, path);
    },
    "touched": (path) => Deno.utime(path, new Date(), new Date()),
    "appended to": (path) => Deno.writeTextFile(path, "1\n", { append: true }),
    "replaced by a longer copy": async (path) => {
      await Deno.writeTextFile(`${path}.copy`, text + "1\n");
      await Deno.rename(`${path}.copy`, path);
    },
  };
  for (const [name, change] of Object.entries(changes)) {
    await t.step(name, async () => {
      await using folder = await tempFolder();
      const checkpoint = folder.at("checkpoint.json");
      for (const [first, second] of STYLE_PAIRS) {
        const path = folder.write("numbers.txt", text);
        await leave(first.sum(path, { checkpoint, restart: true, blockBytes: 1000 }), ({ offset }) => offset > 200_000);
        await change(path);
        const result = await finish(second.sum(path, { checkpoint }));
        assert(result.resumedFrom > 200_000);
        assertEquals(result.sum, `${1234567 * 40_000 + (result.count - 40_000)}`);
        assertEquals(result.count, /appended|longer/.test(name) ? 40_001 : 40_000);
      }
    });
  }
});

Deno.test("--verify finds the one edit that escapes otherwise", { ignore }, async () => {
  await using folder = await tempFolder();
  const piece = "1234567\n".repeat(8192);
  const text = piece.repeat(5);
  const changed = text.slice(0, 2 * piece.length) + "9" + text.slice(2 * piece.length + 1) + "1\n";
  const checkpoint = folder.at("checkpoint.json");
  for (const style of STYLES) {
    const path = folder.write("numbers.txt", text);
    await finish(style.sum(path, { checkpoint, restart: true }));
    const saved = folder.read("checkpoint.json");
    await Deno.writeTextFile(path, changed);
    await assertRejects(() => finish(style.sum(path, { checkpoint, verify: true })), CheckpointRefusedError);
    assertEquals(folder.read("checkpoint.json"), saved);
    const result = await finish(style.sum(path, { checkpoint }));
    assertEquals(result.sum, `${1234567n * 5n * 8192n + 1n}`);
  }
});
