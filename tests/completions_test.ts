import { assert, assertEquals } from "@std/assert";
import { completionScript } from "../lib/cli/completions.ts";
import { manPage } from "../lib/cli/man_page.ts";
import { EXAMPLES, EXIT_STATUS } from "../lib/cli/manual.ts";
import { type Option, OPTIONS } from "../lib/cli/options.ts";
import { parseOptions } from "../lib/cli/parse_options.ts";
import { suggestOption } from "../lib/cli/suggest_option.ts";
import { lacks } from "./granted.ts";
import { isThere } from "./programs.ts";
import { tempFolder } from "./temp_folder.ts";

const options: readonly Option[] = OPTIONS;
const SANITIZERS = { sanitizeOps: true, sanitizeResources: true, sanitizeExit: true };

/** Runs a command, and gives what it says on both outputs. */
async function saysOf(command: string, args: readonly string[], cwd: string): Promise<string[]> {
  const { stdout, stderr } = await new Deno.Command(command, { args: [...args], cwd, stdin: "null" }).output();
  const text = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes)).join("");
  return text.split("\n").filter((line) => line !== "");
}

/** What a shell is to offer. */
const OFFERS: readonly [words: string, offered: readonly string[]][] = [
  ["--chec", ["--checkpoint"]],
  ["--rotated ", ["fail", "restart"]],
  ["--rotated r", ["restart"]],
  ["--progress a", ["auto", "always"]],
  ["--completions ", ["bash", "zsh", "fish"]],
  ["--rejects pri", ["prices.txt"]],
  ["--json pri", ["prices.txt"]],
  ["--round ", []],
];

Deno.test({
  name: "bash completes options, their values and files [needs bash]",
  ignore: lacks("read", "write", "run") || !await isThere("bash"),
  ...SANITIZERS,
  fn: async () => {
    await using folder = await tempFolder();
    folder.write("prices.txt", "1\n");
    folder.write("numsum.bash", completionScript("bash"));
    const offered = async (words: string) => {
      const script = `source ./numsum.bash; COMP_WORDS=(numsum ${words.replace(/ $/, " ''")})
        COMP_CWORD=$((\${#COMP_WORDS[@]} - 1)); _numsum; printf '%s\\n' "\${COMPREPLY[@]}"`;
      return await saysOf("bash", ["--norc", "-c", script], folder.path);
    };
    for (const [words, wanted] of OFFERS) assertEquals(await offered(words), wanted, words);
    const all = await offered("-");
    for (const { name, short } of options) {
      assert(all.includes(`--${name}`) && (!short || all.includes(`-${short}`)), name);
    }
    const commands = await saysOf("bash", ["--norc", "-c", "source ./numsum.bash; complete -p numsum"], folder.path);
    assertEquals(commands, ["complete -o filenames -F _numsum numsum"]);
  },
});

Deno.test({
  name: "fish completes options, their values and files [needs fish]",
  ignore: lacks("read", "write", "run") || !await isThere("fish"),
  ...SANITIZERS,
  fn: async () => {
    await using folder = await tempFolder();
    folder.write("prices.txt", "1\n");
    folder.write("numsum.fish", completionScript("fish"));
    const offered = async (words: string) => {
      const script = `source ./numsum.fish; complete -C "numsum ${words}"`;
      return (await saysOf("fish", ["--no-config", "-c", script], folder.path)).map((line) => line.split("\t")[0]);
    };
    for (const [words, wanted] of OFFERS) {
      assertEquals((await offered(words)).toSorted(), wanted.toSorted(), words);
    }
    const all = await offered("--");
    for (const { name } of options) assert(all.includes(`--${name}`), name);
  },
});

Deno.test({
  name: "zsh is told of every option as _arguments wants it [needs zsh]",
  ignore: lacks("read", "write", "run") || !await isThere("zsh"),
  ...SANITIZERS,
  fn: async () => {
    await using folder = await tempFolder();
    folder.write("_numsum", completionScript("zsh"));
    const specs = await saysOf(
      "zsh",
      ["-f", "-c", '_arguments() { print -rl -- "$@" }; source ./_numsum'],
      folder.path,
    );
    assertEquals(specs.slice(0, 2), ["-s", "-S"]);
    assertEquals(specs.at(-1), "*:FILE:_files");
    for (const { name, value } of options) {
      const spec: string | undefined = specs.find((spec) => new RegExp(`^(\\(.*\\))?--${name}\\[`).test(spec));
      if (spec === undefined) throw new Error(`no spec of ${name}`);
      const [, message] = /\](?::([^:]+):[^:]+)?$/.exec(spec) ?? [];
      assertEquals(message, value, spec);
    }
    assert(specs.some((spec) => spec.startsWith("(-q --quiet)-q[")));
    assert(specs.some((spec) => spec.endsWith(":SHELL:(bash zsh fish)")));
    assert(specs.some((spec) => spec.endsWith(":PATH:_files")));
  },
});

