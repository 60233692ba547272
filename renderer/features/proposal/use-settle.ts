import { useCallback } from 'react';
import { moveTarget, type ProposalDecision } from '../../../preload/contract/moves.ts';
import { putCards } from '../../client/client.ts';
import { useClient } from '../../client/client-context.tsx';
import { sentence, useCommand } from '../../client/use-command.ts';
import { useToast } from '../../ui/toast.tsx';
import type { Decidable } from './decisions.ts';
import { strings } from './strings.ts';
import type { UndoHistory } from './undo-history.ts';
import type { WaitingDecisions } from './waiting-decisions.ts';

const restorable: readonly ProposalDecision[] = ['skip', 'reject'];

/** Decides about proposals: shown at once, taken back with the reason when it was refused, kept until Homer answers when it does not. */
export function useSettle({ keep, undo }: UndoHistory, waiting: WaitingDecisions) {
  const client = useClient();
  const command = useCommand();
  const toast = useToast();

  const show = useCallback(
    (id: string, action: ProposalDecision): (() => void) => {
      const card = client.cards.getState().byId.get(id);
      const stage = card && moveTarget(card.stage, action);
      if (!card || !stage) return () => undefined;
      const shown = { ...card, stage };
      putCards(client, [shown]);
      return () => {
        // Only if nothing newer has come in the meantime.
        if (client.cards.getState().byId.get(id) === shown) putCards(client, [card]);
        else client.touch('proposal', id);
      };
    },
    [client],
  );

  const send = useCallback(
    async (proposal: Decidable, action: ProposalDecision, given: object, quiet: boolean) => {
      const { id, version } = proposal;
      const takeBack = show(id, action);
      const ask = () => command('proposal.decide', { id, version, action, ...given }, { announce: false });
      const reply = await ask();
      if (reply.ok) return 'done';
      if (reply.error.tag === 'unreachable') {
        waiting.add({
          id,
          action,
          takeBack,
          send: async () => {
            const later = await ask();
            if (later.ok) return true;
            if (later.error.tag === 'unreachable') return false;
            takeBack();
            toast({ text: `${strings.ref(proposal.number)}: ${sentence(later.error)}` });
            return true;
          },
        });
        return 'waits';
      }
      takeBack();
      if (!quiet) toast({ text: sentence(reply.error) });
      return 'refused';
    },
    [command, show, toast, waiting],
  );

  const restore = useCallback(
    async (ids: readonly string[]) => {
      const failures: string[] = [];
      for (const id of ids) {
        if (waiting.discard(id)) continue;
        // The version moved on with the decision itself, so the present one is read.
        const now = await client.call('proposal.get', { id });
        if (!now.ok) {
          failures.push(sentence(now.error));
          continue;
        }
        const { version } = now.value.proposal;
        const reply = await command(
          'proposal.decide',
          { id, version, action: 'restore' },
          { announce: false },
        );
        if (!reply.ok) failures.push(sentence(reply.error));
      }
      toast({ text: failures[0] ?? strings.decided.restore });
    },
    [client, command, toast, waiting],
  );

  return useCallback(
    async (proposals: readonly Decidable[], action: ProposalDecision, given: object = {}) => {
      const quiet = proposals.length > 1;
      const undoes = restorable.includes(action);
      const sending = (async () => {
        const ends = { done: [] as string[], waits: [] as string[], refused: [] as string[] };
        for (const proposal of proposals) ends[await send(proposal, action, given, quiet)].push(proposal.id);
        return ends;
      })();
      // Before it is answered: undo may be pressed before.
      const forget = undoes
        ? keep(async () => {
            const { done, waits } = await sending;
            await restore([...done, ...waits]);
          })
        : undefined;
      const { done, waits, refused } = await sending;
      const shown = done.length + waits.length;
      if (shown === 0) {
        forget?.();
        if (quiet) toast({ text: strings.someRefused(0, refused.length) });
        return;
      }
      const text =
        done.length === 0
          ? strings.waits
          : quiet
            ? `${strings.count(shown, 'proposal', 'proposals')}: ${strings.decided[action].toLowerCase()}${refused.length > 0 ? ` ${strings.refused(refused.length)}` : ''}`
            : strings.decided[action];
      toast({ text, ...(undoes ? { action: { label: 'Undo', run: undo } as const } : {}) });
    },
    [send, restore, toast, keep, undo],
  );
}
