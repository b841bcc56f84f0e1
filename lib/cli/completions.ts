import { type Option, OPTIONS } from "./options.ts";
import type { Shell } from "./command.ts";

const options: readonly Option[] = OPTIONS;

/** A script that makes a shell complete the options, their values and files. */
export function completionScript(shell: Shell): string {
  return { bash: bashScript, zsh: zshScript, fish: fishScript }[shell]();
}

function bashScript(): string {
  const files = `COMPREPLY=($(compgen -f -- "$word"))`;
  const values = options.filter(({ value }) => value !== undefined).map((option) => {
    const { name } = option;
    const words = wordsOf(option).join(" ");
    const reply = isPath(option) ? files : words === "" ? ":" : `COMPREPLY=($(compgen -W '${words}' -- "$word"))`;
    return `    --${name}) ${reply}; return ;;`;
  });
  const flags = options.flatMap(({ name, short }) => [...short ? [`-${short}`] : [], `--${name}`]);
  return `# bash completion of numsum; save it as ~/.local/share/bash-completion/completions/numsum
_numsum() {
  local word="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}"
  COMPREPLY=()
  case "$before" in
${values.join("\n")}
  esac
  case "$word" in
    -*) COMPREPLY=($(compgen -W '${flags.join(" ")}' -- "$word")) ;;
    *) ${files} ;;
  esac
}
complete -o filenames -F _numsum numsum
`;
}

function zshScript(): string {
  const specs = options.map((option) => {
    const { name, short, value, help } = option;
    const flags = short ? `'(-${short} --${name})'{-${short},--${name}}` : `--${name}`;
    const words = wordsOf(option).join(" ");
    const action = isPath(option) ? "_files" : words === "" ? " " : `(${words})`;
    const text = help.replace(/[[\]\\:]/g, "\\$&");
    return `  ${flags}${singleQuoted(`[${text}]${value ? `:${value}:${action}` : ""}`)} \\\n`;
  });
  return `#compdef numsum
# zsh completion of numsum; save it as _numsum in a folder of $fpath
_arguments -s -S \\
${specs.join("")}  '*:FILE:_files'
`;
}

function fishScript(): string {
  const lines = options.map((option) => {
    const { name, short, value, help } = option;
    const words = wordsOf(option).join(" ");
    const argument = isPath(option) ? "-r -F" : words === "" ? "-x" : `-x -a ${singleQuoted(words)}`;
    return `complete -c numsum ${short ? `-s ${short} ` : ""}-l ${name} ${value ? `${argument} ` : ""}-d ${`'${
      help.replace(/['\\]/g, "\\$&")
    }'`}\n`;
  });
  return `# fish completion of numsum; save it as ~/.config/fish/completions/numsum.fish\n${lines.join("")}`;
}

function isPath({ value }: Option): boolean {
  return value === "PATH";
}

/** The values of an option that need no quotes in any shell. */
function wordsOf({ choices = [] }: Option): string[] {
  return choices.filter((choice) => /^[\w.,]+$/.test(choice));
}

/** Text as bash and zsh read it literally. */
function singleQuoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