/** Types words at a zsh in a terminal of its own, each with the tab key behind it, and prints what it makes of them. */
const ZSH_DRIVER = `
zmodload zsh/zpty
zpty shell 'TERM=dumb zsh -f -i'
hear() { local line; while zpty -r shell line; do [[ $line == *"$1"* ]] && { print -r -- "\${line//[$'\\r\\n']/}"; return }; done }
zpty -w shell 'PROMPT=; fpath=($PWD $fpath); autoload -Uz compinit; compinit -u -D'
zpty -w shell 'numsum() { print -r -- "given: $*" }; print rea""dy'
hear ready > /dev/null
for words in "$@"; do
  zpty -w -n shell "$words"$'\\t\\n'
  hear 'given: '
done
`;

Deno.test({
  name: "zsh completes options, their values and files at the tab key [needs zsh]",
  ignore: lacks("read", "write", "run") || !await isThere("zsh"),
  ...SANITIZERS,
  fn: async () => {
    await using folder = await tempFolder();
    folder.write("_numsum", completionScript("zsh"));
    folder.write("numbers-of-2026.txt", "");
    folder.write("drive.zsh", ZSH_DRIVER);
    const cases: [typed: string, given: string][] = [
      ["numsum --hist", "--histogram"],
      ["numsum --on-error s", "--on-error skip"],
      ["numsum --completions fi", "--completions fish"],
      ["numsum numb", "numbers-of-2026.txt"],
      ["numsum --checkpoint numb", "--checkpoint numbers-of-2026.txt"],
    ];
    const given = await saysOf(
      "timeout",
      ["30", "zsh", "-f", "drive.zsh", ...cases.map(([typed]) => typed)],
      folder.path,
    );
    assertEquals(given, cases.map(([, given]) => `given: ${given}`));
  },
});

Deno.test("the manual page has every option, example and exit status", () => {
  const page = manPage("1.2.3");
  const plain = page.replaceAll("\\-", "-").replaceAll(/\\f[BIR]/g, "").replaceAll("\\e", "\\").replaceAll("\\&", "");
  for (const { name, short, value, help } of options) {
    const flags = `${short ? `-${short}, ` : ""}--${name}${value ? ` ${value}` : ""}`;
    assert(plain.includes(`\n.TP\n${flags}\n${help}\n`), name);
  }
  for (const { command, does } of EXAMPLES) assert(plain.includes(`"${command}"\n${does}\n`), command);
  for (const { code, when } of EXIT_STATUS) assert(plain.includes(`"${code}"\n${when}\n`), code);
  assert(page.includes("1.2.3"));
  assert(page.includes("\\-\\-checkpoint") && !page.includes("--"), "a plain - is shown as a hyphen");
});

Deno.test({
  name: "the manual page is roff without faults [needs groff]",
  ignore: lacks("read", "write", "run") || !await isThere("groff"),
  ...SANITIZERS,
  fn: async () => {
    await using folder = await tempFolder();
    folder.write("numsum.1", manPage("1.2.3"));
    assertEquals(await saysOf("groff", ["-man", "-Tutf8", "-ww", "-z", "numsum.1"], folder.path), []);
    const shown = (await saysOf("groff", ["-man", "-Tascii", "-P-c", "-P-b", "-P-u", "numsum.1"], folder.path)).join(
      "\n",
    );
    for (const { name } of options) assert(shown.includes(`--${name}`), name);
  },
});

Deno.test("every example of the help is a command line that the program takes", async () => {
  for (const { command } of EXAMPLES) {
    const [, args = ""] = /(?:^|\| )numsum ([^|]+)/.exec(command) ?? [];
    const parsed = await parseOptions(args.trim().split(" "));
    assert("kind" in parsed, command);
  }
});

Deno.test("suggestOption() suggests what is near, and nothing that is not", () => {
  const names = options.map(({ name }) => name);
  const cases: [name: string, suggestion: string | undefined][] = [
    ["chekpoint", "checkpoint"],
    ["jsn", "json"],
    ["Quiet", "quiet"],
    ["decimal", "decimal-mark"],
    ["no-colour", "no-color"],
    ["worker", "workers"],
    ["foo", undefined],
    ["x", undefined],
    ["", undefined],
    ["threads", undefined],
  ];
  for (const [name, suggestion] of cases) assertEquals(suggestOption(name, names), suggestion, name);
});
