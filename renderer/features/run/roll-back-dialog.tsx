import { lazy, Suspense, useRef, useState } from 'react';
import type { ContractFailure } from '../../../preload/contract/errors.ts';
import type { OutputOf } from '../../../preload/contract/operations.ts';
import { useActions } from '../../app/actions-context.tsx';
import { useQuery } from '../../client/client-context.tsx';
import { useForm } from '../../client/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorBar } from '../../ui/error-bar.tsx';
import { Mono } from '../../ui/mono.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import { useToast } from '../../ui/toast.tsx';
import { Changes } from './changes.tsx';
import type { Run } from './run-types.ts';
import { strings } from './strings.ts';

const words = strings.rollBack;
type Preview = OutputOf<'run.previewRollBack'>;
const RevertDiff = lazy(async () => ({ default: (await import('../review/revert-diff.tsx')).RevertDiff }));

/** Asks once, shows what it changes, and names the files where later work stands in the way. */
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
  const preview = useQuery('run.previewRollBack', { id: run.id }).data;
  const blocked =
    preview?.blocked?.message ?? (preview && preview.conflicts.length > 0 ? words.inTheWay : undefined);
  const submit = (): void => {
    if (busy || blocked !== undefined) return;
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
      size="large"
      initialFocus={keep}
      footer={
        <>
          <Button ref={keep} onClick={onClose}>
            {words.cancel}
          </Button>
          <Button variant="danger" keys="$mod+Enter" busy={busy} unavailable={blocked} onClick={submit}>
            {words.confirm}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-12">
        {failure ? <Refused failure={failure} /> : null}
        {preview && !failure ? <Now preview={preview} /> : null}
        {preview === undefined ? <p className="text-meta text-ink-2">{words.check}</p> : null}
        {preview && preview.files.length > 0 ? (
          <section aria-label={words.does} className="flex flex-col gap-4">
            <h3 className="flex items-baseline gap-8 text-meta font-medium text-ink-2">
              {words.does}
              <Changes
                files={preview.files.length}
                additions={preview.additions}
                deletions={preview.deletions}
              />
            </h3>
            <div className="flex h-[32vh] flex-col overflow-hidden rounded-control border border-line">
              <Suspense>
                <RevertDiff files={preview.files} />
              </Suspense>
            </div>
          </section>
        ) : null}
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

/** What was changed since, and what stands in the way. */
function Now({ preview }: { preview: Preview }) {
  const { blocked, conflicts, changedSince } = preview;
  if (blocked) return <ErrorBar kind="stale" message={blocked.message} hint={blocked.hint} />;
  if (conflicts.length > 0)
    return (
      <>
        <ErrorBar kind="stale" message={words.inTheWay} hint={words.inTheWayHint} />
        <Files title={words.conflict} paths={conflicts} />
      </>
    );
  return changedSince.length === 0 ? (
    <p className="text-meta text-ink-2">{words.untouched}</p>
  ) : (
    <Files title={words.changedSince} paths={changedSince} />
  );
}

function Files({ title, paths }: { title: string; paths: readonly string[] }) {
  return (
    <div className="flex flex-col gap-4">
      <h3 className="text-meta font-medium text-ink-2">{title}</h3>
      <ul aria-label={title} className="flex max-h-[18vh] flex-col gap-2 overflow-y-auto">
        {paths.map((path) => (
          <li key={path}>
            <Mono>{path}</Mono>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Refused({ failure }: { failure: ContractFailure }) {
  const files = filesOf(failure);
  return (
    <div className="flex flex-col gap-8">
      <ErrorBar message={failure.message} hint={failure.hint} />
      {files.length > 0 ? <Files title={words.conflict} paths={files} /> : null}
    </div>
  );
}

function filesOf({ details }: ContractFailure): readonly string[] {
  if (typeof details !== 'object' || details === null || Array.isArray(details)) return [];
  const { files } = details;
  return Array.isArray(files) ? files.filter((file) => typeof file === 'string') : [];
}
