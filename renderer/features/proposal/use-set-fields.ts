import { useCallback } from 'react';
import type { InputOf } from '../../../preload/contract/operations.ts';
import { putCards } from '../../client/client.ts';
import { useClient } from '../../client/client-context.tsx';
import type { ProposalCard } from '../../client/patch.ts';
import { useCommand } from '../../client/use-command.ts';
import { useToast } from '../../ui/toast.tsx';
import type { Linked } from './decisions.ts';
import type { UndoHistory } from './undo-history.ts';

export type LinkFields = Pick<InputOf<'proposal.update'>['fields'], 'goalId' | 'projectId' | 'priority'>;

/** Gives proposals another goal, project or priority: at once, with a way back for all of them together. */
export function useSetFields({ keep, undo }: UndoHistory) {
  const client = useClient();
  const command = useCommand();
  const toast = useToast();
  return useCallback(
    async (
      proposals: readonly Linked[],
      fields: LinkFields,
      shown: Partial<ProposalCard>,
      said: (done: readonly Linked[]) => string,
    ): Promise<void> => {
      const done: { id: string; version: number; before: LinkFields; of: Linked }[] = [];
      for (const of of proposals) {
        const { id, version } = of;
        const card = client.cards.getState().byId.get(id);
        const reply = await command(
          'proposal.update',
          { id, version, fields },
          card
            ? {
                apply: () => {
                  const after = { ...card, ...shown };
                  putCards(client, [after]);
                  return () => {
                    if (client.cards.getState().byId.get(id) === after) putCards(client, [card]);
                  };
                },
              }
            : {},
        );
        if (!reply.ok) continue;
        const before = Object.fromEntries(
          (Object.keys(fields) as (keyof LinkFields)[]).map((field) => [field, of[field]]),
        );
        done.push({ id, version: reply.value.proposal.version, before, of });
      }
      if (done.length === 0) return;
      keep(async () => {
        for (const { id, version, before } of done)
          await command('proposal.update', { id, version, fields: before });
      });
      toast({ text: said(done.map(({ of }) => of)), action: { label: 'Undo', run: undo } });
    },
    [client, command, toast, keep, undo],
  );
}
