import { useCallback, useState } from 'react';
import { canBeTakenBack, moveTarget, type ProposalDecision } from '../../../preload/contract/moves.ts';
import { labels } from '../../../preload/contract/labels.ts';
import type { OutputOf } from '../../../preload/contract/operations.ts';
import { putCards } from '../../client/client.ts';
import { useClient } from '../../client/client-context.tsx';
import { sentence, useCommand } from '../../client/use-command.ts';
import { useToast } from '../../ui/toast.tsx';
import type { Decidable } from './decisions.ts';
import { createPressedDecisions } from './pressed-decisions.ts';
import { strings } from './strings.ts';
import type { UndoHistory } from './undo-history.ts';
import type { WaitingDecisions } from './waiting-decisions.ts';

/** How a decision ended. `id` is its own, once it was taken; one that waits for Homer gets it later. */
interface Sent {
  readonly end: 'done' | 'waits' | 'refused';
  readonly proposal: Decidable;
  decision: string | undefined;
}

/** Decides about proposals: shown at once, taken back with the reason when it was refused, kept until Homer answers when it does not. */
export function useSettle({ keep, undo }: UndoHistory, waiting: WaitingDecisions) {
  const client = useClient();
  const command = useCommand();
  const toast = useToast();
  const [pressed] = useState(createPressedDecisions);

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
    async (proposal: Decidable, action: ProposalDecision, given: object, quiet: boolean): Promise<Sent> => {
      const { id, version } = proposal;
      const takeBack = show(id, action);
      const ask = () => command('proposal.decide', { id, version, action, ...given }, { announce: false });
      const reply = await ask();
      if (reply.ok) return { end: 'done', proposal, decision: reply.value.decisions.at(-1)?.id };
      if (reply.error.tag === 'unreachable') {
        const sent: Sent = { end: 'waits', proposal, decision: undefined };
        waiting.add({
          id,
          action,
          takeBack,
          send: async () => {
            const later = await ask();
            if (later.ok) {
              sent.decision = later.value.decisions.at(-1)?.id;
              return true;
            }
            if (later.error.tag === 'unreachable') return false;
            takeBack();
            toast({ text: `${strings.ref(proposal.number)}: ${sentence(later.error)}` });
            return true;
          },
        });
        return sent;
      }
      takeBack();
      if (!quiet) toast({ text: sentence(reply.error) });
      return { end: 'refused', proposal, decision: undefined };
    },
    [command, show, toast, waiting],
  );

  const takeBack = useCallback(
    async (sent: readonly Sent[]) => {
      const failures: string[] = [];
      const undone: OutputOf<'inbox.undo'>[] = [];
      let unsent = 0;
      // The last first, as they would be by hand.
      for (const { proposal, decision } of [...sent].reverse()) {
        const { id } = proposal;
        if (waiting.discard(id)) unsent += 1;
        if (decision === undefined) continue;
        const answered = client.commanding(id);
        const reply = await command('inbox.undo', { id: decision }, { announce: false });
        if (reply.ok) {
          undone.push(reply.value);
          const card = client.cards.getState().byId.get(id);
          if (card) putCards(client, [{ ...card, stage: reply.value.stage }]);
        } else failures.push(`${strings.ref(proposal.number)}: ${sentence(reply.error)}`);
        client.touch('proposal', id);
        answered();
      }
      const [first] = undone;
      const planning = undone.filter(({ planningEnded }) => planningEnded).length;
      const done =
        first && undone.length + unsent === 1
          ? strings.undo.one(labels.stage[first.stage])
          : strings.undo.many(undone.length + unsent);
      toast({
        text: [
          undone.length + unsent > 0 ? done : '',
          planning > 0 ? strings.undo.planning(planning) : '',
          failures[0] ?? '',
          failures.length > 1 ? strings.undo.others(failures.length - 1) : '',
        ]
          .filter((part) => part !== '')
          .join(' '),
      });
    },
    [client, command, toast, waiting],
  );

  return useCallback(
    async (decided: readonly Decidable[], action: ProposalDecision, given: object = {}) => {
      const proposals = pressed.begin(decided, action);
      if (proposals.length === 0) return;
      const quiet = proposals.length > 1;
      const undoes = canBeTakenBack(action);
      const sending = (async () => {
        const all: Sent[] = [];
        for (const proposal of proposals) all.push(await send(proposal, action, given, quiet));
        return all;
      })();
      // Before it is answered: undo may be pressed before.
      const forget = undoes
        ? keep(async () => {
            await takeBack((await sending).filter(({ end }) => end !== 'refused'));
          })
        : undefined;
      const all = await sending;
      const [done, waits, refused] = (['done', 'waits', 'refused'] as const).map((wanted) =>
        all.filter(({ end }) => end === wanted),
      ) as [Sent[], Sent[], Sent[]];
      pressed.free([...waits, ...refused].map(({ proposal }) => proposal.id));
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
            ? `${strings.decidedMany(shown, action)}${refused.length > 0 ? ` ${strings.refused(refused.length)}` : ''}`
            : strings.decided[action];
      toast({ text, ...(undoes ? { action: { label: 'Undo', run: undo } as const } : {}) });
    },
    [send, takeBack, toast, keep, undo, pressed],
  );
}
