import { assert, assertEquals, assertRejects } from "@std/assert";
import { FileError } from "../lib/pure/errors.ts";
import { lacks } from "./granted.ts";
import { finish, STYLES } from "./styles.ts";
import { tempFolder } from "./temp_folder.ts";

const ignore = lacks("read", "write");

Deno.test("every so many bytes: no save is further from the one before", { ignore }, async () => {
  await using folder = await tempFolder();
  const lengths = [6, 6, 6, 1, 2, 30, 3, 100, 1, 1, 9, 10, 11, 6, 6, 19, 20, 21, 5];
  const lines = lengths.map((length) => "1".repeat(length - 1) + "\n");
  const path = folder.write("numbers.txt", lines.join(""));
  const size = lines.join("").length;
  for (const style of STYLES) {
    for (const bytes of [2, 10, 20, 64]) {
      for (const blockBytes of [1, 10, undefined]) {
        const saves: number[] = [];
        await finish(style.sum(path, {
          checkpoint: folder.at("checkpoint.json"),
          restart: true,
          every: { bytes },
          blockBytes,
          onSave: (offset) => saves.push(offset),
        }));
        assertEquals(saves.at(-1), size);
        for (const [i, offset] of saves.entries()) {
          const before = saves[i - 1] ?? 0;
          const { length = 0 } = lines.find((_, n) => endOf(lines, n) > before) ?? {};
          assert(
            offset - before <= (length > bytes ? length + bytes : bytes),
            `${style.name}, every ${bytes} bytes, blocks of ${blockBytes}: saved at ${before}, then at ${offset}`,
          );
        }
      }
    }
  }
});

Deno.test("every so many bytes: no more saves than needed", { ignore }, async () => {
  await using folder = await tempFolder();
  const path = folder.write("numbers.txt", "123456789\n".repeat(1000));
  for (const style of STYLES) {
    const saves: number[] = [];
    const checkpoint = folder.at("checkpoint.json");
    const onSave = (offset: number) => saves.push(offset);
    await finish(style.sum(path, { checkpoint, restart: true, every: { bytes: 1000 }, blockBytes: 100, onSave }));
    assert(saves.length >= 10 && saves.length <= 12, `saved at ${saves}`);
  }
});

Deno.test("every so long: a state is saved with each block when the time is short", { ignore }, async () => {
  await using folder = await tempFolder();
  const path = folder.write("numbers.txt", "1\n".repeat(100));
  for (const style of STYLES) {
    const saves: number[] = [];
    const checkpoint = folder.at("checkpoint.json");
    const every = { milliseconds: 0.000001 };
    const onSave = (offset: number) => saves.push(offset);
    await finish(style.sum(path, { checkpoint, restart: true, every, blockBytes: 20, onSave }));
    assertEquals(saves, Array.from({ length: 10 }, (_, i) => (i + 1) * 20));
  }
});

Deno.test("by default a short run saves at its end only", { ignore }, async () => {
  await using folder = await tempFolder();
  const path = folder.write("numbers.txt", "1\n".repeat(100));
  for (const style of STYLES) {
    for (const blockBytes of [10, 200, 1000]) {
      const checkpoint = folder.at(`${style.name}${blockBytes}.json`);
      const saves: number[] = [];
      const onSave = (offset: number) => saves.push(offset);
      await finish(style.sum(path, { checkpoint, blockBytes, onSave }));
      assertEquals(saves, [200], `${style.name}, blocks of ${blockBytes}`);
    }
  }
});

Deno.test("a run that is left before its first save saves then", { ignore }, async () => {
  for (const style of STYLES) {
    await using folder = await tempFolder();
    const path = folder.write("numbers.txt", "1\n".repeat(100));
    const saves: number[] = [];
    const onSave = (offset: number) => saves.push(offset);
    const run = style.sum(path, { checkpoint: folder.at("checkpoint.json"), blockBytes: 10, onSave });
    for (let i = 0; i < 4; i++) await run.next(); // the start, and three blocks
    assertEquals([saves, folder.names()], [[], ["checkpoint.json.lock", "numbers.txt"]]);
    await run.return(undefined as never);
    assertEquals([saves, JSON.parse(folder.read("checkpoint.json")).running_sum], [[30], 15]);
    assertEquals(folder.names(), ["checkpoint.json", "checkpoint.json.lock", "numbers.txt"]);
  }
});

