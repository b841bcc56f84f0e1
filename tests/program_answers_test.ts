import { assertEquals } from "@std/assert";
import { lacks } from "./granted.ts";
import { type Ended, runProgram } from "./programs.ts";
import { STYLES } from "./styles.ts";
import { tempFolder } from "./temp_folder.ts";

const ignore = lacks("read", "write", "run", "env");
const SANITIZERS = { sanitizeOps: true, sanitizeResources: true, sanitizeExit: true };

/** What a program printed, as one text. */
function shown({ code, stdout, stderr }: Ended): string {
  return `${stdout}${stderr}exit ${code}\n`;
}

for (const { name, args: style } of STYLES) {
  Deno.test({
    name: `several inputs: a line for each, one named twice, one rotated (${name})`,
    ignore,
    ...SANITIZERS,
    fn: async () => {
      await using folder = await tempFolder();
      const run = async (...args: string[]) =>
        shown(await runProgram("main.ts", [...style, ...args], { cwd: folder.path }));
      folder.write("a.txt", "1\n2\n");
      folder.write("b.txt", "0.5\n4");
      assertEquals(await run("--each", "a.txt", "b.txt"), "3\ta.txt\n4.5\tb.txt\n7.5\nexit 0\n");
      assertEquals(
        await run("--each", "--round", "2", "b.txt", "a.txt", "b.txt"),
        "4.50\tb.txt\n3.00\ta.txt\n4.50\tb.txt\n12.00\n" +
          "numsum: b.txt is named more than once, and counted each time\n" +
          "numsum: continuing with what checkpoint.json has of 3 of 3 inputs: 12 bytes are summed already\nexit 0\n",
      );
      const before = folder.read("checkpoint.json");
      folder.write("a.txt", "10\n20\n");
      assertEquals(
        await run("-q", "a.txt", "b.txt"),
        "numsum: checkpoint.json was not accepted: the first 4 bytes of a.txt are not those that were summed.\n" +
          "It was left as it is. To keep it, name another with --checkpoint OTHER; to discard what it has of all " +
          "inputs that are named and begin them anew, say --restart.\nWhere that is to be expected, say --rotated restart.\nexit 3\n",
      );
      assertEquals(folder.read("checkpoint.json"), before);
      assertEquals(
        await run("--rotated", "restart", "a.txt", "b.txt"),
        "34.5\nnumsum: beginning a.txt anew, since the first 4 bytes of a.txt are not those that were summed\n" +
          "numsum: continuing with what checkpoint.json has of 1 of 2 inputs: 4 bytes are summed already\nexit 0\n",
      );
      folder.write("a.txt", "5\n");
      assertEquals(
        await run("--rotated", "restart", "a.txt"),
        "5\nnumsum: beginning a.txt anew, since a.txt has 2 bytes, fewer than the 6 that were summed; " +
          "it was cut off or replaced\nexit 0\n",
      );
      // other reasons to refuse are no rotation
      assertEquals(
        (await run("-q", "--rotated", "restart", "--decimal-mark", ",", "a.txt")).endsWith("exit 3\n"),
        true,
      );
    },
  });

  Deno.test({
    name: `--stats is kept in the checkpoint, and bound to it (${name})`,
    ignore,
    ...SANITIZERS,
    fn: async () => {
      await using folder = await tempFolder();
      const run = async (...args: string[]) =>
        shown(await runProgram("main.ts", ["-q", ...style, ...args], { cwd: folder.path }));
      folder.write("a.txt", "1\n\n-2.5\n");
      const stats = (...values: string[]) =>
        ["count", "sum", "min", "max", "mean", "sum_of_squares", "sample_sd", "population_sd"]
          .map((key, i) => `${key}\t${values[i]}\n`).join("");
      const first = stats("2", "-1.5", "-2.5", "1", "-0.75", "7.25", "2.4748737341529163354", "1.75");
      assertEquals(await run("--stats", "a.txt"), `${first}exit 0\n`);
      folder.write("a.txt", "1\n\n-2.5\n100\n7");
      const second = stats(
        "4",
        "105.5",
        "-2.5",
        "100",
        "26.375",
        "10056.25",
        "49.239846669135760013",
        "42.642958093922142915",
      );
      assertEquals(await run("--stats", "a.txt"), `${second}exit 0\n`);
      assertEquals(
        await run("a.txt"),
        "numsum: checkpoint.json was not accepted: what it has of a.txt was summed with --stats, and now there are " +
          "no such options.\nIt was left as it is. To keep it, name another with --checkpoint OTHER; to discard what " +
          "it has of this input and begin anew, say --restart.\nexit 3\n",
      );
      folder.write("b.txt", "10\n11.5\n11\n");
      const both = stats("7", "138.0", "-2.5", "100.0", "19.7", "10409.5", "35.8", "33.1");
      const drawn = await run("--histogram", "--ascii", "--round", "1", "a.txt", "b.txt");
      assertEquals(drawn.slice(0, both.length), both);
      assertEquals(
        await run("--histogram", "--ascii", "--round", "1", "b.txt"),
        `${stats("3", "32.5", "10.0", "11.5", "10.8", "353.2", "0.8", "0.6")}
10 to <11  1  ####################
11 to <12  2  ########################################
Every count is exact; a row is two significant digits wide, so rows widen with the numbers.
exit 0
`,
      );
    },
  });
}

