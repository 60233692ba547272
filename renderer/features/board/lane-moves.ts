import { noValue, type BoardLanes } from '../../../preload/contract/board.ts';
import { whyProjectStays } from '../../../preload/contract/moves.ts';
import type { ProposalCard } from '../../client/patch.ts';
import { strings } from './strings.ts';

/** What brings a card into another lane, or why nothing does. */
export type LaneMove =
  | { readonly fields: { readonly goalId: string | null } | { readonly projectId: string | null } }
  | { readonly reason: string };

/** A goal can always be changed; a project only until work was done for it. */
export function laneMove(
  card: Pick<ProposalCard, 'stage' | 'source' | 'projectId'>,
  by: Exclude<BoardLanes, 'none'>,
  lane: string,
): LaneMove {
  const value = lane === noValue ? null : lane;
  if (by === 'goal') return { fields: { goalId: value } };
  const reason = whyProjectStays(card);
  if (reason !== null) return { reason };
  return value === null ? { reason: strings.lanes.needsProject } : { fields: { projectId: value } };
}

/** The lane a card stands in. */
export function laneOf(
  card: Pick<ProposalCard, 'goalId' | 'projectId'>,
  by: Exclude<BoardLanes, 'none'>,
): string {
  return (by === 'goal' ? card.goalId : card.projectId) ?? noValue;
}
