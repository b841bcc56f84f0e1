import { assert, assertEquals, assertMatch } from "@std/assert";
import { lacks } from "./granted.ts";
import { isThere } from "./programs.ts";
import { type TempFolder, tempFolder } from "./temp_folder.ts";

const ROOT = new URL("../", import.meta.url).pathname;
const RUN = `${Deno.execPath()} run --no-prompt --allow-read --allow-write --allow-env=TERM ${ROOT}main.ts`;
/** A drawing: up to the line's first row if it has several, the text without wrapping, and the rest of it erased. */
// deno-lint-ignore no-control-regex
const FRAME = /^(\x1b\[\d+A)?\x1b\[\?7l[^\x1b]+\x1b\[\?7h\x1b\[J/;
const PROGRESS = /^\d+(\.\d)? %, \d+ numbers/;
/** So long may a shell on a busy machine take for anything. */
const PATIENCE_MS = 30_000;

/** A shell in a terminal of its own, which is tmux's. */
class Terminal implements AsyncDisposable {
  readonly #socket = `numsum-test-${crypto.randomUUID()}`;

  static async open(folder: TempFolder, columns: number): Promise<Terminal> {
    const terminal = new Terminal();
    const shell = "env PS1='$ ' NO_COLOR=1 sh";
    await terminal.#tmux("new-session", "-d", "-c", folder.path, "-x", `${columns}`, "-y", "12", shell);
    await terminal.until((lines) => lines.includes("$"));
    return terminal;
  }

  /** Types text and the return key. */
  async enter(text: string): Promise<void> {
    await this.#tmux("send-keys", "-l", text);
    await this.#tmux("send-keys", "Enter");
  }

  /** Presses a key, by tmux's name for it. */
  async press(key: string): Promise<void> {
    await this.#tmux("send-keys", key);
  }

  async resize(columns: number): Promise<void> {
    await this.#tmux("resize-window", "-x", `${columns}`, "-y", "12");
  }

  /** What stands on the screen and was on it, without empty lines; lines that the edge broke are in pieces. */
  async lines(): Promise<string[]> {
    const text = await this.#tmux("capture-pane", "-p", "-S", "-");
    return text.split("\n").map((line) => line.trimEnd()).filter((line) => line !== "");
  }

  /** Writes whatever the terminal is sent into a file. */
  async record(path: string): Promise<void> {
    await this.#tmux("pipe-pane", "-o", `cat > ${path}`);
  }

  /** Waits until the screen is so, and gives it. */
  async until(isSo: (lines: string[]) => boolean): Promise<string[]> {
    const end = performance.now() + PATIENCE_MS;
    for (;;) {
      const lines = await this.lines();
      if (isSo(lines)) return lines;
      if (performance.now() > end) throw new Error(`the screen did not become so:\n${lines.join("\n")}`);
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#tmux("kill-server");
  }

  async #tmux(...args: string[]): Promise<string> {
    const command = new Deno.Command("tmux", { args: ["-L", this.#socket, "-f", "/dev/null", "-u", ...args] });
    const { success, stdout, stderr } = await command.output();
    if (!success) throw new Error(`tmux ${args[0]}: ${new TextDecoder().decode(stderr)}`);
    return new TextDecoder().decode(stdout);
  }
}

/** A file of so many lines, that add up to half as much. */
function writeLarge(folder: TempFolder, lines: number): void {
  const chunk = new TextEncoder().encode("1234\n-1233\n".repeat(50_000));
  using file = Deno.openSync(folder.at("large.txt"), { write: true, create: true });
  for (let i = 0; i < lines / 100_000; i++) file.writeSync(chunk);
}

const isProgress = (line: string) => PROGRESS.test(line);

Deno.test({
  name: "in a terminal: progress keeps to its line through resizes, and Ctrl+C and the end take it away [needs tmux]",
  ignore: lacks("read", "write", "run", "env") || !await isThere("tmux"),
  sanitizeOps: true,
  sanitizeResources: true,
  sanitizeExit: true,
  fn: async () => {
    await using folder = await tempFolder();
    const count = 10_000_000; // takes seconds
    writeLarge(folder, count);
    await using terminal = await Terminal.open(folder, 100);
    await Deno.writeTextFile(folder.at("numsum"), `exec ${RUN} "$@"\n`);

    await terminal.record(folder.at("raw"));
    // at the bottom of the screen, as usual; further up, tmux scrolls off what a resize has broken into several rows
    await terminal.enter("clear; seq 101 120; sh ./numsum --stats large.txt");
    const first = await terminal.until((lines) => lines.some(isProgress));
    assertMatch(first.find(isProgress)!, /^\d+(\.\d)? %, \d+ numbers, [\d.]+ MB\/s, .*left$/);
    for (const columns of [35, 90, 24, 60]) {
      await terminal.resize(columns);
      // the next drawing puts right what the resize broke
      const lines = await terminal.until((lines) => {
        return lines.filter(isProgress).length === 1 &&
          lines.filter((line) => /%|numbers|MB|left/.test(line)).length === 1;
      });
      assert(lines.find(isProgress)!.length < columns, lines.join("\n"));
      assertEquals(lines.at(-2), "120", lines.join("\n")); // nothing is left behind, and nothing else is erased
    }
    await terminal.resize(100);
    await terminal.press("C-c");
    const stopped = await terminal.until((lines) => lines.some((line) => line.includes("Run the same command")));
    assertEquals(stopped.filter(isProgress), []);
    assertMatch(
      stopped.join("\n"),
      /numsum: stopped by SIGINT after line \d+ of large.txt, byte \d+ \(.* %\); saved in/,
    );
    await terminal.enter("echo code=$?");
    await terminal.until((lines) => lines.some((line) => line.endsWith("code=130")));

    await terminal.enter("clear; sh ./numsum --stats large.txt");
    const resumed = await terminal.until((lines) => lines.some(isProgress));
    assertMatch(resumed.find(isProgress)!, /resumed at [\d.]+ %$/);
    const ended = await terminal.until((lines) =>
      lines.some((line) => line.startsWith("numsum: ") && line.includes("; read"))
    );
    assertEquals(ended.filter(isProgress), []);
    assert(ended.some((line) => /^sum +5000000$/.test(line)), ended.join("\n"));
    assert(ended.some((line) => line.startsWith(`numsum: ${count} numbers; read `)), ended.join("\n"));

    // a line is never empty for a moment: it is written over, and what is left of the old one is erased behind it
    const raw = await Deno.readTextFile(folder.at("raw"));
    const frames = raw.split("\r").filter((frame) => frame.includes(" %, "));
    assert(frames.length > 5);
    for (const frame of frames) assertMatch(frame, FRAME);
  },
});

Deno.test({
  name: "in a terminal: no progress with TERM=dumb, --quiet or --progress never [needs tmux]",
  ignore: lacks("read", "write", "run", "env") || !await isThere("tmux"),
  sanitizeOps: true,
  sanitizeResources: true,
  sanitizeExit: true,
  fn: async () => {
    await using folder = await tempFolder();
    writeLarge(folder, 2_000_000);
    await using terminal = await Terminal.open(folder, 100);
    await Deno.writeTextFile(folder.at("numsum"), `exec ${RUN} --no-checkpoint "$@"\n`);
    const commands = ["TERM=dumb sh ./numsum", "sh ./numsum --quiet", "sh ./numsum --progress never"];
    for (const [i, command] of commands.entries()) {
      await terminal.record(folder.at(`raw-${i}`));
      await terminal.enter(`clear; ${command} --stats large.txt; echo ended ${i}`);
      await terminal.until((lines) => lines.includes(`ended ${i}`));
      await terminal.record(folder.at(`raw-${i}`)); // ends the recording
      const raw = await Deno.readTextFile(folder.at(`raw-${i}`));
      assert(raw.includes("1000000"), command);
      assert(!raw.includes(" %, "), command);
    }
  },
});

Deno.test({
  name: "in a terminal: --follow prints each new sum until Ctrl+C [needs tmux]",
  ignore: lacks("read", "write", "run", "env") || !await isThere("tmux"),
  sanitizeOps: true,
  sanitizeResources: true,
  sanitizeExit: true,
  fn: async () => {
    await using folder = await tempFolder();
    const path = folder.write("a.log", "1\n");
    await using terminal = await Terminal.open(folder, 100);
    await Deno.writeTextFile(folder.at("numsum"), `exec ${RUN} "$@"\n`);
    await terminal.enter("clear; sh ./numsum --follow a.log");
    await terminal.until((lines) => lines.includes("1"));
    await Deno.writeTextFile(path, "41\n", { append: true });
    await terminal.until((lines) => lines.includes("42"));
    await terminal.press("C-c");
    await terminal.until((lines) => lines.some((line) => line.startsWith("^Cnumsum: stopped by SIGINT after line 2")));
    await terminal.enter("echo code=$?");
    const lines = await terminal.until((lines) => lines.some((line) => line.endsWith("code=130")));
    assertEquals(lines.slice(0, 3).map((line) => line.replace(/ in checkpoint.*/, "")), [
      "1",
      "42",
      "^Cnumsum: stopped by SIGINT after line 2 of a.log, byte 5; saved",
    ]);
  },
});

Deno.test({
  name: "in a terminal: an error has a colour, unless NO_COLOR or --no-color says that it has none [needs tmux]",
  ignore: lacks("read", "write", "run", "env") || !await isThere("tmux"),
  sanitizeOps: true,
  sanitizeResources: true,
  sanitizeExit: true,
  fn: async () => {
    await using folder = await tempFolder();
    await using terminal = await Terminal.open(folder, 100);
    await Deno.writeTextFile(folder.at("numsum"), `exec ${RUN} "$@"\n`);
    const cases: [command: string, hasColor: boolean][] = [
      ["env -u NO_COLOR sh ./numsum missing", true],
      ["env NO_COLOR=1 sh ./numsum missing", false],
      ["env -u NO_COLOR sh ./numsum --no-color missing", false],
      ["env -u NO_COLOR sh ./numsum --no-color --wrong", false],
      ["env -u NO_COLOR sh ./numsum missing 2>&1 | cat", false],
    ];
    for (const [i, [command, hasColor]] of cases.entries()) {
      await terminal.record(folder.at(`raw-${i}`));
      await terminal.enter(`clear; ${command}; echo ended ${i}`);
      await terminal.until((lines) => lines.includes(`ended ${i}`));
      await terminal.record(folder.at(`raw-${i}`));
      const raw = await Deno.readTextFile(folder.at(`raw-${i}`));
      assertEquals(raw.includes("\x1b[1;31mnumsum:\x1b[0m "), hasColor, command);
      assert(raw.includes("could not open missing") || raw.includes("there is no option --wrong"), command);
    }
  },
});