Deno.test({
  name: "--json: the answer, the statistics, the status and every error are one object each",
  ignore,
  ...SANITIZERS,
  fn: async () => {
    await using folder = await tempFolder();
    const run = async (...args: string[]) =>
      shown(await runProgram("main.ts", ["--json", ...args], { cwd: folder.path }));
    folder.write("a.txt", "1\n\n2.25\n");
    folder.write("b.txt", "4");
    assertEquals(
      await run("--round", "1", "a.txt", "b.txt"),
      '{"sum":"7.2","count":3,"blank":1,"skipped":0,"files":[' +
        '{"file":"a.txt","sum":"3.2","count":2,"blank":1,"skipped":0,"offset":8,"resumed_from":0},' +
        '{"file":"b.txt","sum":"4.0","count":1,"blank":0,"skipped":0,"offset":0,"resumed_from":0}]}\nexit 0\n',
    );
    assertEquals(
      await run("--no-checkpoint", "--histogram", "a.txt"),
      '{"sum":"3.25","count":2,"blank":1,"skipped":0,"files":[{"file":"a.txt","sum":"3.25","count":2,"blank":1,' +
        '"skipped":0,"offset":8,"resumed_from":0,"stats":{"min":"1","max":"2.25","mean":"1.625",' +
        '"sum_of_squares":"6.0625","sample_sd":"0.8838834764831844055","population_sd":"0.625"}}],' +
        '"stats":{"min":"1","max":"2.25","mean":"1.625","sum_of_squares":"6.0625",' +
        '"sample_sd":"0.8838834764831844055","population_sd":"0.625"},' +
        '"histogram":[{"from":"1","to":"1.1","count":1},{"from":"2.2","to":"2.3","count":1}]}\nexit 0\n',
    );
    assertEquals(
      await run("--status", "a.txt"),
      '{"checkpoint":"checkpoint.json","accepted":true,"inputs":[{"file":"a.txt","size":8,"left":0,"accepted":true,' +
        '"offset":8,"sum":"3.25","count":2,"blank":1,"skipped":0,"line":3}],"others":["b.txt"]}\nexit 0\n',
    );
    folder.write("a.txt", "1\n\n3.25\n");
    assertEquals(
      await run("--status", "a.txt"),
      '{"checkpoint":"checkpoint.json","accepted":false,"inputs":[{"file":"a.txt","size":8,"left":null,' +
        '"accepted":false,"reason":"the first 8 bytes of a.txt are not those that were summed","offset":8,' +
        '"sum":"3.25","count":2,"blank":1,"skipped":0,"line":3}],"others":["b.txt"]}\nexit 3\n',
    );
    assertEquals(
      await run("a.txt"),
      '{"type":"error","kind":"checkpoint-refused","message":"checkpoint.json was not accepted: the first 8 bytes ' +
        'of a.txt are not those that were summed.","advice":"It was left as it is. To keep it, name another with ' +
        "--checkpoint OTHER; to discard what it has of this input and begin anew, say --restart.\\nWhere that is to " +
        'be expected, say --rotated restart.","place":{"file":"checkpoint.json"},"exit_code":3}\nexit 3\n',
    );
    assertEquals(
      await run("--restart", "a.txt", "--jsn"),
      '{"type":"error","kind":"usage","message":"there is no option --jsn; did you mean --json?",' +
        '"advice":"Run numsum --help for all options.","exit_code":2}\nexit 2\n',
    );
    folder.write("bad.txt", "1\n2x\n");
    assertEquals(
      await run("--no-checkpoint", "bad.txt"),
      '{"type":"error","kind":"bad-line","message":"bad.txt:2 (byte 2): \\"x\\" after the number: \\"2x\\".",' +
        '"advice":"Mend it, or pass over bad lines with --on-error skip.",' +
        '"place":{"file":"bad.txt","line":2,"offset":2},"exit_code":1}\nexit 1\n',
    );
    assertEquals(
      await run("missing.txt"),
      '{"type":"error","kind":"file","message":"could not open missing.txt: no such file or directory.",' +
        `"advice":"Look at its name; one that is relative begins in ${Deno.realPathSync(folder.path)}.",` +
        '"place":{"file":"missing.txt"},"exit_code":4}\nexit 4\n',
    );
    assertEquals(
      await run("--no-checkpoint", "--on-error", "skip", "bad.txt"),
      '{"sum":"1","count":1,"blank":0,"skipped":1,"files":[{"file":"bad.txt","sum":"1","count":1,"blank":0,' +
        '"skipped":1,"offset":5,"resumed_from":0}]}\n' +
        '{"type":"note","message":"skipped bad.txt:2 (byte 2): \\"x\\" after the number: \\"2x\\""}\n' +
        '{"type":"note","message":"1 bad line was passed over"}\nexit 0\n',
    );
  },
});
