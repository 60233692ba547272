import { realpathSync, statSync } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, sep } from 'node:path';
import { fail, messageOf, ok } from '../shared/result.ts';
import type { Refusal, Result } from '../shared/result.ts';
import type { Git, GitPlace } from './git.ts';

/** A repository found once and addressed by its folders from then on. All paths are real and absolute. */
export interface Repository {
  readonly top: string;
  readonly gitDir: string;
  /** Shared by all worktrees; the same as `gitDir` in a plain clone. */
  readonly commonDir: string;
  readonly place: GitPlace;
}

export function isWithin(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

function refuseNoFolder(path: string): Result<never> | null {
  try {
    if (statSync(path).isDirectory()) return null;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'EACCES' || code === 'EPERM') {
      return fail('unreadable', `Homer may not read ${path}.`, {
        hint: 'Give your user read access to the folder, then try again.',
      });
    }
    if (code !== 'ENOENT' && code !== 'ENOTDIR' && code !== 'ELOOP' && code !== 'ENAMETOOLONG') throw error;
    return fail('path_missing', `There is nothing at ${path}.`, {
      hint: 'Check the spelling; the folder may have been moved, renamed or unmounted.',
      details: { reason: messageOf(error) },
    });
  }
  return fail('not_a_folder', `${path} is a file, not a folder.`, {
    hint: 'Choose the folder that holds the git repository.',
  });
}

/**
 * Finds the repository that holds `path`, an absolute path of a folder. Only this step lets git search. For the top folder of a
 * plain clone the answer holds until the folder, its `.git`, or the settings there are others.
 */
export async function openRepository(git: Git, path: string): Promise<Result<Repository>> {
  const refused = refuseNoFolder(path);
  if (refused) return refused;
  const folder = realpathSync.native(path);
  let asked: Result<Repository> | undefined;
  const dotGit = join(folder, '.git');
  const files = ['', 'config', 'config.worktree', 'HEAD', 'commondir'].map((name) => join(dotGit, name));
  const known = await git.remembered.of(`repository ${folder}`, [folder, ...files], async () => {
    asked = await findRepository(git, path, folder);
    return asked.ok && asked.value.commonDir === dotGit ? asked.value : undefined;
  });
  if (known !== undefined) return ok(known);
  return asked ?? findRepository(git, path, folder);
}

async function findRepository(git: Git, path: string, folder: string): Promise<Result<Repository>> {
  const found = await git.run({ folder }, [
    'rev-parse',
    '--path-format=absolute',
    '--git-dir',
    '--git-common-dir',
    '--show-toplevel',
  ]);
  if (!found.ok) return found.error.tag === 'bare_repository' ? insideGitFolder(git, folder, found) : found;
  const [dir = '', common = '', shown = ''] = found.value.text().split('\n');
  const top = await realpath(shown);
  // A configured core.worktree may point anywhere: what is shown must be the folder that was chosen.
  if (!isWithin(top, folder)) return filesElsewhere(path);
  const gitDir = await realpath(dir);
  if (basename(gitDir) === '.git' && dirname(gitDir) !== top) return filesElsewhere(path);
  const commonDir = await realpath(common);
  const shared = commonDir === gitDir ? {} : { commonDir };
  return ok({ top, gitDir, commonDir, place: { folder: top, gitDir, workTree: top, ...shared } });
}

/** Git gives one error for a bare repository and for the `.git` folder of another: tells which it is. */
async function insideGitFolder(git: Git, folder: string, refused: Refusal): Promise<Refusal> {
  const bare = await git.run({ folder }, ['rev-parse', '--is-bare-repository']);
  if (!bare.ok) return bare;
  return bare.value.text() === 'true' ? refused : filesElsewhere(folder);
}

function filesElsewhere(path: string): Refusal {
  return fail('not_a_repository', `${path} belongs to a git repository whose files are elsewhere.`, {
    hint: 'Choose the top folder of the working files, not a folder inside ".git".',
  });
}

/** The commit a name stands for. `no_commits` when HEAD has none yet, `unknown_commit` otherwise. */
export async function resolveCommit(git: Git, place: GitPlace, name: string): Promise<Result<string>> {
  const found = await git.run(
    place,
    ['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`],
    {
      accept: [0, 1, 128],
    },
  );
  if (!found.ok) return found;
  const commit = found.value.text().split('\n').at(-1) ?? '';
  if (found.value.exitCode === 0) return ok(commit);
  if (name === 'HEAD') {
    return fail('no_commits', 'The repository has no commit yet.', {
      hint: 'Make a first commit there ("git add -A", "git commit"), then try again.',
    });
  }
  return fail('unknown_commit', `The repository has no branch or commit named ${name}.`, {
    hint: 'Check the branch name in the settings of the project.',
  });
}

/** The branch that HEAD stands on, or null when it is detached. */
export async function currentBranch(git: Git, place: GitPlace): Promise<Result<string | null>> {
  const found = await git.run(place, ['rev-parse', '--symbolic-full-name', 'HEAD'], { accept: [0, 128] });
  if (!found.ok) return found;
  const name = found.value.text();
  return ok(name.startsWith('refs/heads/') ? name.slice('refs/heads/'.length) : null);
}

export async function hasRef(git: Git, place: GitPlace, ref: string): Promise<Result<boolean>> {
  const found = await git.run(place, ['rev-parse', '--verify', '--quiet', '--end-of-options', ref], {
    accept: [0, 1, 128],
  });
  return found.ok ? ok(found.value.exitCode === 0) : found;
}

/** What is half done in a working folder, in words; null when nothing is. */
export async function operationInProgress(repository: Repository): Promise<string | null> {
  const signs: readonly (readonly [file: string, words: string])[] = [
    ['MERGE_HEAD', 'a merge'],
    ['rebase-merge', 'a rebase'],
    ['rebase-apply', 'a rebase or patch series'],
    ['CHERRY_PICK_HEAD', 'a cherry-pick'],
    ['REVERT_HEAD', 'a revert'],
    ['BISECT_LOG', 'a bisect'],
  ];
  for (const [file, words] of signs) {
    const there = await stat(join(repository.gitDir, file)).then(
      () => true,
      () => false,
    );
    if (there) return words;
  }
  return null;
}
