import { ok } from '../shared/result.ts';
import type { Result } from '../shared/result.ts';
import { deleteRef } from './delete-ref.ts';
import type { Git } from './git.ts';
import { openRepository } from './repository.ts';

/**
 * Lets go of the commits kept for these runs under `refs/homer/runs`; git clears them away in its own time, unless they are on a
 * branch. Whether a run's time has come is the caller's to know. Gives how many there were.
 */
export async function dropKeptCommits(
  git: Git,
  input: { projectPath: string; runIds: readonly string[] },
): Promise<Result<number>> {
  const opened = await openRepository(git, input.projectPath);
  if (!opened.ok) return opened;
  const listed = await git.run(opened.value.place, [
    'for-each-ref',
    '--format=%(refname)',
    'refs/homer/runs/',
  ]);
  if (!listed.ok) return listed;
  const wanted = new Set(input.runIds.map((runId) => `refs/homer/runs/${runId}`));
  const standing = listed.value
    .text()
    .split('\n')
    .filter((ref) => wanted.has(ref));
  for (const ref of standing) {
    const deleted = await deleteRef(git, opened.value, ref);
    if (!deleted.ok) return deleted;
  }
  return ok(standing.length);
}
