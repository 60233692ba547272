import { Command, InvalidArgumentError } from 'commander';
import type { Answer, CommandContext } from './io.ts';

/** Options of a command as commander read them. */
export type Options = Record<string, unknown>;
export type Perform = (context: CommandContext, args: readonly string[], options: Options) => Promise<Answer>;

/** One command: what it is called, what it takes, how it is used, what it does. */
export interface CommandSpec {
  /** Name and arguments, as in `show <ref>`. */
  readonly usage: string;
  /** Another name for it. */
  readonly alias?: string;
  readonly summary: string;
  /** Typed lines that work as they stand. */
  readonly examples: readonly string[];
  readonly options?: readonly OptionSpec[];
  readonly perform: Perform;
}

export interface OptionSpec {
  readonly flags: string;
  readonly description: string;
  readonly parse?: (text: string) => unknown;
  readonly mandatory?: boolean;
}

/** Adds a command to its parent, with the options all commands share and its examples below the help. */
export function addCommand(
  parent: Command,
  spec: CommandSpec,
  run: (spec: CommandSpec, command: Command, args: readonly string[], options: Options) => Promise<void>,
): Command {
  const command = parent
    .command(spec.usage, spec.usage === '*' ? { hidden: true } : {})
    .description(spec.summary);
  if (spec.alias !== undefined) command.alias(spec.alias);
  for (const option of spec.options ?? []) {
    const made = command.createOption(option.flags, option.description);
    if (option.parse) made.argParser(option.parse);
    if (option.mandatory) made.makeOptionMandatory();
    command.addOption(made);
  }
  commonOptions(command);
  command.addHelpText('after', `\nExamples:\n${spec.examples.map((example) => `  $ ${example}`).join('\n')}`);
  command.action(async (...received: unknown[]) => {
    const args = received
      .slice(0, -2)
      .flat()
      .filter((arg): arg is string => typeof arg === 'string');
    await run(spec, command, args, command.opts());
  });
  return command;
}

export function commonOptions(command: Command): void {
  command
    .option('--json', 'answer with one JSON document')
    .option('--data <dir>', 'data folder to use')
    .option('-y, --yes', 'do not ask before what cannot be undone')
    .option('--no-color', 'no colour');
}

export function wholeNumber(least: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (!/^\d+$/u.test(text) || number < least || !Number.isSafeInteger(number))
      throw new InvalidArgumentError(`Give a whole number, ${String(least)} or more.`);
    return number;
  };
}

export function oneOf(values: readonly string[]): (text: string) => string {
  return (text) => {
    if (!values.includes(text)) throw new InvalidArgumentError(`Possible: ${values.join(', ')}.`);
    return text;
  };
}

/** Several values of a list, with commas between them. */
export function someOf(values: readonly string[]): (text: string) => string[] {
  const one = oneOf(values);
  return (text) => text.split(',').map((word) => one(word.trim()));
}

/** An option's text; undefined when it was not given. */
export function text(options: Options, name: string): string | undefined {
  const value = options[name];
  return typeof value === 'string' ? value : undefined;
}

export function number(options: Options, name: string): number | undefined {
  const value = options[name];
  return typeof value === 'number' ? value : undefined;
}

export function flag(options: Options, name: string): boolean {
  return options[name] === true;
}

/** An object of the entries that are not undefined: what was not typed is not sent. */
export function given<T extends Record<string, unknown>>(
  entries: T,
): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

/** The argument at `index`; commander has seen to it that required ones are there. */
export function arg(args: readonly string[], index: number): string {
  return args[index] ?? '';
}
