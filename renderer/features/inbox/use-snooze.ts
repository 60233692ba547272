import type { InputOf } from '../../../preload/contract/operations.ts';
import { useCommand } from '../../client/use-command.ts';
import { useToast } from '../../ui/toast.tsx';
import { useDecisions } from '../proposal/decisions.ts';
import type { InboxItem } from './inbox-item.ts';
import { strings } from './strings.ts';

type Span = NonNullable<InputOf<'inbox.snooze'>['for']>;

/** Takes any item out of the inbox for a while, with the way back in the toast. */
export function useSnooze(): (item: Pick<InboxItem, 'key' | 'version'>, span: Span) => void {
  const command = useCommand();
  const toast = useToast();
  const { keepUndo, undo } = useDecisions();
  return ({ key, version }, span) => {
    void command('inbox.snooze', { key, version, for: span }).then((reply) => {
      if (!reply.ok) return;
      keepUndo(async () => {
        await command('inbox.unsnooze', { key, version: reply.value.version });
      });
      toast({ text: strings.snoozed[span], action: { label: strings.undo, run: undo } });
    });
  };
}
