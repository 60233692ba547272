import { standsAbove } from '../../../preload/contract/board.ts';
import type { ProposalCard } from '../../client/patch.ts';

/** With this card where the order of the board has it. */
export function inBoardOrder(
  ids: readonly string[],
  card: ProposalCard,
  byId: ReadonlyMap<string, ProposalCard>,
): readonly string[] {
  const at = landing(ids, card, byId);
  return [...ids.slice(0, at), card.id, ...ids.slice(at)];
}

/** Above which of these the card would stand; as many as there are: at the end. */
export function landing(
  ids: readonly string[],
  card: ProposalCard,
  byId: ReadonlyMap<string, ProposalCard>,
): number {
  const at = ids.findIndex((id) => {
    const other = byId.get(id);
    return other !== undefined && other.id !== card.id && standsAbove(card, other);
  });
  return at < 0 ? ids.length : at;
}
