import type { Command } from 'commander';
import { refuse } from '../ask.ts';
import { arg, type CommandSpec } from '../command.ts';

/** Completion of command names and options, written from the commands themselves. */
export function completionCommand(program: () => Command): CommandSpec {
  return {
    usage: 'completion <shell>',
    summary: 'Print a completion script for bash, zsh or fish',
    examples: [
      'source <(homer completion bash)',
      'homer completion fish > ~/.config/fish/completions/homer.fish',
    ],
    perform: (_context, args) => {
      const shell = arg(args, 0);
      const words = tree(program());
      const script =
        shell === 'bash'
          ? bash(words)
          : shell === 'zsh'
            ? zsh(words)
            : shell === 'fish'
              ? fish(words)
              : undefined;
      if (script === undefined)
        return refuse({
          tag: 'invalid_input',
          message: `There is no completion for ${shell}.`,
          hint: 'Possible: bash, zsh, fish.',
        });
      return Promise.resolve({ json: { shell, script }, text: script });
    },
  };
}

interface Words {
  readonly path: string;
  readonly next: readonly { name: string; summary: string }[];
  readonly options: readonly string[];
}

function tree(command: Command, path = ''): Words[] {
  const next = command.commands.map((child) => ({ name: child.name(), summary: child.description() }));
  const options = command.options.flatMap((option) => (option.long ? [option.long] : []));
  return [
    { path, next, options: [...options, '--help'] },
    ...command.commands.flatMap((child) => tree(child, `${path} ${child.name()}`.trim())),
  ];
}

function cases(words: readonly Words[]): string {
  return words
    .map(
      ({ path, next, options }) =>
        `    "${path}") words="${[...next.map(({ name }) => name), ...options].join(' ')}" ;;`,
    )
    .join('\n');
}

function bash(words: readonly Words[]): string {
  return `_homer() {
  local current="\${COMP_WORDS[COMP_CWORD]}" path="" words="" word
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    [[ $word == -* ]] && continue
    [[ -z $path ]] && path="$word" || { [[ $path == *" "* ]] || path="$path $word"; }
  done
  case "$path" in
${cases(words)}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -F _homer homer`;
}

function zsh(words: readonly Words[]): string {
  return `#compdef homer
autoload -U +X bashcompinit && bashcompinit
${bash(words)}`;
}

function fish(words: readonly Words[]): string {
  const lines = words.flatMap(({ path, next }) => {
    const [group] = path.split(' ');
    if (path.includes(' ')) return [];
    const when = path === '' ? '__fish_use_subcommand' : `__fish_seen_subcommand_from ${group ?? ''}`;
    return next.map(
      ({ name, summary }) =>
        `complete -c homer -f -n '${when}' -a ${name} -d '${summary.replaceAll("'", '')}'`,
    );
  });
  return [...lines, "complete -c homer -l json -d 'answer with one JSON document'"].join('\n');
}
