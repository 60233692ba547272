import { useState } from 'react';
import type { Backup } from '../../../preload/contract/backup.ts';
import { useQuery } from '../../client/client-context.tsx';
import { parseTime } from '../../client/clock.ts';
import { useForm } from '../../client/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorBar } from '../../ui/error-bar.tsx';
import { formatBytes, formatExact } from '../../ui/format-time.ts';
import { Time } from '../../ui/time.tsx';
import { useToast } from '../../ui/toast.tsx';
import { strings as safeMode } from '../safe-mode/strings.ts';
import { ReadState } from './read-state.tsx';
import { RestoreDialog } from './restore-dialog.tsx';
import { strings } from './strings.ts';

const words = strings.backup;

/** Copies of the database, newest first; one is made now, or gone back to. */
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
                    <span className="text-meta text-ink-3" title={backup.path}>
                      {`${formatExact(parseTime(backup.createdAt))} · ${backup.holds ? words.holds(backup.holds) : words.unreadable}`}
                    </span>
                  </div>
                  <span className="w-[72px] shrink-0 text-end text-meta text-ink-2 tabular-nums">
                    {formatBytes(backup.bytes)}
                  </span>
                  <Button
                    size="small"
                    aria-label={words.restoreOf(backup.name)}
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
        <RestoreDialog
          backup={chosen}
          reason={reasonOf(chosen)}
          onClose={() => {
            setChosen(undefined);
          }}
        />
      ) : null}
    </section>
  );
}

function reasonOf({ reason }: Backup): string {
  return safeMode.reasons[reason] ?? safeMode.beforeMigration;
}
