import type { Command } from "commander";
import type { Desk } from "./main.ts";

/** One command as a shell has to know it. */
interface Known {
  readonly name: string;
  readonly about: string;
  /** What its first argument may be, where that is a word and not a file. */
  readonly words: readonly string[];
  readonly options: readonly {
    readonly flag: string;
    readonly about: string;
    readonly takesValue: boolean;
    readonly choices: readonly string[];
  }[];
}

export type Shell = "bash" | "zsh" | "fish";

/** Prints what a shell sources to complete our commands, options and their words. It is made from the commands themselves. */
export async function printCompletion(shell: Shell, program: Command, { output }: Desk): Promise<void> {
  output.result({ bash, zsh, fish }[shell](program.commands.map(read)));
}

function read(command: Command): Known {
  const [first] = command.registeredArguments;
  return {
    name: command.name(),
    about: command.description(),
    words: first?.argChoices ?? [],
    options: command.options.map(({ long, short, description, required, optional, argChoices }) => ({
      flag: long ?? short ?? "",
      about: description,
      takesValue: required || optional,
      choices: argChoices ?? [],
    })),
  };
}

const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
const joined = (list: readonly string[]) => quoted(list.join(" "));

function bash(commands: readonly Known[]): string {
  const cases = commands.map(({ name, words, options }) => {
    const values = options.flatMap(({ flag, takesValue, choices }) => {
      if (choices.length > 0) return [`        ${flag}) words=${joined(choices)} ;;`];
      return takesValue ? [`        ${flag}) words= ;;`] : [];
    });
    const plain = `words=${joined(words)}; [[ $word == -* ]] && words=${joined(options.map(({ flag }) => flag))}`;
    return `    ${name})\n      case $before in\n${[...values, `        *) ${plain} ;;`].join("\n")}\n      esac ;;`;
  });
  return `# bash completion of vendue: source <(vendue completion bash)
_vendue() {
  local word=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]} command= words= nth
  for ((nth = 1; nth < COMP_CWORD; nth++)); do
    [[ \${COMP_WORDS[nth]} != -* ]] && { command=\${COMP_WORDS[nth]}; break; }
  done
  case $command in
    '') words=${joined(commands.map(({ name }) => name))} ;;
${cases.join("\n")}
  esac
  mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
}
# Where nothing of ours fits, files do.
complete -o bashdefault -o default -F _vendue vendue
`;
}

function zsh(commands: readonly Known[]): string {
  const item = (name: string, about: string) => quoted(`${name.replaceAll(":", "\\:")}:${about}`);
  const cases = commands.map(({ name, words, options }) => {
    const values = options.flatMap(({ flag, takesValue, choices }) => {
      if (choices.length > 0) return [`        ${flag}) compadd -- ${choices.join(" ")}; return ;;`];
      return takesValue ? [`        ${flag}) _files; return ;;`] : [];
    });
    const known = options.map(({ flag, about }) => item(flag, about)).join(" ");
    const plain = words.length > 0 ? `compadd -- ${words.join(" ")}` : "_files";
    return `    ${name})
      case $words[CURRENT-1] in
${[...values, `        *) ;;`].join("\n")}
      esac
      items=(${known})
      if [[ $words[CURRENT] == -* ]]; then _describe option items; else ${plain}; fi ;;`;
  });
  return `#compdef vendue
# zsh completion of vendue: source <(vendue completion zsh)
_vendue() {
  local -a items
  local command= nth
  for ((nth = 2; nth < CURRENT; nth++)); do
    [[ $words[nth] != -* ]] && { command=$words[nth]; break }
  done
  case $command in
    '')
      items=(${commands.map(({ name, about }) => item(name, about)).join(" ")})
      _describe command items ;;
${cases.join("\n")}
  esac
}
compdef _vendue vendue
`;
}

function fish(commands: readonly Known[]): string {
  const lines = commands.flatMap(({ name, about, words, options }) => [
    `complete -c vendue -n __fish_use_subcommand -f -a ${name} -d ${quoted(about)}`,
    ...(words.length > 0
      ? [`complete -c vendue -n ${quoted(`__fish_seen_subcommand_from ${name}`)} -f -a ${joined(words)}`]
      : []),
    ...options.map(({ flag, about: what, takesValue, choices }) => {
      const value = choices.length > 0 ? ` -x -a ${joined(choices)}` : takesValue ? " -r -F" : "";
      const form = flag.startsWith("--") ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`;
      return `complete -c vendue -n ${quoted(`__fish_seen_subcommand_from ${name}`)} ${form} -d ${quoted(what)}${value}`;
    }),
  ]);
  return `# fish completion of vendue: vendue completion fish | source\n${lines.join("\n")}\n`;
}
