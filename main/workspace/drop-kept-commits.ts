import { ok } from '../shared/result.ts';
import type { Result } from '../shared/result.ts';
import { deleteRef } from './delete-ref.ts';
import type { Git } from './git.ts';
import { openRepository } from './repository.ts';
import { runIdOf } from './workspace-paths.ts';

/**
 * Lets go of the commits kept for these runs and their stages under `refs/homer`; git clears them away in its own time, unless they are on a
 * branch. Whether a run's time has come is the caller's to know. Gives how many runs had some.
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
    'refs/homer/stages/',
  ]);
  if (!listed.ok) return listed;
  const wanted = new Set(input.runIds);
  const standing = listed.value
    .text()
    .split('\n')
    .filter((ref) => wanted.has(runIdOf(ref.slice(ref.lastIndexOf('/') + 1))));
  for (const ref of standing) {
    const deleted = await deleteRef(git, opened.value, ref);
    if (!deleted.ok) return deleted;
  }
  return ok(standing.filter((ref) => ref.startsWith('refs/homer/runs/')).length);
}
