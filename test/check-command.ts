import { Command, InvalidArgumentError } from 'commander';

/**
 * The command line of a check that stays in the repository: `npm run <script> -- --help` says what it does, and a word that means
 * nothing ends it with 2 before anything is done, so that no check passes by having looked at nothing.
 */
export function checkCommand(script: string, what: string): Command {
  return new Command(`npm run ${script} --`)
    .description(what)
    .helpOption('--help', 'say this')
    .option('--json', 'one JSON object on standard output, and nothing else there', false)
    .allowExcessArguments(false)
    .exitOverride((end) => process.exit(end.exitCode === 0 ? 0 : 2));
}

/** A whole number from 1. */
export function count(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1)
    throw new InvalidArgumentError('Give a whole number from 1.');
  return value;
}

/** One or more of these names, with commas between them. */
export function namesOf(known: readonly string[]): (text: string) => string[] {
  return (text) => {
    const names = text.split(',').map((name) => name.trim());
    const strange = names.find((name) => !known.includes(name));
    if (strange !== undefined)
      throw new InvalidArgumentError(`There is no ${strange}; there are ${known.join(', ')}.`);
    return names;
  };
}
