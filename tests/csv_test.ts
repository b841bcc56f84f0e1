/** Columns of tables from end to end: what is summed, what is said of what cannot be, and what is remembered. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import type { SumOptions } from "../lib/drivers/sum_options.ts";
import { lacks } from "./granted.ts";
import { endOf, killIfAlive, runProgram, startProgram } from "./programs.ts";
import { finish, leave, STYLE_PAIRS, STYLES } from "./styles.ts";
import { tempFolder } from "./temp_folder.ts";

const SANITIZERS = { sanitizeOps: true, sanitizeResources: true, sanitizeExit: true };
const needs = lacks("read", "write");
const needsRun = lacks("read", "write", "run");

const TABLE = `id,name,amount
1,"Miller, Jo",5
2,"two
lines",7.5
3,"a ""quoted"" one","-1"

4,,
5,x,NA
6,y, 1e1 \r
7,z,2`;

for (const { name, sum } of STYLES) {
  const result = async (path: string, options: SumOptions) => {
    const { sum: total, count, blank, skipped } = await finish(sum(path, options));
    return { sum: total, count, blank, skipped };
  };

  Deno.test(`a column by its name or number, in ${name}`, { ignore: needs, ...SANITIZERS }, async () => {
    await using folder = await tempFolder();
    const path = folder.write("t.csv", TABLE);
    const expected = { sum: "23.5", count: 5, blank: 4, skipped: 0 };
    assertEquals(await result(path, { column: "amount", na: ["NA"] }), expected);
    assertEquals(await result(path, { column: 3, header: true, na: ["x", "NA"] }), expected);
    assertEquals(await result(folder.write("mark.csv", `\uFEFF"a"\n1\n`), { column: "a" }), {
      sum: "1",
      count: 1,
      blank: 1,
      skipped: 0,
    });
  });

  Deno.test(
    `a byte order mark before quotes with a line feed in them, in ${name}`,
    { ignore: needs, ...SANITIZERS },
    async () => {
      await using folder = await tempFolder();
      const path = folder.write("mark.csv", `\uFEFF"a\nb",c\n1,2\n`);
      for (const blockBytes of [1, 4, 6, 100]) {
        const expected = { sum: "1", count: 1, blank: 1, skipped: 0 };
        assertEquals(await result(path, { column: "a\nb", blockBytes }), expected);
      }
    },
  );

  Deno.test(`other delimiters, decimal commas, no names, in ${name}`, { ignore: needs, ...SANITIZERS }, async () => {
    await using folder = await tempFolder();
    const expected = { sum: "1234.75", count: 2, blank: 0, skipped: 0 };
    const tabs = folder.write("t.tsv", "a\t1234.5\nb\t.25\n");
    assertEquals(await result(tabs, { column: 2, delimiter: "\t" }), expected);
    const commas = folder.write("t.csv", "1.234,5;a\n,25;b\n");
    assertEquals(await result(commas, { column: 1, delimiter: ";", decimalMark: ",", groupMark: "." }), expected);
    assertEquals(
      await result(folder.write("q.csv", '"1234,5",a\n"0,25",b\n'), { column: 1, decimalMark: "," }),
      expected,
    );
    assertEquals(await result(folder.write("e.csv", ""), { column: "a" }), {
      sum: "0",
      count: 0,
      blank: 0,
      skipped: 0,
    });
    assertEquals(await result(folder.write("h.csv", "a,b"), { column: "b" }), {
      sum: "0",
      count: 0,
      blank: 1,
      skipped: 0,
    });
  });

  Deno.test(`what is wrong with a row is said, in ${name}`, { ignore: needs, ...SANITIZERS }, async () => {
    await using folder = await tempFolder();
    const cases: [table: string, options: SumOptions, message: string][] = [
      ["a,b\n1,2\n3,x1\n", { column: "b" }, 't.csv, row 3, column b (byte 8): not a number: "x1"'],
      ["1\n2 3\n", { column: 1, delimiter: ";" }, "t.csv, row 2, column 1 (byte 2): more than one number on the line"],
      ['"x\ny",1\nb,\\\n', { column: 2 }, "t.csv, row 2, column 2 (byte 8): "],
      ["a,b\n1\n", { column: "b" }, 'row 2, column b (byte 4): 1 field, where the first row has 2: "1"'],
      ["a,b\n1,2,3\n", { column: "b" }, 'row 2, column b (byte 4): 3 fields, where the first row has 2: "1,2,3"'],
      ["\n1\n", { column: 2 }, 'row 2, column 2 (byte 1): 1 field, where the column needs 2: "1"'],
      ["1\nNA\n", { column: 1 }, 'row 2, column 1 (byte 2): a missing value? to pass over those, say --na: "NA"'],
      ["a,b\n1,2\n", { column: 2 }, "row 1, column 2 (byte 0): not a number; if the first row has names, say --header"],
      ['1,"2"3\n', { column: 1 }, "row 1, column 1 (byte 0): there is text after the closing quote of a field"],
      ['1,"2" \n', { column: 1 }, "row 1, column 1 (byte 0): there is text after the closing quote of a field"],
      ['1,2\n3,"4\n5,6\n', { column: 2 }, "row 2, column 2 (byte 4): a quote that is opened in this row is not closed"],
      ['1,2\n3,"4\n5"\n', { column: 2 }, 'row 2, column 2 (byte 4): a line feed inside the field: "4\\x0A5"'],
      [
        `1,2\n3,"${"x\n".repeat(600_000)}`,
        { column: 1 },
        "row 2, column 1 (byte 4): a quote that is opened in this row is not closed within 1048576 bytes",
      ],
      [
        `1,2\n3,${"x".repeat(1_200_000)}\n`,
        { column: 1 },
        "row 2, column 1 (byte 4): longer than 1048576 bytes, the limit for a row",
      ],
    ];
    for (const [table, options, message] of cases) {
      const error = await result(folder.write("t.csv", table), options).catch((error) => error);
      assertStringIncludes(error.message ?? "no error", message);
      assertEquals(error.name, "BadLineError");
    }
  });

  Deno.test(`an endless row is passed over whole, in ${name}`, { ignore: needs, ...SANITIZERS }, async () => {
    await using folder = await tempFolder();
    const long = `2,"${"x\n".repeat(900_000)}"\n`;
    const path = folder.write("t.csv", `1,a\n${long}3,b\n`);
    const skipped: number[] = [];
    const options = { column: 1, onSkip: ({ line }: { line: number }) => void skipped.push(line) };
    assertEquals(await result(path, options), { sum: "4", count: 2, blank: 0, skipped: 1 });
    assertEquals(skipped, [2]);
  });

  Deno.test(`a column that is not there, in ${name}`, { ignore: needs, ...SANITIZERS }, async () => {
    await using folder = await tempFolder();
    const cases: [table: string, options: SumOptions, message: string][] = [
      ["id,price\n1,2\n", { column: "prize" }, 'there is no column "prize" in '],
      ["id,price\n1,2\n", { column: "prize" }, 'its first row has "id", "price"'],
      ["id;price\n1;2\n", { column: "price" }, "say what separates them with --delimiter"],
      ["id,a,a\n1,2,3\n", { column: "a" }, 'more than one column "a": say which by its number, 2 and 3, and --header'],
      ["1,2\n", { column: 3 }, "there is no column 3 in "],
      [`"${"x".repeat(1_100_000)}",a\n1,2\n`, { column: "a" }, "its first row is longer than 1048576 bytes, the limit"],
    ];
    for (const [table, options, message] of cases) {
      const error = await result(folder.write("t.csv", table), { ...options, onSkip() {} }).catch((error) => error);
      assertStringIncludes(error.message ?? "no error", message);
      assertEquals(error.name, "OptionError");
    }
    for (
      const options of [{ column: 0 }, { column: 1.5 }, { column: 1, delimiter: '"' }, { column: 1, delimiter: "ab" }]
    ) {
      const error = await result(folder.write("t.csv", "1\n"), options).catch((error) => error);
      assertEquals(error.name, "RangeError");
    }
  });
}

for (const [first, second] of STYLE_PAIRS) {
  Deno.test(
    `the column is found again where names are far away, ${first.name} then ${second.name}`,
    { ignore: needs, ...SANITIZERS },
    async () => {
      await using folder = await tempFolder();
      const names = Array.from({ length: 30_000 }, (_, i) => `name ${i}`);
      const row = `${"7,".repeat(29_999)}1\n`;
      const path = folder.write("wide.csv", `${names.join(",")}\n${row.repeat(20)}`);
      const options = { column: "name 29999", checkpoint: folder.at("c.json") };
      await leave(first.sum(path, { ...options, blockBytes: 100_000 }), ({ count }) => count >= 3);
      const result = await finish(second.sum(path, options));
      assertEquals([result.sum, result.count, result.blank], ["20", 20, 1]);
      assertEquals(result.resumedLine >= 4, true);
      await Deno.writeTextFile(path, "x\n", { append: true });
      const error = await finish(first.sum(path, options)).catch((error) => error);
      assertStringIncludes(error.message, "row 22, column name 29999");
    },
  );
}

Deno.test("a state is bound to its column", { ignore: needs, ...SANITIZERS }, async () => {
  await using folder = await tempFolder();
  const path = folder.write("t.csv", "a,b\n1,2\n");
  const checkpoint = folder.at("c.json");
  const [{ sum }] = STYLES as [typeof STYLES[0]];
  const options: SumOptions = { column: "b", na: ["-", "NA", "-"], delimiter: ",", checkpoint };
  await finish(sum(path, options));
  assertEquals(JSON.parse(folder.read("c.json")).options, { column: "b", na: "-,NA" });
  assertEquals((await finish(sum(path, { ...options, na: ["NA", "-"] }))).resumedFrom, 8);
  for (const other of [{ column: "a" }, { column: 2 }, { delimiter: ";" }, { na: [] }, { column: undefined }]) {
    const error = await finish(sum(path, { ...options, ...other })).catch((error) => error);
    assertEquals(error.name, "CheckpointRefusedError");
    assertStringIncludes(error.message, "was summed with --column b --na -,NA");
  }
});

Deno.test("what the program is told of columns", { ignore: needsRun, ...SANITIZERS }, async () => {
  await using folder = await tempFolder();
  folder.write("t.csv", TABLE);
  const cases: [args: string[], code: number, text: string][] = [
    [["--column", "amount", "--na", "NA"], 0, "23.5\n"],
    [["--column", "3", "--header", "--na=-", "--na", "none,NA", "--sync"], 0, "23.5\n"],
    [["--column", "1", "--header", "--workers", "4"], 0, "28\n"],
    [["--column", "amount"], 1, "t.csv, row 7, column amount (byte 81): a missing value?"],
    [["--column", "amont"], 2, 'there is no column "amont" in t.csv; its first row has "id", "name", "amount"'],
    [["--column", "0"], 2, '--column wants a number from 1 or a name from the first row, not "0"'],
    [["--column", "1", "--delimiter", "ab"], 2, '--delimiter wants one ASCII character or "tab", not "ab"'],
    [["--delimiter", ";"], 2, "--delimiter is about the columns of a table; say which one to sum with --column"],
    [["--header"], 2, "--header is about the columns of a table"],
    [["--na", "x"], 2, "--na is about the columns of a table"],
    [["--column", "1", "--shard", "1/2"], 2, "--shard and --column do not go together"],
    [[], 1, "--column"],
  ];
  for (const [args, code, text] of cases) {
    const ended = await runProgram("main.ts", [...args, "--no-checkpoint", "t.csv"], { cwd: folder.path });
    assertStringIncludes(ended.code === 0 ? ended.stdout : ended.stderr, text);
    assertEquals(ended.code, code, args.join(" "));
  }
  folder.write("t.tsv", "1\ta\n2\tb\n");
  for (const delimiter of ["tab", "\\t", "\t"]) {
    const args = ["--column", "1", "--delimiter", delimiter, "--no-checkpoint", "t.tsv"];
    assertEquals((await runProgram("main.ts", args, { cwd: folder.path })).stdout, "3\n");
  }
});

Deno.test("kill -9 in a table whose rows have line feeds in them", { ignore: needsRun, ...SANITIZERS }, async () => {
  await using folder = await tempFolder();
  let expected = 0;
  const rows = Array.from({ length: 150_000 }, (_, i) => {
    expected += i * 7919 % 1000;
    return `${i},"a\n""b"",\n${i}",${i * 7919 % 1000}\n`;
  });
  folder.write("t.csv", `id,text,value\n${rows.join("")}`);
  const args = ["--column", "value", "--every", "20kB", "t.csv"];
  for (let kills = 0; kills < 5; kills++) {
    const program = startProgram("main.ts", [...args, ...kills % 2 ? ["--sync"] : []], { cwd: folder.path });
    const timer = setTimeout(() => killIfAlive(program), 120 + 40 * kills);
    const { signal } = await endOf(program);
    clearTimeout(timer);
    if (signal !== "SIGKILL") break;
  }
  const { code, stdout } = await runProgram("main.ts", args, { cwd: folder.path });
  assertEquals([code, stdout], [0, `${expected}\n`]);
});
