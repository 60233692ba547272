import { useEffect, useState } from 'react';
import type { BoardView } from '../../../preload/contract/board.ts';
import { sentence, useCommand } from '../../client/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { TextField } from '../../ui/text-field.tsx';
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
  const [name, setName] = useState('');
  const [isDefault, setDefault] = useState(false);
  const [error, setError] = useState<string>();
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    if (naming === undefined) return;
    setName(naming === 'rename' ? (view?.name ?? '') : ''); // eslint-disable-line react-hooks/set-state-in-effect -- it starts afresh each time it opens
    setDefault(false);
    setError(undefined);
  }, [naming]); // eslint-disable-line react-hooks/exhaustive-deps -- a view that changes while its name is typed must not take the words away

  const submit = async (): Promise<void> => {
    if (name.trim() === '') {
      setError(words.nameNeeded);
      return;
    }
    setBusy(true);
    const reply =
      naming === 'rename' && view
        ? await command(
            'boardView.update',
            { id: view.id, version: view.version, fields: { name } },
            { announce: false },
          )
        : await command('boardView.create', { name, ...shown, isDefault }, { announce: false });
    setBusy(false);
    if (!reply.ok) {
      setError(sentence(reply.error));
      return;
    }
    onClose();
    if (naming === 'save') onSaved(reply.value);
  };

  return (
    <Dialog
      open={naming !== undefined}
      onOpenChange={onClose}
      size="small"
      title={naming === 'rename' ? words.renameTitle : words.saveTitle}
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            {words.cancel}
          </Button>
          <Button variant="primary" busy={busy} onClick={() => void submit()}>
            {naming === 'rename' ? words.renameNow : words.saveNow}
          </Button>
        </>
      }
    >
      <form
        className="flex flex-col gap-12"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Field label={words.name} error={error}>
          <TextField value={name} maxLength={60} onValueChange={setName} />
        </Field>
        {naming === 'save' ? (
          <Checkbox checked={isDefault} onCheckedChange={setDefault} label={words.startWith} />
        ) : null}
      </form>
    </Dialog>
  );
}
