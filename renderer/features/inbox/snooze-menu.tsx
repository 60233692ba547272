import { Clock } from 'lucide-react';
import type { Action } from '../../app/actions.ts';
import { Button } from '../../ui/button.tsx';
import { Menu } from '../../ui/menu.tsx';
import { strings } from './strings.ts';

/** Every span an item can be snoozed for, with its keys. */
export function SnoozeMenu({ actions }: { actions: readonly Action[] }) {
  return (
    <Menu
      trigger={
        <Button variant="ghost" icon={Clock}>
          {strings.snoozeMenu}
        </Button>
      }
      entries={actions.map(({ id, title, keys, unavailable, run }) => ({
        id,
        label: title,
        keys: typeof keys === 'string' ? keys : undefined,
        unavailable,
        onSelect: () => {
          run();
        },
      }))}
    />
  );
}
