import type { Actor } from '../domain/decision/decision.ts';
import type { ProposalStage } from '../domain/proposal/stage.ts';
import { takesBack } from '../domain/proposal/take-back.ts';
import { readCalm } from '../approvals/calm.ts';
import { whatWasDecided } from '../approvals/too-late.ts';
import { parseTime } from '../shared/clock.ts';
import { FailureError } from '../shared/result.ts';
import { insertDecision, listDecisions } from '../store/decision-store.ts';
import type { Write } from '../store/database.ts';
import { getDone, type DoneRow } from '../store/done-store.ts';
import { endPlanning, getProposal, transitionProposal } from '../store/proposal-store.ts';

export interface Undone {
  readonly key: string;
  /** Where its proposal stands now. */
  readonly stage: ProposalStage;
  /** A plan was being written; that has ended with it. */
  readonly planningEnded: boolean;
}

/**
 * Undoes a decision that still can be, in the caller's transaction: its proposal stands again where it stood, since when it did, and both
 * decisions are kept. Throws `not_undoable` with the reason.
 */
export function undoDecision(write: Write, id: string, actor: Actor): Undone {
  const done = getDone(write, id);
  if (done.undo === null) throw notUndoable(write, done);
  const proposal = getProposal(write, done.entityId);
  const back = takesBack(done.action, done.before, proposal.stage);
  const planningEnded = proposal.planning === 'planning';
  if (back === undefined) endPlanning(write, proposal.id, null, actor.name);
  else {
    insertDecision(write, {
      entity: 'proposal',
      entityId: proposal.id,
      entityVersion: proposal.version,
      action: 'take_back',
      actor,
      since: proposal.stageSince,
      snapshot: { title: proposal.title, stage: proposal.stage, takesBack: done.id },
    });
    const { id: which, version } = proposal;
    transitionProposal(write, which, version, back, actor.name, { takesBack: done.action }, done.since);
  }
  const { stage } = getProposal(write, proposal.id);
  return { key: `proposal:${proposal.id}`, stage, planningEnded };
}

function notUndoable(write: Write, done: DoneRow): FailureError {
  const last = listDecisions(write, done.entity, done.entityId).at(-1);
  const since =
    last && last.id !== done.id
      ? ` Since then it was ${whatWasDecided(last, parseTime(write.now), readCalm(write, 'desktop').zone)}.`
      : '';
  return new FailureError({
    tag: 'not_undoable',
    message: `This can no longer be undone.${since}`,
    hint: 'Open it to see where it stands and what can be decided now.',
  });
}
