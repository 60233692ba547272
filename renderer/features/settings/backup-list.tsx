import { useState } from 'react';
import type { OutputOf } from '../../../preload/contract/operations.ts';
import { useQuery } from '../../client/client-context.tsx';
import { useForm } from '../../client/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorBar } from '../../ui/error-bar.tsx';
import { formatBytes } from '../../ui/format-time.ts';
import { Mono } from '../../ui/mono.tsx';
import { Time } from '../../ui/time.tsx';
import { useToast } from '../../ui/toast.tsx';
import { strings as safeMode } from '../safe-mode/strings.ts';
import { ReadState } from './read-state.tsx';
import { strings } from './strings.ts';

const words = strings.backup;
type Backup = OutputOf<'backup.list'>[number];

/** Copies of the database, newest first; how to make one now, and how to go back to one. */
export function BackupList() {
  const backups = useQuery('backup.list', {});
  const { busy, failure, send } = useForm();
  const [chosen, setChosen] = useState<Backup>();
  const toast = useToast();
  const make = async (): Promise<void> => {
    const reply = await send('backup.create', {});
    if (!reply.ok) return;
    toast({ text: words.done(formatBytes(reply.value.bytes), reply.value.durationMs) });
    backups.reread();
  };
  return (
    <section aria-label={words.title} className="flex flex-col gap-8">
      <div className="flex items-end gap-12 border-b border-line pb-4">
        <h3 className="flex-1 text-title">{words.title}</h3>
        <Button size="small" busy={busy} onClick={() => void make()}>
          {words.now}
        </Button>
      </div>
      {failure ? <ErrorBar message={failure.message} hint={failure.hint} /> : null}
      <ReadState query={backups}>
        {(list) =>
          list.length === 0 ? (
            <p className="text-ink-2">{words.none}</p>
          ) : (
            <ul className="flex flex-col">
              {list.map((backup) => (
                <li
                  key={backup.path}
                  className="flex min-h-40 items-center gap-12 border-b border-line py-4 last:border-b-0"
                >
                  <div className="flex min-w-0 flex-1 flex-col">
                    <span>
                      <Time at={backup.createdAt} /> · {reasonOf(backup)}
                    </span>
                    <span className="text-meta text-ink-3">
                      <Mono elide>{backup.path}</Mono>
                    </span>
                  </div>
                  <span className="w-[72px] shrink-0 text-end text-meta text-ink-2 tabular-nums">
                    {formatBytes(backup.bytes)}
                  </span>
                  <Button
                    size="small"
                    aria-label={words.restoreOf(nameOf(backup.path))}
                    onClick={() => {
                      setChosen(backup);
                    }}
                  >
                    {words.restore}
                  </Button>
                </li>
              ))}
            </ul>
          )
        }
      </ReadState>
      {chosen ? (
        <HowToRestore
          path={chosen.path}
          onClose={() => {
            setChosen(undefined);
          }}
        />
      ) : null}
    </section>
  );
}

/** The database of a Homer that runs cannot be replaced under it, so going back is a command for the time it is closed. */
function HowToRestore({ path, onClose }: { path: string; onClose: () => void }) {
  const toast = useToast();
  const command = `homer restore ${nameOf(path)}`;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={words.howTitle}
      description={words.how}
      footer={
        <>
          <Button onClick={onClose}>{words.close}</Button>
          <Button
            variant="primary"
            onClick={() => {
              void navigator.clipboard.writeText(command).then(() => {
                toast({ text: words.copied });
                onClose();
              });
            }}
          >
            {words.copy}
          </Button>
        </>
      }
    >
      <p className="rounded-control bg-inset px-12 py-8 wrap-anywhere">
        <Mono>{command}</Mono>
      </p>
      <p className="mt-8 text-meta text-ink-2">{words.after}</p>
    </Dialog>
  );
}

function reasonOf({ reason }: Backup): string {
  return safeMode.reasons[reason] ?? reason;
}

function nameOf(path: string): string {
  return path.split(/[/\\]/u).at(-1) ?? path;
}
