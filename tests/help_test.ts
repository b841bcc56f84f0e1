import { assert, assertEquals } from "@std/assert";
import { helpText, wrap } from "../lib/cli/help.ts";
import { type Option, OPTIONS } from "../lib/cli/options.ts";

const options: readonly Option[] = OPTIONS;

Deno.test("the help fits into 80 columns and ends with a line feed", () => {
  const text = helpText();
  for (const line of text.split("\n")) {
    assert(line.length <= 80, line);
    assertEquals(line, line.trimEnd());
  }
  assert(text.endsWith("\n") && !text.endsWith("\n\n"));
});

Deno.test("the help gives examples first", () => {
  const text = helpText();
  assert(text.indexOf("Examples:") > 0 && text.indexOf("Examples:") < text.indexOf("Usage:"));
});

Deno.test("the help names every option, its letter and its value, and every exit status", () => {
  const text = helpText();
  for (const { name, short, value } of options) {
    const flag = `${short ? `-${short}, ` : ""}--${name}${value ? ` ${value}` : ""}`;
    assert(text.split("\n").some((line) => line === `  ${flag}` || line.startsWith(`  ${flag} `)), flag);
  }
  for (const code of [0, 1, 2, 3, 4, 5, 129, 130, 141, 143]) assert(new RegExp(`\\b${code}\\b`).test(text), `${code}`);
});

Deno.test("no two options have the same name or letter", () => {
  const names = options.flatMap(({ name, short }) => short ? [name, short] : [name]);
  assertEquals(new Set(names).size, names.length);
});

Deno.test("wrap() breaks between words, and nowhere else", () => {
  assertEquals(wrap("one two three", 7), ["one two", "three"]);
  assertEquals(wrap("one two three", 8), ["one two", "three"]);
  assertEquals(wrap("one two three", 13), ["one two three"]);
  assertEquals(wrap("one", 2), ["one"]);
  assertEquals(wrap("a verylongword b", 5), ["a", "verylongword", "b"]);
  assertEquals(wrap("", 5), [""]);
});
