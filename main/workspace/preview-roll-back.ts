import type { RollBackPreview } from '../domain/run/apply-preview.ts';
import { ok } from '../shared/result.ts';
import type { Result } from '../shared/result.ts';
import type { RunOnTarget } from './change-target.ts';
import { readFiles } from './diff.ts';
import type { Git } from './git.ts';
import { mergeTrees } from './merge-trees.ts';
import { hindrance } from './preview-apply.ts';
import { openRepository } from './repository.ts';
import type { Repository } from './repository.ts';
import { findMark } from './run-mark.ts';
import { resolveTarget, whyBlocked } from './target-state.ts';
import { uncommittedPaths } from './uncommitted-paths.ts';

/**
 * What `rollBackRun` would do now, and whether a file of the run was changed since it came: while none was, undoing it gives back what
 * was there before, and nothing else is lost.
 */
export async function previewRollBack(git: Git, input: RunOnTarget): Promise<Result<RollBackPreview>> {
  const opened = await openRepository(git, input.projectPath);
  if (!opened.ok) return opened;
  const repository = opened.value;
  const { target } = input;
  const empty: RollBackPreview = {
    target,
    commit: null,
    changedSince: [],
    conflicts: [],
    blocked: null,
    files: [],
    additions: 0,
    deletions: 0,
  };
  const tip = await resolveTarget(git, repository, target);
  if (!tip.ok) return tip.error.tag === 'target_gone' ? ok({ ...empty, blocked: hindrance(tip.error) }) : tip;
  const mark = await findMark(git, repository, { ...input, tip: tip.value });
  if (!mark.ok) return mark;
  if (mark.value?.kind !== 'applied') return ok(empty);
  const { commit, before } = mark.value;
  const brought = await namesBetween(git, repository, before, commit);
  if (!brought.ok) return brought;
  const later = await namesBetween(git, repository, commit, tip.value);
  if (!later.ok) return later;
  const uncommitted = await uncommittedPaths(git, repository, target);
  if (!uncommitted.ok) return uncommitted;
  const touched = new Set([...later.value, ...uncommitted.value]);
  const merged = await mergeTrees(git, repository, { base: commit, ours: tip.value, theirs: before });
  if (!merged.ok) return merged;
  const { tree, conflicts } = merged.value;
  const known = {
    ...empty,
    commit,
    changedSince: brought.value.filter((path) => touched.has(path)),
    conflicts: [...conflicts],
  };
  if (conflicts.length > 0) return ok(known);
  const blocked = await whyBlocked(git, repository, { target, targetCommit: tip.value, tree });
  if (!blocked.ok) return blocked;
  const files = await readFiles(git, repository, tip.value, tree);
  if (!files.ok) return files;
  return ok({
    ...known,
    blocked: blocked.value ? hindrance(blocked.value) : null,
    files: files.value,
    additions: files.value.reduce((sum, file) => sum + file.additions, 0),
    deletions: files.value.reduce((sum, file) => sum + file.deletions, 0),
  });
}

async function namesBetween(
  git: Git,
  repository: Repository,
  from: string,
  to: string,
): Promise<Result<string[]>> {
  const found = await git.run(repository.place, [
    'diff-tree',
    '-r',
    '-z',
    '--name-only',
    '--no-renames',
    '--ignore-submodules=none',
    from,
    to,
  ]);
  return found.ok ? ok(found.value.fields()) : found;
}
