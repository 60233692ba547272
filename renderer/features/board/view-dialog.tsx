import { useState } from 'react';
import type { BoardView } from '../../../preload/contract/board.ts';
import { sentence, useCommand } from '../../client/use-command.ts';
import { Checkbox } from '../../ui/checkbox.tsx';
import { NameDialog } from '../../ui/name-dialog.tsx';
import type { Shown } from './filter-address.ts';
import { strings } from './strings.ts';

const words = strings.views;

export interface ViewDialogProps {
  readonly naming: 'save' | 'rename' | undefined;
  /** The view that is renamed. */
  readonly view: BoardView | undefined;
  readonly shown: Shown;
  readonly onClose: () => void;
  readonly onSaved: (view: BoardView) => void;
}

/** Asks for the name of a view: a new one of what is shown, or another one for the view that is shown. */
export function ViewDialog({ naming, view, shown, onClose, onSaved }: ViewDialogProps) {
  const command = useCommand();
  const [isDefault, setDefault] = useState(false);
  const renamed = naming === 'rename' ? view : undefined;

  const keep = async (name: string): Promise<string | undefined> => {
    const reply = renamed
      ? await command(
          'boardView.update',
          { id: renamed.id, version: renamed.version, fields: { name } },
          { announce: false },
        )
      : await command('boardView.create', { name, ...shown, isDefault }, { announce: false });
    if (!reply.ok) return sentence(reply.error);
    setDefault(false);
    if (!renamed) onSaved(reply.value);
    return undefined;
  };

  return (
    <NameDialog
      open={naming !== undefined}
      title={naming === 'rename' ? words.renameTitle : words.saveTitle}
      label={words.name}
      initial={renamed?.name ?? ''}
      needed={words.nameNeeded}
      confirm={naming === 'rename' ? words.renameNow : words.saveNow}
      cancel={words.cancel}
      onClose={() => {
        setDefault(false);
        onClose();
      }}
      onName={keep}
    >
      {naming === 'save' ? (
        <Checkbox checked={isDefault} onCheckedChange={setDefault} label={words.startWith} />
      ) : null}
    </NameDialog>
  );
}
