import { useState, type KeyboardEvent } from 'react';
import { useForm } from '../../client/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { shortcutOf } from './shortcut-of.ts';
import { strings } from './strings.ts';

const words = strings.general;

/** The global shortcut of the quick window: press the keys while the field has the focus. Tab still leaves it. */
export function ShortcutField({
  shortcut,
  problem,
  notOffered,
  changed,
}: {
  shortcut: string;
  problem: string | null;
  notOffered: string;
  changed: () => void;
}) {
  const { busy, failure, clear, send } = useForm();
  const [hint, setHint] = useState('');
  const set = async (wanted: string): Promise<void> => {
    setHint('');
    await send('host.quickShortcut', { shortcut: wanted });
    changed();
  };
  const press = (event: KeyboardEvent): void => {
    if (['Tab', 'Shift', 'Control', 'Alt', 'Meta', 'Enter', 'Escape'].includes(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    clear();
    const pressed = shortcutOf(event);
    if (pressed === undefined) setHint(words.shortcutNeeds);
    else void set(pressed);
  };
  return (
    <div className="flex items-start gap-8">
      <div className="min-w-0 flex-1" onKeyDown={notOffered === '' ? press : undefined}>
        <Field
          label={words.shortcut}
          help={notOffered !== '' ? notOffered : hint !== '' ? hint : words.shortcutHelp}
          error={failure ? `${failure.message} ${failure.hint ?? ''}` : (problem ?? undefined)}
        >
          <TextField
            value={shortcut}
            onValueChange={() => undefined}
            placeholder={words.shortcutNone}
            disabled={notOffered !== ''}
            readOnly
          />
        </Field>
      </div>
      {shortcut === '' || notOffered !== '' ? null : (
        <Button className="mt-24" variant="ghost" busy={busy} onClick={() => void set('')}>
          {words.shortcutRemove}
        </Button>
      )}
    </div>
  );
}
