import { decideProposal } from '../approvals/decide-proposal.ts';
import type { Actor } from '../domain/decision/decision.ts';
import { FailureError } from '../shared/result.ts';
import type { Write } from '../store/database.ts';
import { getDone } from '../store/done-store.ts';
import { endPlanning, getProposal } from '../store/proposal-store.ts';

/** Undoes a decision that still can be, in the caller's transaction; gives the key of its item. Throws `not_undoable`. */
export function undoDecision(write: Write, id: string, actor: Actor): string {
  const done = getDone(write, id);
  if (done.undo === 'restore')
    decideProposal(
      write,
      { id: done.entityId, version: getProposal(write, done.entityId).version, action: 'restore' },
      actor,
    );
  else if (done.undo === 'stop_planning') endPlanning(write, done.entityId, null, actor.name);
  else
    throw new FailureError({
      tag: 'not_undoable',
      message: 'This can no longer be undone.',
      hint: 'Open it to see where it stands and what can be decided now.',
    });
  return `${done.entity}:${done.entityId}`;
}
