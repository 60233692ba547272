import { useQuery } from '../../client/client-context.tsx';
import { useForm } from '../../client/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorBar } from '../../ui/error-bar.tsx';
import { formatBytes } from '../../ui/format-time.ts';
import { Mono } from '../../ui/mono.tsx';
import { Time } from '../../ui/time.tsx';
import { useToast } from '../../ui/toast.tsx';
import { ReadState } from './read-state.tsx';
import { strings } from './strings.ts';

export function BackupSection() {
  const backups = useQuery('backup.list', {});
  const { busy, failure, send } = useForm();
  const toast = useToast();
  const make = async (): Promise<void> => {
    const reply = await send('backup.create', {});
    if (!reply.ok) return;
    toast({ text: strings.backupDone(formatBytes(reply.value.bytes), reply.value.durationMs) });
    backups.reread();
  };
  return (
    <>
      <Button className="self-start" busy={busy} onClick={() => void make()}>
        {strings.backupNow}
      </Button>
      {failure ? <ErrorBar message={failure.message} hint={failure.hint} /> : null}
      <ReadState query={backups}>
        {(list) =>
          list.length === 0 ? (
            <p className="text-ink-2">{strings.noBackups}</p>
          ) : (
            <ul className="flex flex-col">
              {list.map((backup) => (
                <li
                  key={backup.path}
                  className="flex items-center gap-12 border-b border-line py-6 last:border-b-0"
                >
                  <div className="min-w-0 flex-1">
                    <Mono elide>{backup.path}</Mono>
                  </div>
                  <span className="text-meta text-ink-3">{backup.reason}</span>
                  <span className="w-[64px] text-end text-meta tabular-nums">
                    {formatBytes(backup.bytes)}
                  </span>
                  <Time at={backup.createdAt} className="w-[96px] text-end text-meta text-ink-2" />
                </li>
              ))}
            </ul>
          )
        }
      </ReadState>
    </>
  );
}
