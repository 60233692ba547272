import { Plus } from 'lucide-react';
import { useState } from 'react';
import { labels } from '../../../preload/contract/labels.ts';
import { useQuery } from '../../client/client-context.tsx';
import { useForm } from '../../client/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorBar } from '../../ui/error-bar.tsx';
import { StatusLabel } from '../../ui/status-glyph.tsx';
import { Time } from '../../ui/time.tsx';
import { useToast } from '../../ui/toast.tsx';
import { ReadState } from '../settings/read-state.tsx';
import { KeeperList } from './keeper-list.tsx';
import { SecretDialog } from './secret-dialog.tsx';
import { strings } from './strings.ts';

/** Secrets by name. Values go in by the dialog; nothing here, and no answer of the runtime, has one to show. */
export function SecretsSection() {
  const secrets = useQuery('secret.list', {});
  const status = useQuery('secret.status', {});
  const [setting, setSetting] = useState<{ name?: string }>();
  const [deleting, setDeleting] = useState<string>();
  const reread = (): void => {
    secrets.reread();
    status.reread();
  };
  return (
    <>
      <p className="text-ink-2">{strings.help}</p>
      <Button
        className="self-start"
        icon={Plus}
        onClick={() => {
          setSetting({});
        }}
      >
        {strings.add}
      </Button>
      <ReadState query={secrets}>
        {(list) =>
          list.length === 0 ? (
            <p className="text-ink-2">
              {strings.none}. {strings.noneHelp}
            </p>
          ) : (
            <ul aria-label={strings.list} className="flex flex-col">
              {list.map(({ name, keeper, updatedAt, readable }) => (
                <li
                  key={name}
                  className="flex flex-wrap items-center gap-x-12 gap-y-4 border-b border-line py-8 last:border-b-0"
                >
                  <div className="min-w-0 flex-1 basis-[200px]">
                    <code translate="no" className="font-mono text-[0.923em] wrap-anywhere">
                      {name}
                    </code>
                    <p className="text-meta text-ink-2">
                      {strings.keptBy(labels.secretKeeper[keeper])} · <Time at={updatedAt} />
                    </p>
                    {readable ? null : (
                      <>
                        <StatusLabel shape="octagon">{strings.unreadable}</StatusLabel>
                        <p className="text-meta text-ink-2">{strings.unreadableHelp}</p>
                      </>
                    )}
                  </div>
                  <Button
                    size="small"
                    aria-label={`${strings.replace} ${name}`}
                    onClick={() => {
                      setSetting({ name });
                    }}
                  >
                    {strings.replace}
                  </Button>
                  <Button
                    size="small"
                    variant="ghost"
                    aria-label={`${strings.remove} ${name}`}
                    onClick={() => {
                      setDeleting(name);
                    }}
                  >
                    {strings.remove}
                  </Button>
                </li>
              ))}
            </ul>
          )
        }
      </ReadState>
      <section aria-label={strings.keepers} className="flex flex-col gap-12">
        <h3 className="border-b border-line pb-4 text-title">{strings.keepers}</h3>
        <ReadState query={status}>{(known) => <KeeperList status={known} />}</ReadState>
      </section>
      {setting ? (
        <SecretDialog
          name={setting.name}
          close={() => {
            setSetting(undefined);
            reread();
          }}
        />
      ) : null}
      {deleting === undefined ? null : (
        <DeleteDialog
          name={deleting}
          close={() => {
            setDeleting(undefined);
            reread();
          }}
        />
      )}
    </>
  );
}

function DeleteDialog({ name, close }: { name: string; close: () => void }) {
  const { busy, failure, send } = useForm();
  const toast = useToast();
  const remove = async (): Promise<void> => {
    const reply = await send('secret.delete', { name });
    if (!reply.ok) return;
    toast({ text: strings.deleted(name) });
    close();
  };
  return (
    <Dialog
      open
      onOpenChange={close}
      title={strings.removeTitle(name)}
      description={strings.removeHelp}
      size="small"
      footer={
        <>
          <Button onClick={close}>{strings.cancel}</Button>
          <Button variant="danger" busy={busy} onClick={() => void remove()}>
            {strings.remove}
          </Button>
        </>
      }
    >
      {failure ? <ErrorBar message={failure.message} hint={failure.hint} /> : null}
    </Dialog>
  );
}
