import { lateMessage } from '../../../preload/contract/choices.ts';
import type { InputOf } from '../../../preload/contract/operations.ts';
import { useClient } from '../../client/client-context.tsx';
import { useToast } from '../../ui/toast.tsx';
import { useDecisions } from '../proposal/decisions.ts';
import type { InboxItem } from './inbox-item.ts';
import { strings } from './strings.ts';

type Span = NonNullable<InputOf<'inbox.snooze'>['for']>;

/** Snoozes several items, one after the other, with the way back; those that are refused stay, and the first reason is told. */
export function useBulkSnooze(): (items: readonly InboxItem[], span: Span) => Promise<void> {
  const { call, queries } = useClient();
  const { keepUndo, undo } = useDecisions();
  const toast = useToast();
  const changed = (): void => {
    queries.changed(new Set(['proposal', 'run']));
  };
  return async (items, span) => {
    const failures: string[] = [];
    const asleep: { key: string; version: number }[] = [];
    for (const { key, version } of items) {
      const reply = await call('inbox.snooze', { key, version, for: span });
      if (reply.ok) asleep.push({ key, version: reply.value.version });
      else failures.push(lateMessage(reply.error));
    }
    changed();
    const [first] = failures;
    const text =
      first === undefined
        ? strings.bulk.done(items.length, strings.bulk.snoozed)
        : strings.bulk.some(asleep.length, failures.length, first);
    if (asleep.length === 0) {
      toast({ text });
      return;
    }
    keepUndo(async () => {
      await Promise.all(asleep.map((each) => call('inbox.unsnooze', each)));
      changed();
    });
    toast({ text, action: { label: 'Undo', run: undo } });
  };
}
