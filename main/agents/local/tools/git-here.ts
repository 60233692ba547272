/** Git as a tool of reading: nothing of the repository's own configuration is started by it. */
export function gitHere(...args: string[]): readonly [string, ...string[]] {
  return [
    'git',
    '--no-optional-locks',
    '-c',
    'core.fsmonitor=false',
    '-c',
    'core.hooksPath=/dev/null',
    ...args,
  ];
}
export const GIT_LIMIT_MS = 20_000;
export const GIT_OUTPUT = 4 * 1024 * 1024;
