import { useRef, useState } from 'react';
import type { ContractFailure } from '../../../preload/contract/errors.ts';
import { useActions } from '../../app/actions-context.tsx';
import { useForm } from '../../client/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorBar } from '../../ui/error-bar.tsx';
import { Mono } from '../../ui/mono.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import { useToast } from '../../ui/toast.tsx';
import type { Run } from './run-types.ts';
import { strings } from './strings.ts';

const words = strings.rollBack;

/** Asks once, says what it does, and names the files where later work stands in the way. */
export function RollBackDialog({
  run,
  onClose,
  onDone,
}: {
  run: Run;
  onClose: () => void;
  onDone: () => void;
}) {
  const toast = useToast();
  const { busy, failure, send } = useForm();
  const [reason, setReason] = useState('');
  const keep = useRef<HTMLButtonElement>(null);
  const submit = (): void => {
    if (busy) return;
    const said = reason.trim();
    const input = { id: run.id, version: run.version, ...(said === '' ? {} : { reason: said }) };
    void send('run.rollBack', input).then((reply) => {
      if (!reply.ok) return;
      toast({ text: words.done(run.number) });
      onDone();
    });
  };
  useActions([
    {
      id: 'run.roll-back.confirm',
      title: words.confirm,
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
      title={words.title(run.number)}
      description={words.detail(run.appliedCommit?.slice(0, 8) ?? run.name)}
      initialFocus={keep}
      footer={
        <>
          <Button ref={keep} onClick={onClose}>
            {words.cancel}
          </Button>
          <Button variant="danger" keys="$mod+Enter" busy={busy} onClick={submit}>
            {words.confirm}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-12">
        {failure ? <Refused failure={failure} /> : <p className="text-meta text-ink-2">{words.check}</p>}
        <TextArea
          aria-label={words.reason}
          placeholder={words.reason}
          value={reason}
          onValueChange={setReason}
          minRows={2}
        />
      </div>
    </Dialog>
  );
}

function Refused({ failure }: { failure: ContractFailure }) {
  const files = filesOf(failure);
  return (
    <div className="flex flex-col gap-8">
      <ErrorBar message={failure.message} hint={failure.hint} />
      {files.length > 0 ? (
        <div className="flex flex-col gap-4">
          <h3 className="text-meta font-medium text-ink-2">{words.conflict}</h3>
          <ul aria-label={words.conflict} className="flex max-h-[24vh] flex-col gap-2 overflow-y-auto">
            {files.map((file) => (
              <li key={file}>
                <Mono>{file}</Mono>
              </li>
            ))}
          </ul>
        </div>
      ) : null}
    </div>
  );
}

function filesOf({ details }: ContractFailure): readonly string[] {
  if (typeof details !== 'object' || details === null || Array.isArray(details)) return [];
  const { files } = details;
  return Array.isArray(files) ? files.filter((file) => typeof file === 'string') : [];
}
