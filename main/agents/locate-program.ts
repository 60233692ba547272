import { realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { findProgram } from './process/find-program.ts';

/** Where a program lies. */
export interface LocatedProgram {
  /** Where it was found. */
  readonly path: string;
  /** The same without links: a program, or the script that a package manager put there for one. */
  readonly real: string;
}

/** Where installers put programs that a desktop application does not have on its PATH. */
const USUAL = [
  '.local/bin',
  '.npm-global/bin',
  '.bun/bin',
  '.volta/bin',
  '.claude/local',
  '.opencode/bin',
  'bin',
];
const SYSTEM = ['/opt/homebrew/bin', '/usr/local/bin', '/home/linuxbrew/.linuxbrew/bin'];

/**
 * Finds an agent program: where `HOMER_<NAME>_PATH` says, else on the PATH, else where installers put it. Undefined when it is not there;
 * a path of the owner's that leads nowhere is not made up for by another.
 */
export function locateProgram(
  name: string,
  env: Readonly<Record<string, string | undefined>>,
): LocatedProgram | undefined {
  const chosen = env[`HOMER_${name.toUpperCase().replaceAll('-', '_')}_PATH`];
  const home = env['HOME'];
  const folders = [
    ...(env['PATH'] ?? '').split(delimiter),
    ...(home ? USUAL.map((folder) => join(home, folder)) : []),
    ...SYSTEM,
  ];
  const path = chosen ? findProgram(chosen, '') : findProgram(name, folders.join(delimiter));
  return path === undefined ? undefined : { path, real: realpathSync(path) };
}

/**
 * The binary of this platform that belongs to a script of a package: `inside` of one of `packages`, looked for as Node looks for modules.
 * Undefined when the package manager left it out.
 */
export function platformBinary(
  script: string,
  packages: readonly string[],
  inside: string,
): string | undefined {
  for (let folder = dirname(script); ; folder = dirname(folder)) {
    for (const name of packages) {
      const found = findProgram(join(folder, 'node_modules', name, inside), '');
      if (found !== undefined) return found;
    }
    if (folder === dirname(folder)) return undefined;
  }
}
