import { useState } from 'react';
import type { Backup, RestorePreview } from '../../../preload/contract/backup.ts';
import { useClient, useOverview, useQuery } from '../../client/client-context.tsx';
import { parseTime } from '../../client/clock.ts';
import { useForm } from '../../client/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorBar } from '../../ui/error-bar.tsx';
import { formatExact } from '../../ui/format-time.ts';
import { useToast } from '../../ui/toast.tsx';
import { BackupFacts } from './backup-facts.tsx';
import { RestoreByHand } from './restore-by-hand.tsx';
import { RunsAtWork } from './runs-at-work.tsx';
import { strings } from './strings.ts';

const words = strings.backup;

/** Says what going back would come to, after a full check of the backup, and does it once the owner has said so twice. */
export function RestoreDialog({
  backup,
  reason,
  onClose,
}: {
  backup: Backup;
  reason: string;
  onClose: () => void;
}) {
  const preview = useQuery('backup.preview', { backup: backup.name });
  const working = useOverview()?.running ?? 0;
  const { busy, failure, send } = useForm();
  const [understood, setUnderstood] = useState(false);
  const client = useClient();
  const toast = useToast();
  const { data } = preview;
  const can = data?.fault === null && data.notOffered === '';
  const restore = async (): Promise<void> => {
    const reply = await send('backup.restore', { backup: backup.name });
    // What there is may be of another past by now, however it went.
    client.retry();
    if (!reply.ok) return;
    toast({ text: words.restored(reply.value.paused) });
    onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open && !busy) onClose();
      }}
      keepOpen={busy}
      title={words.dialog}
      footer={
        can ? (
          <>
            <Button onClick={onClose} disabled={busy}>
              {words.cancel}
            </Button>
            <Button
              variant="danger"
              busy={busy}
              disabled={!understood || working > 0}
              onClick={() => void restore()}
            >
              {words.go}
            </Button>
          </>
        ) : (
          <Button onClick={onClose}>{words.close}</Button>
        )
      }
    >
      <div className="flex flex-col gap-16">
        <BackupFacts backup={backup} reason={reason} />
        {failure ? <ErrorBar message={failure.message} hint={failure.hint} /> : null}
        {preview.failure ? (
          <ErrorBar message={words.failed} hint={preview.failure.message} onRetry={preview.reread} />
        ) : data ? (
          <Looked preview={data} />
        ) : (
          <p role="status" className="text-ink-2">
            {words.checking}
          </p>
        )}
        {can && working > 0 ? <RunsAtWork count={working} /> : null}
        {can ? (
          busy ? (
            <p role="status">{words.going}</p>
          ) : (
            <Checkbox checked={understood} onCheckedChange={setUnderstood} label={words.understood} />
          )
        ) : null}
      </div>
    </Dialog>
  );
}

function Looked({ preview: { backup, fault, lost, older, notOffered } }: { preview: RestorePreview }) {
  if (fault !== null)
    return <ErrorBar message={`${words.cannot} ${fault}.`.replace(/\.\.$/u, '.')} hint={words.cannotHint} />;
  const since = lost?.since ? formatExact(parseTime(lost.since)) : '';
  return (
    <>
      {lost ? (
        <section>
          <h3 className="text-body font-medium">{words.lostTitle}</h3>
          <p className="mt-4 text-ink-2">
            {lost.changes === 0 ? words.lostNothing : words.lost(lost, since)}
          </p>
        </section>
      ) : null}
      {notOffered === '' ? (
        <section>
          <h3 className="text-body font-medium">{words.thenTitle}</h3>
          <ol className="mt-4 flex list-decimal flex-col gap-4 ps-16 text-ink-2">
            {[...words.steps, ...(older ? [words.older] : [])].map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
        </section>
      ) : (
        <RestoreByHand name={backup.name} why={notOffered} />
      )}
    </>
  );
}
