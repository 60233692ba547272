import { ok } from '../shared/result.ts';
import type { Result } from '../shared/result.ts';
import type { Git } from './git.ts';
import { currentBranch } from './repository.ts';
import type { Repository } from './repository.ts';

/** Files the owner has changed, staged or added and not committed, where the target is checked out; none where it is not. */
export async function uncommittedPaths(
  git: Git,
  repository: Repository,
  target: string,
): Promise<Result<string[]>> {
  const branch = await currentBranch(git, repository.place);
  if (!branch.ok) return branch;
  return branch.value === target ? changedHere(git, repository) : ok([]);
}

export async function changedHere(git: Git, repository: Repository): Promise<Result<string[]>> {
  const status = await git.run(repository.place, [
    'status',
    '--porcelain=v2',
    '-z',
    '--no-renames',
    '--untracked-files=all',
    '--ignore-submodules=all',
  ]);
  if (!status.ok) return status;
  const paths = status.value.fields().map((field) => {
    const columns = field.startsWith('?') ? 1 : field.startsWith('u') ? 10 : 8;
    return field.split(' ').slice(columns).join(' ');
  });
  return ok([...new Set(paths)]);
}
