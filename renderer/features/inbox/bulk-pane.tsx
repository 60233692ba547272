import { Clock } from 'lucide-react';
import { useActions } from '../../app/actions-context.tsx';
import { Button } from '../../ui/button.tsx';
import { StatusGlyph } from '../../ui/status-glyph.tsx';
import { useReached } from '../../client/use-reached.ts';
import { commonChoices } from './common-choices.ts';
import { kindShape, type InboxItem } from './inbox-item.ts';
import { Pane } from './pane.tsx';
import { strings } from './strings.ts';
import type { InboxDecisions } from './use-inbox-decisions.ts';
import { useBulkSnooze } from './use-bulk-snooze.ts';

const keysOf: Readonly<Record<string, string>> = {
  approve: '1',
  execute: '1',
  retry: '1',
  works: '1',
  reject: '3',
  skip: 'e',
};

/** Several at once: what they are, and what can be decided on all of them. */
export function BulkPane({
  items,
  inert,
  onDecide,
  onLeave,
  onClear,
}: {
  items: readonly InboxItem[];
  inert: boolean;
  onDecide: InboxDecisions['decide'];
  /** They are dealt with: goes on to what follows them. */
  onLeave: () => void;
  onClear: () => void;
}) {
  const snooze = useBulkSnooze();
  const reached = useReached();
  const wait = !reached ? strings.lost : inert ? strings.choose : undefined;
  const choices = commonChoices(items);
  const base = { group: strings.group, scope: 'view', onSelection: true } as const;
  const actions = [
    ...choices.map((choice) => ({
      ...base,
      id: `inbox.all.${choice.action}`,
      title: strings.bulk.all(choice.label, items.length),
      keys: keysOf[choice.action],
      unavailable: wait,
      run: () => {
        onLeave();
        onDecide(items, choice);
      },
    })),
    {
      ...base,
      id: 'inbox.all.snooze',
      title: strings.bulk.snooze(items.length),
      keys: 's',
      unavailable: wait,
      run: () => {
        onLeave();
        void snooze(items, 'tomorrow');
      },
    },
  ];
  useActions(actions);
  return (
    <Pane
      footer={
        <div className="flex flex-wrap items-center gap-8">
          {actions.map(({ id, title, keys, unavailable, run }, at) => (
            <Button
              key={id}
              variant={at === 0 && choices.length > 0 ? 'primary' : 'secondary'}
              icon={id === 'inbox.all.snooze' ? Clock : undefined}
              keys={keys}
              unavailable={unavailable}
              onClick={run}
            >
              {title}
            </Button>
          ))}
          <Button variant="ghost" keys="Escape" onClick={onClear}>
            {strings.bulk.clear}
          </Button>
        </div>
      }
    >
      <h2 className="pb-4 text-page">{strings.bulk.chosen(items.length)}</h2>
      <p className="pb-16 text-ink-2">{choices.length > 0 ? strings.bulk.same : strings.bulk.differ}</p>
      <ul className="border-t border-line">
        {items.map((item) => (
          <li key={item.key} className="flex items-center gap-12 border-b border-line py-8">
            <StatusGlyph shape={kindShape[item.kind]} />
            <span className="min-w-0 flex-1 truncate font-medium" title={item.title}>
              {item.title}
            </span>
            <span className="shrink-0 text-meta text-ink-2">{strings.kind[item.kind]}</span>
            <span className="w-48 shrink-0 text-end font-mono text-micro font-regular text-ink-3">
              {item.ref}
            </span>
          </li>
        ))}
      </ul>
    </Pane>
  );
}
