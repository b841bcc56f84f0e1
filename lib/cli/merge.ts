import { mergeFiles } from "../drivers/merge_files.ts";
import { roundHalfEven } from "../pure/round_half_even.ts";
import { formatNote } from "./terminal.ts";
import { describeMerged, describeSkipped } from "./messages.ts";
import type { MergeCommand } from "./command.ts";

/** Merges partials; the answer is for standard output, the summary for standard error. */
export async function mergePartials(command: MergeCommand): Promise<{ answer: string; summary: string }> {
  const { files, expectLines, round, json, quiet } = command;
  const merged = await mergeFiles(files, expectLines);
  const { count, blank, skipped, partials, repeated, file } = merged;
  const sum = round === undefined ? merged.sum : roundHalfEven(merged.sum, round);
  const notes = [
    ...skipped > 0 ? [describeSkipped(skipped, "line")] : [],
    ...Deno.stderr.isTerminal() ? [describeMerged(merged)] : [],
  ];
  return {
    answer: json ? `${JSON.stringify({ sum, count, blank, skipped, file, partials, repeated })}\n` : `${sum}\n`,
    summary: quiet ? "" : notes.map((text) => formatNote(json, "note", text)).join(""),
  };
}
