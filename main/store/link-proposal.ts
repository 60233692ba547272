import type { Write } from './database.ts';
import { deriveProgress } from './goal-store.ts';
import { text } from './row.ts';

/** A proposal was linked to another goal, or to none: the work that came of it goes with it, and both goals count anew. */
export function moveProposalWork(
  write: Write,
  proposalId: string,
  from: string | null,
  to: string | null,
  actor: string,
): void {
  if (from === to) return;
  const moved = write
    .prepare('SELECT id FROM intent WHERE source_proposal_id = ? AND goal_id IS NOT ?')
    .all(proposalId, to)
    .map((row) => text(row, 'id'));
  for (const id of moved) {
    write
      .prepare('UPDATE intent SET goal_id = ?, version = version + 1, updated_at = ? WHERE id = ?')
      .run(to, write.now, id);
    write.emit({
      type: 'intentChanged',
      entity: 'intent',
      entityId: id,
      actor,
      payload: { changed: ['goalId'] },
    });
  }
  for (const goalId of [from, to]) if (goalId !== null) deriveProgress(write, goalId, actor);
}
