import { labels } from '../../../preload/contract/labels.ts';
import { movesBetween, type ProposalDecision, type Stage } from '../../../preload/contract/moves.ts';
import { strings as proposalStrings } from '../proposal/strings.ts';

const reasons = proposalStrings.blocked;

/** The decision that brings a card to a stage, or why none does. */
export type Move = { readonly action: ProposalDecision } | { readonly reason: string };

export function moveTo(from: Stage, to: Stage): Move {
  const [action] = movesBetween(from, to);
  if (action && from !== to) return { action };
  return { reason: reasonAgainst(from, to) };
}

function reasonAgainst(from: Stage, to: Stage): string {
  if (from === 'approved') return reasons.approvedStays;
  if (from === 'archived' || from === 'rejected') return reasons.restoreFirst;
  if (to === 'approved') return reasons.needsPlan;
  if (to === 'idea') return reasons.ideaOnlyStart;
  return proposalStrings.cannot(labels.stage[from], labels.stage[to]);
}
