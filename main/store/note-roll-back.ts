import type { Write } from './database.ts';
import { staleVersion } from './row.ts';
import { getRunStanding } from './run-standing.ts';

/**
 * Notes that an applied run was rolled back (`commit`), or that it was applied again (`null` and the new `appliedCommit`). The status
 * stays: `applied` is an end state. Throws `stale_version` when the run is not as the caller saw it.
 */
export function noteRollBack(
  write: Write,
  id: string,
  version: number,
  facts: { commit: string } | { appliedCommit: string },
  actor: string,
): void {
  const commit = 'commit' in facts ? facts.commit : null;
  const { changes } = write
    .prepare(
      `UPDATE run SET rolled_back_commit = :commit, rolled_back_at = CASE WHEN :commit IS NULL THEN NULL ELSE :now END,
         applied_commit = COALESCE(:applied, applied_commit), version = version + 1, updated_at = :now
       WHERE id = :id AND version = :version AND status = 'applied' AND (rolled_back_commit IS NULL) = (:commit IS NOT NULL)`,
    )
    .run({
      id,
      version,
      now: write.now,
      commit,
      applied: 'appliedCommit' in facts ? facts.appliedCommit : null,
    });
  if (changes !== 1) throw staleVersion('run');
  const { number, proposalId } = getRunStanding(write, id);
  write.emit({
    type: commit === null ? 'runApplied' : 'runRolledBack',
    entity: 'run',
    entityId: id,
    actor,
    payload: { number, proposalId },
  });
}
