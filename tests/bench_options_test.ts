import { assertEquals, assertThrows } from "@std/assert";
import { INPUT_NAMES } from "../tools/bench/inputs.ts";
import { readOptions } from "../tools/bench/options.ts";

Deno.test("the comparison is of all inputs, nine times, unless told otherwise", () => {
  assertEquals(readOptions([]), { rounds: 9, json: undefined, inputs: INPUT_NAMES });
  assertEquals(readOptions(["--rounds", "21", "--json=a.json", "mixed", "large"]), {
    rounds: 21,
    json: "a.json",
    inputs: ["mixed", "large"],
  });
});

Deno.test("the comparison refuses what it does not know, before it takes its quarter of an hour", () => {
  for (
    const [args, message] of [
      [["--help"], "there is no option --help; there are --rounds N and --json PATH"],
      [["-n", "3"], "there is no option -n"],
      [["--rounds", "0"], 'wants a number from 1, not "0"'],
      [["--rounds", "2.5"], 'not "2.5"'],
      [["--rounds"], 'not ""'],
      [["--rounds", "many"], 'not "many"'],
      [["--json"], "--json wants a path"],
      [["integers", "integer"], "there is no input integer; there are integers decimals"],
    ] as const
  ) assertThrows(() => readOptions(args), Error, message);
});
