import { useCallback } from 'react';
import { useClient } from '../../client/client-context.tsx';
import { putCards } from '../../client/client.ts';
import type { ProposalCard } from '../../client/patch.ts';
import { useCommand } from '../../client/use-command.ts';
import { useToast } from '../../ui/toast.tsx';
import { useDecisions } from '../proposal/decisions.ts';
import { strings as proposalStrings } from '../proposal/strings.ts';
import { useLanes } from './board-context.tsx';
import { laneMove, laneOf } from './lane-moves.ts';
import { strings } from './strings.ts';

/** Brings a card into another lane, at once and with a way back. Gives the card as it is then; undefined when it stays, which is said. */
export function useLaneMove(): (
  card: ProposalCard,
  lane: string | undefined,
) => Promise<ProposalCard | undefined> {
  const client = useClient();
  const lanes = useLanes();
  const command = useCommand();
  const toast = useToast();
  const { keepUndo, undo } = useDecisions();
  return useCallback(
    async (card, lane) => {
      const { by, lanes: all } = lanes.store.getState();
      if (by === undefined || lane === undefined || laneOf(card, by) === lane) return card;
      const move = laneMove(card, by, lane);
      if ('reason' in move) {
        toast({ text: move.reason });
        return undefined;
      }
      const title = all?.find(({ key }) => key === lane)?.title ?? null;
      const after: ProposalCard = {
        ...card,
        ...move.fields,
        ...(by === 'goal' ? { goalTitle: title } : { projectName: title }),
      };
      const before = by === 'goal' ? { goalId: card.goalId } : { projectId: card.projectId };
      const { id, version } = card;
      const reply = await command(
        'proposal.update',
        { id, version, fields: move.fields },
        {
          apply: () => {
            putCards(client, [after]);
            return () => {
              putCards(client, [card]);
            };
          },
        },
      );
      if (!reply.ok) return undefined;
      const now = reply.value.proposal.version;
      keepUndo(async () => {
        await command('proposal.update', { id, version: now, fields: before });
      });
      toast({
        text: strings.lanes.moved(
          proposalStrings.ref(card.number),
          title ?? (by === 'goal' ? strings.noGoal : strings.noProject),
        ),
        action: { label: 'Undo', run: undo },
      });
      return { ...after, version: now };
    },
    [client, lanes, command, toast, keepUndo, undo],
  );
}
