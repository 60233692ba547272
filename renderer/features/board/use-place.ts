import { useCallback, useRef } from 'react';
import { placeOf } from '../../../preload/contract/board.ts';
import { labels } from '../../../preload/contract/labels.ts';
import { priorityWord } from '../../../preload/contract/board.ts';
import { putCards } from '../../client/client.ts';
import { useClient } from '../../client/client-context.tsx';
import type { ProposalCard } from '../../client/patch.ts';
import { useCommand } from '../../client/use-command.ts';
import { useToast } from '../../ui/toast.tsx';
import { useDecisions } from '../proposal/decisions.ts';
import { strings as proposalStrings } from '../proposal/strings.ts';
import { strings } from './strings.ts';

export interface Spot {
  readonly anchor: string;
  readonly side: 'above' | 'below';
}

/**
 * Puts a card above or below another of `ids`, the cards that are shown around it: at once, and with a way back. One press may follow the other
 * faster than Homer answers, so each waits for the version the one before it gave.
 */
export function usePlace(): (card: ProposalCard, spot: Spot, ids: readonly string[], loud: boolean) => void {
  const client = useClient();
  const command = useCommand();
  const toast = useToast();
  const { keepUndo, undo } = useDecisions();
  const versions = useRef(new Map<string, Promise<number>>());

  const send = useCallback(
    (card: ProposalCard, spot: Spot, priority?: number): Promise<boolean> => {
      const last = versions.current.get(card.id);
      const reply = (last ?? Promise.resolve(0)).then(async (version) => {
        const known = client.cards.getState().byId.get(card.id)?.version ?? card.version;
        return command('proposal.place', {
          id: card.id,
          version: Math.max(version, known),
          ...spot,
          ...(priority === undefined ? {} : { priority }),
        });
      });
      versions.current.set(
        card.id,
        reply.then((answer) => (answer.ok ? answer.value.proposal.version : 0)),
      );
      return reply.then(({ ok }) => {
        // What was shown is no longer true: it is read again, and stands where it stood.
        if (!ok) client.touch('proposal', card.id);
        return ok;
      });
    },
    [client, command],
  );

  return useCallback(
    (card, spot, ids, loud) => {
      const { byId } = client.cards.getState();
      const others = ids.filter((id) => id !== card.id);
      const at = others.indexOf(spot.anchor) + (spot.side === 'above' ? 0 : 1);
      const place = placeOf(card, byId.get(others[at - 1] ?? ''), byId.get(others[at] ?? ''));
      // Where it stood: beside the card under it, else the one over it.
      const was = ids.indexOf(card.id);
      const back: Spot | undefined =
        ids[was + 1] !== undefined
          ? { anchor: ids[was + 1] ?? '', side: 'above' }
          : ids[was - 1] !== undefined
            ? { anchor: ids[was - 1] ?? '', side: 'below' }
            : undefined;
      if (place) putCards(client, [{ ...card, ...place }]);
      const sent = send(card, spot);
      if (back)
        keepUndo(async () => {
          if (!(await sent)) return;
          putCards(client, [
            {
              ...(client.cards.getState().byId.get(card.id) ?? card),
              priority: card.priority,
              rank: card.rank,
            },
          ]);
          await send(card, back, card.priority);
        });
      const newLevel = place ? priorityWord(place.priority) : priorityWord(card.priority);
      const ref = proposalStrings.ref(card.number);
      if (newLevel !== priorityWord(card.priority))
        toast({
          text: strings.rank.priority(ref, labels.priority[newLevel]),
          action: { label: 'Undo', run: undo },
        });
      else if (loud) toast({ text: strings.rank.moved(ref), action: { label: 'Undo', run: undo } });
    },
    [client, send, keepUndo, undo, toast],
  );
}
