import { isStandardInput } from "../disk/input_file.ts";
import { comesOnce, type SumCommand } from "./command.ts";

/**
 * Why options cannot go together, if they cannot.
 *
 * @param noCheckpoint Whether `--no-checkpoint` is among them.
 */
export function whyNotTogether(command: SumCommand, noCheckpoint: boolean): string | undefined {
  const { files, checkpointNamed, decimalMark = ".", groupMark, rejects, skip, sync, stats, workers = 1 } = command;
  const [once, several] = [files.some(comesOnce), workers > 1];
  const rules: [isWrong: boolean, reason: string][] = [
    [checkpointNamed && noCheckpoint, "--checkpoint and --no-checkpoint exclude each other"],
    [decimalMark === groupMark, `the decimal mark and the group mark are both ${groupMark}`],
    [command.quiet && command.progress === "always", "--quiet and --progress always exclude each other"],
    [rejects !== undefined && !skip, "--rejects collects skipped lines; it needs --on-error skip"],
    [sync && several, "--sync is one thread; leave out --workers"],
    [stats && several, "--stats is one thread; leave out --workers"],
    [
      stats && command.each && !command.json,
      "--stats has one table, of the total; for the statistics of each input say --json",
    ],
    [command.ascii && !command.histogram, "--ascii says how to draw; it needs --histogram"],
    ...command.follow ? rulesOfFollow(command) : [],
    [files.filter(isStandardInput).length > 1, "standard input can be read only once"],
    [once && sync, "--sync reads plain files only, not standard input"],
    [once && checkpointNamed, "standard input cannot have a checkpoint: it cannot be read again from an offset"],
  ];
  return rules.find(([isWrong]) => isWrong)?.[1];
}

/** What `--follow` cannot go with. */
function rulesOfFollow(command: SumCommand): [isWrong: boolean, reason: string][] {
  const { files, sync, workers = 1, stats, each, kind } = command;
  return [
    [files.length > 1, `--follow: it follows one file, not ${files.length}`],
    [
      files.some(comesOnce),
      "--follow: standard input cannot be followed: it is not a file that something is appended to",
    ],
    [sync, "--follow: --sync cannot wait; leave it out"],
    [workers > 1, "--follow: it is one thread; leave out --workers"],
    [stats, "--follow: it prints sums, not --stats"],
    [each, "--follow: it follows one file; leave out --each"],
    [kind === "status", "--follow: --status sums nothing; leave out one of the two"],
  ];
}
