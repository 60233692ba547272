import type { Action } from '../../app/actions.ts';
import type { InboxItem } from './inbox-item.ts';
import { strings } from './strings.ts';
import { useSnooze } from './use-snooze.ts';

/** Snoozing for every kind of item: `s` until tomorrow, Shift+s for an hour, and tonight from the palette. */
export function useSnoozeActions(item: InboxItem, unavailable: string | undefined): readonly Action[] {
  const snooze = useSnooze();
  const base = { group: strings.group, scope: 'view', onSelection: true, unavailable } as const;
  return [
    {
      ...base,
      id: 'inbox.snooze',
      title: strings.snooze,
      keys: 's',
      run: () => {
        snooze(item, 'tomorrow');
      },
    },
    {
      ...base,
      id: 'inbox.snoozeHour',
      title: strings.snoozeHour,
      keys: 'Shift+s',
      run: () => {
        snooze(item, 'hour');
      },
    },
    {
      ...base,
      id: 'inbox.snoozeTonight',
      title: strings.snoozeTonight,
      keys: 'Alt+s',
      run: () => {
        snooze(item, 'tonight');
      },
    },
  ];
}
