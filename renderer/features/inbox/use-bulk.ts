import { decide, lateMessage, type Choice } from '../../../preload/contract/choices.ts';
import type { InputOf } from '../../../preload/contract/operations.ts';
import { useClient } from '../../client/client-context.tsx';
import { useToast } from '../../ui/toast.tsx';
import type { InboxItem } from './inbox-item.ts';
import { strings } from './strings.ts';

type Span = NonNullable<InputOf<'inbox.snooze'>['for']>;

/** Decides on several items, one after the other; those that are refused stay, and the first reason is told. */
export function useBulk(): {
  readonly carryOut: (items: readonly InboxItem[], choice: Choice) => Promise<void>;
  readonly snooze: (items: readonly InboxItem[], span: Span) => Promise<void>;
} {
  const { call, queries } = useClient();
  const toast = useToast();
  const tell = (all: number, failures: readonly string[], done: string, undo?: () => void): void => {
    queries.changed(new Set(['proposal', 'run']));
    const [first] = failures;
    toast({
      text:
        first === undefined
          ? strings.bulk.done(all, done)
          : strings.bulk.some(all - failures.length, failures.length, first),
      ...(undo && failures.length < all ? { action: { label: 'Undo' as const, run: undo } } : {}),
    });
  };
  return {
    async carryOut(items, choice) {
      const failures: string[] = [];
      for (const item of items) {
        const failure = await decide(call, item, choice);
        if (failure) failures.push(lateMessage(failure));
      }
      tell(items.length, failures, strings.bulk.did[choice.action] ?? choice.label);
    },
    async snooze(items, span) {
      const failures: string[] = [];
      const asleep: { key: string; version: number }[] = [];
      for (const { key, version } of items) {
        const reply = await call('inbox.snooze', { key, version, for: span });
        if (reply.ok) asleep.push({ key, version: reply.value.version });
        else failures.push(lateMessage(reply.error));
      }
      tell(items.length, failures, strings.bulk.snoozed, () => {
        void Promise.all(asleep.map((each) => call('inbox.unsnooze', each))).then(() => {
          queries.changed(new Set(['proposal', 'run']));
        });
      });
    },
  };
}
