import { Ellipsis } from 'lucide-react';
import { useState } from 'react';
import { useActionEntries, useActions } from '../../app/actions-context.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Menu } from '../../ui/menu.tsx';
import { strings } from './strings.ts';

const ids = [
  'inbox.approve',
  'inbox.answer',
  'inbox.reject',
  'inbox.archive',
  'inbox.snooze',
  'inbox.snoozeHour',
  'inbox.snoozeTonight',
  'inbox.open',
  'inbox.check',
  'shell.copyLink',
];

/** Everything that can be done with the item, in one menu. */
export function MoreMenu() {
  const [open, setOpen] = useState(false);
  const entries = useActionEntries(ids);
  useActions([
    {
      id: 'inbox.menu',
      title: strings.menu,
      group: strings.group,
      scope: 'view',
      keys: '.',
      run: () => {
        setOpen(true);
      },
    },
  ]);
  return (
    <Menu
      open={open}
      onOpenChange={setOpen}
      side="top"
      align="end"
      entries={entries}
      trigger={<IconButton icon={Ellipsis} label={strings.menu} keys="." />}
    />
  );
}
