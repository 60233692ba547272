import { Bookmark } from 'lucide-react';
import { useState } from 'react';
import type { BoardView } from '../../../preload/contract/board.ts';
import { useCommand } from '../../client/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { Menu, type MenuEntry } from '../../ui/menu.tsx';
import { useToast } from '../../ui/toast.tsx';
import { textOf } from './filter-address.ts';
import { strings } from './strings.ts';
import type { ShownBoard } from './use-shown.ts';
import { ViewDialog } from './view-dialog.tsx';

const words = strings.views;

export interface ViewsMenuProps extends ShownBoard {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly naming: 'save' | 'rename' | undefined;
  readonly onNaming: (naming: 'save' | 'rename' | undefined) => void;
}

/** The saved views, and what can be done with the one that is shown. */
export function ViewsMenu({
  shown,
  view,
  views,
  choose,
  open,
  onOpenChange,
  naming,
  onNaming,
}: ViewsMenuProps) {
  const command = useCommand();
  const toast = useToast();
  const [busy, setBusy] = useState(false);
  const edited = view !== undefined && textOf(view) !== textOf(shown);

  const change = async (fields: Partial<BoardView>, said: string): Promise<void> => {
    if (!view) return;
    setBusy(true);
    const { id, version } = view;
    const reply = await command('boardView.update', { id, version, fields });
    setBusy(false);
    if (reply.ok) toast({ text: said });
  };
  const remove = async ({ id, version, ...fields }: BoardView): Promise<void> => {
    const reply = await command('boardView.remove', { id, version });
    if (!reply.ok) return;
    choose(undefined);
    toast({
      text: words.removed(fields.name),
      action: {
        label: 'Undo',
        run: () => {
          const { name, filter, lanes, isDefault } = fields;
          void command('boardView.create', { name, filter, lanes, isDefault }).then((made) => {
            if (made.ok) choose(made.value);
          });
        },
      },
    });
  };

  const entries: MenuEntry[] = [
    {
      id: 'everything',
      label: words.everything,
      checked: view === undefined && textOf(shown) === '',
      onSelect: () => {
        choose(undefined);
      },
    },
    ...views.map((each) => ({
      id: each.id,
      label: each.name,
      detail: each.isDefault ? words.isDefault : undefined,
      checked: each.id === view?.id,
      onSelect: () => {
        choose(each);
      },
    })),
    'separator',
    {
      id: 'save',
      label: words.saveAs,
      onSelect: () => {
        onNaming('save');
      },
    },
  ];
  if (view)
    entries.push(
      {
        id: 'update',
        label: words.update(view.name),
        unavailable: edited ? undefined : words.unchanged,
        onSelect: () => {
          void change({ filter: shown.filter, lanes: shown.lanes }, words.updated(view.name));
        },
      },
      {
        id: 'rename',
        label: words.rename,
        onSelect: () => {
          onNaming('rename');
        },
      },
      {
        id: 'default',
        label: view.isDefault ? words.notDefault : words.makeDefault,
        onSelect: () => {
          void change(
            { isDefault: !view.isDefault },
            view.isDefault ? words.isNotDefault : words.nowDefault(view.name),
          );
        },
      },
      {
        id: 'remove',
        label: words.remove,
        danger: true,
        onSelect: () => {
          void remove(view);
        },
      },
    );

  return (
    <>
      <Menu
        open={open}
        onOpenChange={onOpenChange}
        entries={entries}
        trigger={
          <Button icon={Bookmark} keys="v" busy={busy}>
            <span className="max-w-[160px] truncate">{view?.name ?? words.title}</span>
            {edited ? <span className="text-ink-3">{words.edited}</span> : null}
          </Button>
        }
      />
      <ViewDialog
        naming={naming}
        view={view}
        shown={shown}
        onClose={() => {
          onNaming(undefined);
        }}
        onSaved={choose}
      />
    </>
  );
}
