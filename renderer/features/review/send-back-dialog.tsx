import { useState } from 'react';
import { useActions } from '../../app/actions-context.tsx';
import { useForm } from '../../client/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorBar } from '../../ui/error-bar.tsx';
import { Field } from '../../ui/field.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import type { Run } from '../run/run-types.ts';
import { strings } from './strings.ts';

const words = strings.sendBack;

/** The comments as one text that can still be changed, on its way to the agent. */
export function SendBackDialog({
  run,
  feedback,
  onClose,
  onSent,
}: {
  run: Run;
  feedback: string;
  onClose: () => void;
  onSent: () => void;
}) {
  const { busy, failure, send } = useForm();
  const [text, setText] = useState(feedback);
  const submit = (): void => {
    if (busy || text.trim() === '') return;
    void send('run.requestChanges', { id: run.id, version: run.version, feedback: text.trim() }).then(
      (reply) => {
        if (reply.ok) onSent();
      },
    );
  };
  useActions([
    {
      id: 'review.send-back.confirm',
      title: words.title,
      group: strings.group,
      scope: 'dialog',
      keys: '$mod+Enter',
      listed: false,
      run: submit,
    },
  ]);
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={words.title}
      description={words.detail}
      size="large"
      footer={
        <>
          <Button onClick={onClose}>{words.cancel}</Button>
          <Button
            variant="primary"
            keys="$mod+Enter"
            busy={busy}
            disabled={text.trim() === ''}
            onClick={submit}
          >
            {words.confirm}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-12">
        {failure ? <ErrorBar message={failure.message} hint={failure.hint} /> : null}
        <Field label={words.label}>
          <TextArea
            value={text}
            onValueChange={setText}
            placeholder={words.placeholder}
            minRows={6}
            maxRows={18}
          />
        </Field>
      </div>
    </Dialog>
  );
}
