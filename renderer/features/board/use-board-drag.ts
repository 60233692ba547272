import { monitorForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { useEffect } from 'react';
import { useClient } from '../../client/client-context.tsx';
import { useToast } from '../../ui/toast.tsx';
import { useDecisions } from '../proposal/decisions.ts';
import { useCursor } from './board-context.tsx';
import type { Layout } from './board-layout.ts';
import { spotOf, stageOf } from './drop-data.ts';
import { useLaneMove } from './use-lane-move.ts';
import { usePlace } from './use-place.ts';
import { moveTo } from './move-rules.ts';

/**
 * Dropping a card asks for the decision that leads there. Into Approved it opens the plan; dropping is never consent. In another lane it gets
 * that goal or project; beside another card of its stage it gets that place. What cannot be done is said, and then nothing is: not the other half either.
 */
export function useBoardDrag(layout: Layout): void {
  const client = useClient();
  const cursor = useCursor();
  const decisions = useDecisions();
  const moveLane = useLaneMove();
  const toast = useToast();
  const place = usePlace();
  useEffect(
    () =>
      monitorForElements({
        onDragStart: ({ source }) => {
          const from = stageOf(source.data['stage']);
          if (from) cursor.setState({ drag: { id: String(source.data['id']), from, over: undefined } });
        },
        onDrop: ({ source, location }) => {
          cursor.setState({ drag: undefined });
          const from = stageOf(source.data['stage']);
          const to = stageOf(location.current.dropTargets[0]?.data['stage']);
          const card = client.cards.getState().byId.get(String(source.data['id']));
          if (!from || !to || !card) return;
          const spot = spotOf(location.current.dropTargets[0]?.data);
          if (from === to && spot) {
            place(card, spot, layout.around(card.id, from), true);
            return;
          }
          const lane = location.current.dropTargets[0]?.data['lane'];
          const move = from === to ? undefined : moveTo(from, to);
          if (move && 'reason' in move) {
            toast({ text: move.reason });
            return;
          }
          void moveLane(card, typeof lane === 'string' ? lane : undefined).then((moved) => {
            if (moved && move) decisions.decide(moved, move.action);
          });
        },
      }),
    [client, cursor, decisions, moveLane, toast, place, layout],
  );
}
