import { useClient } from '../../client/client-context.tsx';
import { useCursorState, useLanesState } from './board-context.tsx';
import { laneMove, laneOf } from './lane-moves.ts';

/** Why what is being dragged cannot come into this lane; undefined when it can, or nothing is dragged. */
export function useLaneRefusal(lane: string): string | undefined {
  const client = useClient();
  const by = useLanesState((state) => state.by);
  const id = useCursorState((state) => state.drag?.id);
  const card = id === undefined ? undefined : client.cards.getState().byId.get(id);
  if (by === undefined || !card || laneOf(card, by) === lane) return undefined;
  const move = laneMove(card, by, lane);
  return 'reason' in move ? move.reason : undefined;
}
