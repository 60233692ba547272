import { monitorForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { useEffect } from 'react';
import { stages, type Stage } from '../../../preload/contract/moves.ts';
import { useClient } from '../../client/client-context.tsx';
import { useDecisions } from '../proposal/decisions.ts';
import { useCursor } from './board-context.tsx';
import { moveTo } from './move-rules.ts';

function stageOf(value: unknown): Stage | undefined {
  return stages.find((stage) => stage === value);
}

/** Dropping a card asks for the decision that leads there. Into Approved it opens the plan; dropping is never consent. */
export function useBoardDrag(): void {
  const client = useClient();
  const cursor = useCursor();
  const decisions = useDecisions();
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
          if (!from || !to || from === to || !card) return;
          const move = moveTo(from, to);
          if ('action' in move) decisions.decide(card, move.action);
        },
      }),
    [client, cursor, decisions],
  );
}
