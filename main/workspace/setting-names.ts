import { join } from 'node:path';
import { ok } from '../shared/result.ts';
import type { Result } from '../shared/result.ts';
import { overridesFor } from './git-hardening.ts';
import type { Setting } from './git-hardening.ts';
import type { Remembered } from './remembered.ts';

type Environment = Readonly<Record<string, string | undefined>>;

interface Place {
  readonly gitDir?: string;
  readonly commonDir?: string;
}

/**
 * Which settings must be overridden by name in a place, as git itself lists them there. Asked once per state of the files that git
 * reads: the owner's, the repository's and the worktree's. A list that includes further files is asked for every time, because
 * which files those are depends on the place, the branch and on files that need not exist yet.
 */
export function createSettingNames(remembered: Remembered, env: Environment) {
  const owners = ownersFiles(env);
  return async (place: Place, ask: () => Promise<Result<string[]>>): Promise<Result<Setting[]>> => {
    if (place.gitDir === undefined || owners === null) {
      const named = await ask();
      return named.ok ? ok(overridesFor(named.value)) : named;
    }
    const common = place.commonDir ?? place.gitDir;
    const files = [...owners, join(common, 'config'), join(place.gitDir, 'config.worktree')];
    // Worktrees that have no settings of their own share an answer; the main one reads a file the others do not.
    const kind = place.gitDir === common ? 'main' : 'linked';
    let asked: Result<string[]> | undefined;
    const overrides = await remembered.of(`settings ${kind} ${common}`, files, async () => {
      asked = await ask();
      if (!asked.ok || asked.value.some((name) => /^include(if)?\./iu.test(name))) return undefined;
      return overridesFor(asked.value);
    });
    if (overrides !== undefined) return ok(overrides);
    return asked?.ok === false ? asked : ok(overridesFor(asked?.value ?? []));
  };
}

/** Where git looks for the owner's own settings; null when that cannot be told. */
function ownersFiles(env: Environment): string[] | null {
  const home = env['HOME'];
  if (process.platform === 'win32' || home === undefined || home === '') return null;
  const folder = env['XDG_CONFIG_HOME'];
  return [
    join(home, '.gitconfig'),
    join(folder === undefined || folder === '' ? join(home, '.config') : folder, 'git', 'config'),
  ];
}
