import { useState } from 'react';
import { useForm } from '../../client/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorBar } from '../../ui/error-bar.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import type { Run } from '../run/run-types.ts';
import { strings } from './strings.ts';

const words = strings.discard;

export function DiscardDialog({
  run,
  onClose,
  onDone,
}: {
  run: Run;
  onClose: () => void;
  onDone: () => void;
}) {
  const { busy, failure, send } = useForm();
  const [reason, setReason] = useState('');
  const submit = (): void => {
    void send('run.discard', {
      id: run.id,
      version: run.version,
      ...(reason.trim() === '' ? {} : { reason: reason.trim() }),
    }).then((reply) => {
      if (reply.ok) onDone();
    });
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={words.title}
      description={words.detail}
      footer={
        <>
          <Button onClick={onClose}>{words.cancel}</Button>
          <Button variant="danger" busy={busy} onClick={submit}>
            {words.confirm}
          </Button>
        </>
      }
    >
      {failure ? <ErrorBar message={failure.message} hint={failure.hint} /> : null}
      <TextArea
        aria-label={words.reason}
        placeholder={words.reason}
        value={reason}
        onValueChange={setReason}
        minRows={2}
      />
    </Dialog>
  );
}
