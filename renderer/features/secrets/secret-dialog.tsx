import { useState } from 'react';
import { labels } from '../../../preload/contract/labels.ts';
import { useForm } from '../../client/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorBar } from '../../ui/error-bar.tsx';
import { Field } from '../../ui/field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useToast } from '../../ui/toast.tsx';
import { strings } from './strings.ts';

/** Takes the value of a secret, which leaves this dialog for the runtime and comes back nowhere. `name`: the one to replace. */
export function SecretDialog({ name: known, close }: { name?: string | undefined; close: () => void }) {
  const [name, setName] = useState(known ?? '');
  const [value, setValue] = useState('');
  const { busy, failure, send } = useForm();
  const toast = useToast();
  const keep = async (): Promise<void> => {
    const reply = await send('secret.set', { name: name.trim(), value });
    if (!reply.ok) return;
    toast({ text: strings.kept(reply.value.name, labels.secretKeeper[reply.value.keeper]) });
    close();
  };
  return (
    <Dialog
      open
      onOpenChange={close}
      keepOpen={value !== ''}
      title={known === undefined ? strings.addTitle : strings.replaceTitle(known)}
      footer={
        <>
          <Button onClick={close}>{strings.cancel}</Button>
          <Button
            variant="primary"
            type="submit"
            form="secret"
            busy={busy}
            disabled={name.trim() === '' || value === ''}
          >
            {strings.save}
          </Button>
        </>
      }
    >
      <form
        id="secret"
        noValidate
        className="flex flex-col gap-16"
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== '' && value !== '' && !busy) void keep();
        }}
      >
        {known === undefined ? (
          <Field label={strings.name} help={strings.nameHelp}>
            <TextField mono value={name} maxLength={128} onValueChange={setName} />
          </Field>
        ) : null}
        <Field label={strings.value} help={strings.valueHelp}>
          <TextField
            mono
            type="password"
            autoComplete="new-password"
            value={value}
            onValueChange={setValue}
          />
        </Field>
        {failure ? <ErrorBar message={failure.message} hint={failure.hint} /> : null}
      </form>
    </Dialog>
  );
}
