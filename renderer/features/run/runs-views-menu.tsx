import { Bookmark } from 'lucide-react';
import { useCommand, sentence } from '../../client/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { Menu, type MenuEntry } from '../../ui/menu.tsx';
import { NameDialog } from '../../ui/name-dialog.tsx';
import { useToast } from '../../ui/toast.tsx';
import { viewWords as words } from '../board/view-words.ts';
import { textOfRuns, type ShownRuns } from './runs-address.ts';
import type { SavedRuns } from './run-types.ts';
import { runsWords } from './runs-words.ts';

export interface RunsViewsMenuProps {
  readonly shown: ShownRuns;
  /** The saved view it came from; it may have been changed since. */
  readonly view: SavedRuns | undefined;
  readonly choose: (view: SavedRuns | undefined) => void;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly naming: 'save' | 'rename' | undefined;
  readonly onNaming: (naming: 'save' | 'rename' | undefined) => void;
}

/** What can be done with what is shown, and with the saved view it came from. The views themselves are the tabs. */
export function RunsViewsMenu(props: RunsViewsMenuProps) {
  const { shown, view, choose, naming, onNaming } = props;
  const command = useCommand();
  const toast = useToast();
  const edited = view !== undefined && textOfView(view) !== textOfRuns(shown);
  const plain = textOfRuns({ show: 'all', filter: shown.filter }) === '';

  const save = async (name: string): Promise<string | undefined> => {
    const renamed = naming === 'rename' ? view : undefined;
    const reply = renamed
      ? await command(
          'runView.update',
          { id: renamed.id, version: renamed.version, fields: { name } },
          { announce: false },
        )
      : await command('runView.create', { name, tab: shown.show, filter: shown.filter }, { announce: false });
    if (!reply.ok) return sentence(reply.error);
    if (!renamed) choose(reply.value);
    return undefined;
  };
  const update = async ({ id, version, name }: SavedRuns): Promise<void> => {
    const fields = { tab: shown.show, filter: shown.filter };
    const reply = await command('runView.update', { id, version, fields });
    if (reply.ok) toast({ text: words.updated(name) });
  };
  const remove = async ({ id, version, name, tab, filter }: SavedRuns): Promise<void> => {
    const reply = await command('runView.remove', { id, version });
    if (!reply.ok) return;
    choose(undefined);
    toast({
      text: words.removed(name),
      action: {
        label: 'Undo',
        run: () => {
          void command('runView.create', { name, tab, filter }).then((made) => {
            if (made.ok) choose(made.value);
          });
        },
      },
    });
  };

  const entries: MenuEntry[] = [
    {
      id: 'save',
      label: words.saveAs,
      unavailable: plain ? runsWords.views.plain : undefined,
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
        onSelect: () => void update(view),
      },
      {
        id: 'rename',
        label: words.rename,
        onSelect: () => {
          onNaming('rename');
        },
      },
      { id: 'remove', label: words.remove, danger: true, onSelect: () => void remove(view) },
    );
  return (
    <>
      <Menu
        open={props.open}
        onOpenChange={props.onOpenChange}
        align="end"
        entries={entries}
        trigger={
          <Button icon={Bookmark} keys="v">
            <span className="sr-only wide:not-sr-only">{words.title}</span>
            {edited ? <span className="text-ink-3">{words.edited}</span> : null}
          </Button>
        }
      />
      <NameDialog
        open={naming !== undefined}
        title={naming === 'rename' ? words.renameTitle : words.saveTitle}
        label={words.name}
        initial={naming === 'rename' ? (view?.name ?? '') : ''}
        needed={words.nameNeeded}
        confirm={naming === 'rename' ? words.renameNow : words.saveNow}
        cancel={words.cancel}
        onClose={() => {
          onNaming(undefined);
        }}
        onName={save}
      />
    </>
  );
}

export function textOfView({ tab, filter }: SavedRuns): string {
  return textOfRuns({ show: tab, filter });
}
