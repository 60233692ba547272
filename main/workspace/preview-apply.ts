import type { ApplyPreview } from '../domain/run/apply-preview.ts';
import { ok } from '../shared/result.ts';
import type { Failure, Result } from '../shared/result.ts';
import { chosenWork, makeResult } from './apply.ts';
import type { ApplyInput } from './apply.ts';
import { STAT, statOf } from './change-stat.ts';
import type { Git } from './git.ts';
import { ownerIdentity } from './identity.ts';
import { judgeResult } from './judge-result.ts';
import { openRepository, resolveCommit } from './repository.ts';
import type { Repository } from './repository.ts';
import { findMark } from './run-mark.ts';
import { resolveTarget, whyBlocked } from './target-state.ts';
import { uncommittedPaths } from './uncommitted-paths.ts';

const MOST_NAMED = 50;

/** What `applyRun` would do now: made as objects that nothing refers to, with no branch and no working folder touched. */
export async function previewApply(
  git: Git,
  input: Omit<ApplyInput, 'check'>,
): Promise<Result<ApplyPreview>> {
  const opened = await openRepository(git, input.projectPath);
  if (!opened.ok) return opened;
  const repository = opened.value;
  const { target, base } = input;
  const empty: ApplyPreview = {
    target,
    tip: null,
    targetAhead: 0,
    commits: [],
    commitCount: 0,
    files: 0,
    additions: 0,
    deletions: 0,
    conflicts: [],
    blocked: null,
    uncommitted: 0,
  };
  const refused = (preview: ApplyPreview, failure: Failure): Result<ApplyPreview> =>
    ok({ ...preview, blocked: hindrance(failure) });

  const tip = await resolveTarget(git, repository, target);
  if (!tip.ok) return tip.error.tag === 'target_gone' ? refused(empty, tip.error) : tip;
  const ahead = await git.run(repository.place, ['rev-list', '--count', `${base}..${tip.value}`]);
  if (!ahead.ok) return ahead;
  const uncommitted = await uncommittedPaths(git, repository, target);
  if (!uncommitted.ok) return uncommitted;
  const found = {
    ...empty,
    tip: tip.value,
    targetAhead: Number(ahead.value.text()),
    uncommitted: uncommitted.value.length,
  };
  const work = await chosenWork(git, repository, input);
  if (!work.ok) return refused(found, work.error);
  const stat = await git.run(repository.place, [...STAT, base, work.value]);
  if (!stat.ok) return stat;
  const files = statOf(stat.value);
  const sized: ApplyPreview = {
    ...found,
    files: files.length,
    additions: files.reduce((sum, file) => sum + file.additions, 0),
    deletions: files.reduce((sum, file) => sum + file.deletions, 0),
  };
  const allowed = await judgeResult(git, repository, { ...input, head: work.value });
  if (!allowed.ok) return refused(sized, allowed.error);
  const mark = await findMark(git, repository, { ...input, tip: tip.value });
  if (!mark.ok) return mark;
  const identity = await ownerIdentity(git, repository.place);
  if (!identity.ok) return identity;
  const made = await makeResult(git, repository, {
    ...input,
    head: work.value,
    tip: tip.value,
    rolledBackBy: mark.value?.commit ?? null,
    identity: identity.value,
  });
  if (!made.ok) return made;
  const { commit, tree, conflicts } = made.value;
  const blocked = await whyBlocked(git, repository, {
    target,
    targetCommit: tip.value,
    tree: conflicts.length === 0 ? tree : null,
  });
  if (!blocked.ok) return blocked;
  const titles = await titlesOf(git, repository, tip.value, conflicts.length === 0 ? commit : tip.value);
  if (!titles.ok) return titles;
  return ok({
    ...sized,
    commits: titles.value.slice(0, MOST_NAMED),
    commitCount: titles.value.length,
    conflicts: [...conflicts],
    blocked: blocked.value ? hindrance(blocked.value) : null,
  });
}

/** First lines of the commits that would be new to the target, oldest first. */
async function titlesOf(
  git: Git,
  repository: Repository,
  from: string,
  to: string,
): Promise<Result<string[]>> {
  const made = await resolveCommit(git, repository.place, to);
  if (!made.ok) return made;
  const listed = await git.run(repository.place, [
    'log',
    '-z',
    '--reverse',
    '--topo-order',
    '--max-count=2000',
    '--format=%s',
    `${from}..${made.value}`,
  ]);
  return listed.ok ? ok(listed.value.fields()) : listed;
}

export function hindrance({ message, tag, hint, details }: Failure): ApplyPreview['blocked'] {
  const about: unknown = details;
  const files = typeof about === 'object' && about !== null && 'files' in about ? about.files : undefined;
  return {
    tag,
    message,
    hint: hint ?? null,
    files: Array.isArray(files) ? files.filter((file) => typeof file === 'string') : [],
  };
}
