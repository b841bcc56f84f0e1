import { assert } from "@std/assert";
import { type Option, OPTIONS } from "../lib/cli/options.ts";
import { lacks } from "./granted.ts";

const options: readonly Option[] = OPTIONS;
const readme = lacks("read") ? "" : await Deno.readTextFile(new URL("../README.md", import.meta.url));

/** A row of the README's table of options. */
const OPTION_ROW = /^\| *`(?:-\w`?, *`?)?--([a-z-]+)/gm;

Deno.test("the README tells of every option and exit status, and of no other [needs tables in the README]", {
  ignore: lacks("read") || readme.search(OPTION_ROW) < 0,
}, () => {
  for (const { name } of options) assert(readme.includes(`--${name}`), `--${name} is not in the README`);
  for (const [, name] of readme.matchAll(OPTION_ROW)) {
    assert(options.some((option) => option.name === name), `the README has --${name}, and there is no such option`);
  }
  for (const code of [0, 1, 2, 3, 4, 5, 130, 141]) {
    assert(new RegExp(`^\\|.*\\b${code}\\b.*\\|`, "m").test(readme), `exit status ${code} is not in the README`);
  }
});
