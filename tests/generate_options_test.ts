import { assert, assertEquals, assertThrows } from "@std/assert";
import { GENERATE_HELP, type GenerateCommand, parseGenerateOptions } from "../lib/cli/generate_options.ts";
import { UsageError } from "../lib/cli/command.ts";

function parse(...args: string[]): GenerateCommand {
  const command = parseGenerateOptions(args);
  if (command.kind !== "generate") throw new Error(`it is ${command.kind}`);
  return command;
}

Deno.test("parseGenerateOptions() makes a million integers unless told otherwise", () => {
  const { seed, ...rest } = parse();
  assertEquals(rest, {
    kind: "generate",
    count: 1_000_000,
    min: -1_000_000,
    max: 1_000_000,
    decimals: 0,
    output: "numbers.txt",
    force: false,
  });
  assert(Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32);
  const seeds = new Set(Array.from({ length: 10 }, () => parse().seed));
  assert(seeds.size > 5, "the seed is another one each time");
});

Deno.test("parseGenerateOptions() reads each option", () => {
  const cases: [string[], Partial<GenerateCommand>][] = [
    [["--count", "0"], { count: 0 }],
    [["--count=5"], { count: 5 }],
    [["--min", "-5", "--max", "-3"], { min: -5, max: -3 }],
    [["--min=-5", "--max=5"], { min: -5, max: 5 }],
    [["--decimals", "2"], { decimals: 2, min: -100_000_000, max: 100_000_000 }],
    [["--decimals", "2", "--min", "-0.5", "--max", "99.99"], { min: -50, max: 9999 }],
    [["--decimals", "2", "--min", "1", "--max", "1.5"], { min: 100, max: 150 }],
    [["--seed", "0"], { seed: 0 }],
    [["--seed", "4294967295"], { seed: 2 ** 32 - 1 }],
    [["--output", "a/b.txt", "--force"], { output: "a/b.txt", force: true }],
    [["--max", "4503599627370496"], { max: 2 ** 52 }],
  ];
  for (const [args, wanted] of cases) {
    const command = parse(...args);
    for (const [key, value] of Object.entries(wanted)) {
      assertEquals(command[key as keyof GenerateCommand], value, `${args}: ${key}`);
    }
  }
  assertEquals(parseGenerateOptions(["--help", "--count", "x"]).kind, "help");
  assertEquals(parseGenerateOptions(["-h"]).kind, "help");
});

Deno.test("parseGenerateOptions() refuses what it cannot do, and says why", () => {
  const cases: [string[], RegExp][] = [
    [["--cuont", "5"], /no option --cuont/],
    [["--_=5"], /no option --_=5/],
    [["-h5"], /no option -h5/],
    [["--force", "false"], /not false/],
    [["--force=false"], /--force takes no value/],
    [["--count"], /--count needs a value/],
    [["--count", "1e6"], /--count wants a whole number.*"1e6"/],
    [["--count", "1.5"], /--count/],
    [["--count", "99999999999999999999"], /--count/],
    [["--decimals", "16"], /--decimals wants a whole number from 0 to 15/],
    [["--seed", "4294967296"], /--seed/],
    [["--min", "0.5"], /--min wants a number of at most 0 decimal places/],
    [["--decimals", "1", "--max", "0.55"], /--max/],
    [["--max", "4503599627370497"], /--max/],
    [["--max", "1e3"], /--max/],
    [["--min", "2", "--max", "1"], /--min 2 is larger than --max 1/],
    [["--min", "1000001"], /--min 1000001 is larger than --max 1000000/],
  ];
  for (const [args, message] of cases) {
    const error = assertThrows(() => parseGenerateOptions(args), UsageError) as Error;
    assert(message.test(error.message), `${args}: ${error.message}`);
  }
});

Deno.test("the help of generate fits into 80 columns and names every option", () => {
  for (const line of GENERATE_HELP.split("\n")) assert(line.length <= 80, line);
  for (const name of ["count", "min", "max", "decimals", "seed", "output", "force", "help"]) {
    assert(GENERATE_HELP.includes(`--${name} `) || GENERATE_HELP.includes(`--${name}\n`), name);
  }
});
