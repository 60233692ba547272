import { useEffect, useState } from 'react';
import type { Damage } from '../../../preload/contract/safe-mode.ts';
import { useClient, useQuery } from '../../client/client-context.tsx';
import { parseTime } from '../../client/clock.ts';
import { useForm } from '../../client/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorBar } from '../../ui/error-bar.tsx';
import { formatExact } from '../../ui/format-time.ts';
import { useToast } from '../../ui/toast.tsx';
import { BackupChoice } from './backup-choice.tsx';
import { strings as words } from './strings.ts';
import { TryAgain } from './try-again.tsx';

const mostFaults = 5;

/** All there is to see while the database cannot be used: what is wrong, what to do, and the way back. */
export function SafeModePage() {
  const { data, failure, reread, pending } = useQuery('safeMode.get', {});
  useEffect(() => {
    document.title = `${words.title} · Homer`;
  }, []);
  const damage = data?.damage;
  return (
    <main tabIndex={-1} className="min-h-screen overflow-y-auto bg-canvas px-24 py-48 text-ink outline-none">
      <div className="mx-auto flex max-w-[688px] flex-col gap-24">
        <header>
          <h1 className="text-page">{words.title}</h1>
          <p className="mt-8 text-ink-2">{damage ? words.what[damage.cause] : words.unusable}</p>
        </header>
        {failure ? (
          <ErrorBar message={words.failure} hint={failure.message} onRetry={reread} busy={pending} />
        ) : null}
        {damage ? <Found damage={damage} /> : failure ? null : <p role="status">{words.checking}</p>}
      </div>
    </main>
  );
}

function Found({ damage }: { damage: Damage }) {
  const { cause, hint, database, faults, backups } = damage;
  // What the host says is for a terminal too; only where nothing better is known it stands here.
  const todo = cause === 'failed' ? hint : words.todoOf[cause];
  const good = backups.filter(({ fault }) => fault === null);
  const [chosen, setChosen] = useState(good[0]?.name ?? '');
  const [asking, setAsking] = useState(false);
  const { busy, failure, send } = useForm();
  const client = useClient();
  const toast = useToast();
  const backup = good.find(({ name }) => name === chosen);
  return (
    <>
      <section aria-label={words.faults} className="flex flex-col gap-8 border-t border-line pt-16">
        <h2 className="text-title">{words.file[cause]}</h2>
        <code className="text-code wrap-anywhere">{database}</code>
        <h3 className="mt-4 text-body font-medium">{words.faults}</h3>
        <ul className="flex list-disc flex-col gap-4 ps-16 text-ink-2">
          {faults.slice(0, mostFaults).map((fault) => (
            <li key={fault} className="wrap-anywhere">
              {fault}
            </li>
          ))}
          {faults.length > mostFaults ? <li>{words.moreFaults(faults.length - mostFaults)}</li> : null}
        </ul>
        {todo === '' ? null : (
          <>
            <h3 className="mt-4 text-body font-medium">{words.todo}</h3>
            <p className="text-ink-2">{todo}</p>
          </>
        )}
        <TryAgain first={cause === 'no_room'} told={faults} />
      </section>
      {cause === 'no_room' ? null : (
        <section aria-label={words.backups} className="flex flex-col gap-12 border-t border-line pt-16">
          <h2 className="text-title">{good.length === 0 ? words.noneTitle : words.backups}</h2>
          <p className="text-ink-2">{good.length === 0 ? words.none[cause] : words.backupsHelp}</p>
          {backups.length > 0 ? <BackupChoice backups={backups} value={chosen} onChange={setChosen} /> : null}
          {backup ? (
            <div>
              <Button
                variant="primary"
                onClick={() => {
                  setAsking(true);
                }}
              >
                {words.restore}
              </Button>
            </div>
          ) : null}
        </section>
      )}
      <Dialog
        open={asking}
        onOpenChange={setAsking}
        title={words.confirmTitle}
        description={backup ? words.confirm(formatExact(parseTime(backup.createdAt))) : undefined}
        size="small"
        footer={
          <>
            <Button
              onClick={() => {
                setAsking(false);
              }}
            >
              {words.cancel}
            </Button>
            <Button
              variant="danger"
              busy={busy}
              onClick={() => {
                void send('safeMode.restore', { backup: chosen }).then((reply) => {
                  if (!reply.ok) return;
                  setAsking(false);
                  toast({ text: words.done(reply.value.paused) });
                  client.retry();
                });
              }}
            >
              {words.confirmButton}
            </Button>
          </>
        }
      >
        {failure ? <ErrorBar message={failure.message} hint={failure.hint} /> : null}
      </Dialog>
    </>
  );
}
