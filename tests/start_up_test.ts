import { assert, assertEquals } from "@std/assert";
import { lacks } from "./granted.ts";

/** A part of what `deno info --json` prints. */
interface ModuleGraph {
  roots: [string];
  modules: { specifier: string; dependencies?: { isDynamic?: boolean; code?: { specifier?: string } }[] }[];
}

/** What a plain run over one file does without. */
const LATE = [
  ["options", "lib/cli/read_options.ts", "lib/cli/options.ts"],
  ["errors in words", "lib/cli/report_error.ts"],
  ["--help", "lib/cli/help.ts"],
  ["--man", "lib/cli/man_page.ts"],
  ["--completions", "lib/cli/completions.ts"],
  ["progress", "lib/cli/progress_line.ts"],
  ["--status", "lib/cli/status.ts"],
  ["--stats", "lib/pure/statistics.ts", "lib/pure/histogram.ts"],
  ["--follow", "lib/drivers/follow_file.ts"],
  ["--column", "lib/pure/column_reader.ts", "lib/pure/column_format.ts"],
  ["--round", "lib/pure/round_half_even.ts"],
  ["--rejects", "lib/disk/rejects_file.ts"],
  ["--shard", "lib/drivers/ranges.ts"],
  ["--merge", "lib/pure/merge_partials.ts"],
  ["--workers", "lib/drivers/take_stretches.ts"],
  ["--sync", "lib/drivers/sum_file_sync.ts"],
  ["gzip", "lib/disk/decompressed_input.ts"],
] as const;
/** Each module costs a start 0.2 ms. More than now are fine, if there is a reason. */
const MOST_AT_ONCE = 60;

Deno.test("main.ts loads nothing before it is needed", { ignore: lacks("read", "run") }, async () => {
  const root = new URL("../", import.meta.url);
  const args = ["info", "--json", "main.ts"];
  const { success, stdout } = await new Deno.Command(Deno.execPath(), { args, cwd: root, stderr: "null" }).output();
  assert(success);
  const graph: ModuleGraph = JSON.parse(new TextDecoder().decode(stdout));
  const all = new Map(graph.modules.map((module) => [module.specifier, module]));
  const atOnce = new Set<string>();
  const take = (specifier: string) => {
    if (atOnce.has(specifier)) return;
    atOnce.add(specifier);
    for (const { isDynamic, code } of all.get(specifier)?.dependencies ?? []) {
      if (!isDynamic && code?.specifier !== undefined) take(code.specifier);
    }
  };
  take(graph.roots[0]);
  assertEquals([...atOnce].filter((specifier) => !specifier.startsWith(root.href)), []);
  assert(atOnce.size <= MOST_AT_ONCE, `${atOnce.size} modules are loaded at once`);
  for (const [feature, ...modules] of LATE) {
    for (const module of modules) {
      const specifier = new URL(module, root).href;
      assertEquals([all.has(specifier), atOnce.has(specifier)], [true, false], `${feature}: ${module}`);
    }
  }
});
