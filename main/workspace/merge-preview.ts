import { ok } from '../shared/result.ts';
import type { Result } from '../shared/result.ts';
import { HOMER } from './identity.ts';
import type { Git } from './git.ts';
import type { Repository } from './repository.ts';
import { withScratchWorktree } from './scratch-worktree.ts';

export interface MergePreview {
  /** The merged tree; meaningless when there are conflicts. */
  readonly tree: string;
  readonly conflicts: readonly string[];
}

/** What git before 2.38 answers to `--write-tree`. */
const WRONG_USE = 129;

/** Merges two commits without touching a branch or a working folder. Git before 2.38 needs a scratch worktree for it. */
export async function previewMerge(
  git: Git,
  repository: Repository,
  input: { ours: string; theirs: string; alwaysScratch?: boolean },
): Promise<Result<MergePreview>> {
  if (input.alwaysScratch === true) return mergeInScratch(git, repository, input);
  const merged = await git.run(
    repository.place,
    ['merge-tree', '--write-tree', '--name-only', '--no-messages', '-z', input.ours, input.theirs],
    { accept: [0, 1, WRONG_USE] },
  );
  if (!merged.ok) return merged;
  if (merged.value.exitCode === WRONG_USE) return mergeInScratch(git, repository, input);
  const [tree = '', ...conflicts] = merged.value.fields();
  return ok({ tree, conflicts: merged.value.exitCode === 0 ? [] : [...new Set(conflicts)] });
}

async function mergeInScratch(
  git: Git,
  repository: Repository,
  input: { ours: string; theirs: string },
): Promise<Result<MergePreview>> {
  return withScratchWorktree(git, { projectPath: repository.top, commit: input.ours }, async ({ place }) => {
    const merged = await git.run(place, ['merge', '--no-commit', '--no-ff', '--no-verify', input.theirs], {
      accept: [0, 1],
      env: HOMER,
    });
    if (!merged.ok) return merged;
    const unmerged = await git.run(place, ['diff', '--name-only', '--diff-filter=U', '-z']);
    if (!unmerged.ok) return unmerged;
    const conflicts = unmerged.value.fields();
    if (conflicts.length > 0) return ok({ tree: '', conflicts });
    const tree = await git.run(place, ['write-tree']);
    return tree.ok ? ok({ tree: tree.value.text(), conflicts }) : tree;
  });
}
