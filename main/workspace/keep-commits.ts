import { ok, type Result } from '../shared/result.ts';
import type { Git } from './git.ts';
import { dropStaleLock, lockOfRef } from './ref-locks.ts';
import { openRepository } from './repository.ts';

/**
 * Keeps a run's commits reachable under `refs/homer/runs/<run id>` once its branch is gone, so that its diff can still be shown; those
 * of its stages under `refs/homer/stages/<folder>`, so that a later attempt can go on from them.
 */
export async function keepCommits(
  git: Git,
  input: { projectPath: string; runId: string; head: string; of?: 'runs' | 'stages' },
): Promise<Result<void>> {
  const opened = await openRepository(git, input.projectPath);
  if (!opened.ok) return opened;
  const ref = `refs/homer/${input.of ?? 'runs'}/${input.runId}`;
  await dropStaleLock(git, opened.value, lockOfRef(opened.value, ref));
  const kept = await git.run(opened.value.place, ['update-ref', ref, input.head]);
  return kept.ok ? ok(undefined) : kept;
}
