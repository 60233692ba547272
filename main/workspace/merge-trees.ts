import { ok } from '../shared/result.ts';
import type { Result } from '../shared/result.ts';
import type { Git } from './git.ts';
import { HOMER } from './identity.ts';
import { previewMerge } from './merge-preview.ts';
import type { MergePreview } from './merge-preview.ts';
import type { Repository } from './repository.ts';

/**
 * Brings what changed from `base` to `theirs` onto `ours`, three commits in any relation to each other: a cherry-pick, and the other
 * way round a revert. No branch and no working folder is touched. Commits of the three trees are made for it with `base` as the one
 * ancestor, because git before 2.40 finds the ancestor of a `merge-tree` by itself alone; nothing refers to them afterwards.
 */
export async function mergeTrees(
  git: Git,
  repository: Repository,
  input: { base: string; ours: string; theirs: string },
): Promise<Result<MergePreview>> {
  const stand = async (commit: string, parent?: string): Promise<Result<string>> => {
    const made = await git.run(
      repository.place,
      [
        'commit-tree',
        ...(parent === undefined ? [] : ['-p', parent]),
        '-m',
        'A stand-in for a merge',
        `${commit}^{tree}`,
      ],
      // A date that stands still: the same three trees make the same objects again, and not more of them.
      { env: { ...HOMER, GIT_AUTHOR_DATE: '@0 +0000', GIT_COMMITTER_DATE: '@0 +0000' } },
    );
    return made.ok ? ok(made.value.text()) : made;
  };
  const base = await stand(input.base);
  if (!base.ok) return base;
  const ours = await stand(input.ours, base.value);
  if (!ours.ok) return ours;
  const theirs = await stand(input.theirs, base.value);
  if (!theirs.ok) return theirs;
  return previewMerge(git, repository, { ours: ours.value, theirs: theirs.value });
}