Deno.test("a run that begins anew saves at once: nobody may go on from what it discards", { ignore }, async () => {
  await using folder = await tempFolder();
  const path = folder.write("numbers.txt", "1\n".repeat(100));
  const checkpoint = folder.at("checkpoint.json");
  for (const style of STYLES) {
    await finish(style.sum(path, { checkpoint }));
    const run = style.sum(path, { checkpoint, restart: true, blockBytes: 10 });
    for (let i = 0; i < 2; i++) await run.next(); // the start, and the first block
    assertEquals(JSON.parse(folder.read("checkpoint.json")).offset, 10);
    await run.return(undefined as never);
  }
});

Deno.test("a run whose first save fails ends there, though it had looked possible", { ignore }, async () => {
  for (const style of STYLES) {
    await using folder = await tempFolder();
    const path = folder.write("numbers.txt", "1\n".repeat(100));
    const checkpoint = folder.at("checkpoint.json");
    const warnings: string[] = [];
    const onWarning = ({ message }: Error) => void warnings.push(message);
    const run = style.sum(path, { checkpoint, blockBytes: 10, onWarning });
    for (let i = 0; i < 2; i++) await run.next(); // the start, and the first block
    Deno.mkdirSync(checkpoint); // a file cannot be renamed to that
    await assertRejects(() => finish(run), FileError, "could not save");
    assertEquals(warnings, []);
  }
});

Deno.test("a save that fails is one warning, and the sum goes on", { ignore }, async () => {
  await using folder = await tempFolder();
  const path = folder.write("numbers.txt", "1\n".repeat(100));
  for (const style of STYLES) {
    const warnings: string[] = [];
    const place = await Deno.makeTempDir({ dir: folder.path });
    const run = style.sum(path, {
      checkpoint: `${place}/checkpoint.json`,
      every: { bytes: 2 },
      blockBytes: 2,
      onWarning: ({ message }) => warnings.push(message),
    });
    for (let i = 0; i < 2; i++) await run.next(); // the start, and the first block
    await Deno.remove(place, { recursive: true });
    const result = await finish(run);
    assertEquals([result.sum, result.saved], ["100", 2]);
    assert(warnings.length >= 1 && warnings.length <= 2, warnings.join("\n"));
    assert(warnings.every((warning) => warning.includes("checkpoint.json")));
  }
});

Deno.test("a save that failed is tried again, and the state is safe in the end", { ignore }, async () => {
  await using folder = await tempFolder();
  const path = folder.write("numbers.txt", "1\n".repeat(100));
  for (const style of STYLES) {
    const warnings: string[] = [];
    const checkpoint = folder.at("checkpoint.json");
    const onWarning = ({ message }: Error) => void warnings.push(message);
    const run = style.sum(path, { checkpoint, restart: true, every: { bytes: 2 }, blockBytes: 2, onWarning });
    for (let i = 0; i < 2; i++) await run.next(); // the start, and the first block
    await Deno.mkdir(`${checkpoint}.tmp/in_the_way`, { recursive: true });
    for (let i = 0; i < 10; i++) await run.next();
    await Deno.remove(`${checkpoint}.tmp`, { recursive: true });
    assertEquals(warnings.length, 1);
    const result = await finish(run);
    assertEquals([result.sum, result.saved, warnings.length], ["100", 200, 1]);
  }
});

/** Where a line ends, in bytes from the start. */
function endOf(lines: readonly string[], index: number): number {
  return lines.slice(0, index + 1).join("").length;
}
