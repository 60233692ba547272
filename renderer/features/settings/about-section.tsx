import type { ReactNode } from 'react';
import { useQuery } from '../../client/client-context.tsx';
import { useForm } from '../../client/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorBar } from '../../ui/error-bar.tsx';
import { Mono } from '../../ui/mono.tsx';
import { Time } from '../../ui/time.tsx';
import { useToast } from '../../ui/toast.tsx';
import { Licences } from './licences.tsx';
import { ReadState } from './read-state.tsx';
import { strings } from './strings.ts';
import { UpdateRow } from './update-row.tsx';

const words = strings.about;

/** What this Homer is, what it stands on, where it keeps things, and whether there is a newer one. */
export function AboutSection() {
  return (
    <>
      <ReadState query={useQuery('host.about', {})}>
        {(about) => (
          <>
            <dl className="grid grid-cols-[auto_1fr] gap-x-24 gap-y-6">
              <Row term={strings.version}>{about.version}</Row>
              <Row term={strings.host}>{strings.hosts[about.host]}</Row>
              {about.electron === null ? null : (
                <Row term="Electron">
                  <Outside version={about.electron} address="https://github.com/electron/electron" />
                </Row>
              )}
              <Row term="Node.js">
                <Outside version={about.node} address="https://nodejs.org/" />
              </Row>
              <Row term="SQLite">{about.sqlite}</Row>
              <Row term={words.system}>{about.system}</Row>
              <Standing />
            </dl>
            <Folder name={words.data} which="data" path={about.folders.data} notOffered={about.notOffered} />
            <Folder name={words.logs} which="logs" path={about.folders.logs} notOffered={about.notOffered} />
          </>
        )}
      </ReadState>
      <UpdateRow />
      <Licences />
    </>
  );
}

function Row({ term, children }: { term: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-3">{term}</dt>
      <dd>{children}</dd>
    </>
  );
}

/** What only the runtime knows; in safe mode there is none. */
function Standing() {
  const { data } = useQuery('health.get', {});
  if (!data) return null;
  return (
    <>
      <Row term={strings.started}>
        <Time at={data.startedAt} />
      </Row>
      <Row term={strings.schema}>{data.schema}</Row>
    </>
  );
}

/** A version that leads to where it is from; the desktop app asks before it opens a browser, and opens only hosts it knows. */
function Outside({ version, address }: { version: string; address: string }) {
  return (
    <>
      {version}{' '}
      <a
        href={address}
        target="_blank"
        rel="noreferrer"
        className="ms-4 text-meta text-accent-text underline decoration-1 underline-offset-2"
      >
        {new URL(address).host}
      </a>
    </>
  );
}

function Folder({
  name,
  which,
  path,
  notOffered,
}: {
  name: string;
  which: 'data' | 'logs';
  path: string;
  notOffered: string;
}) {
  const { busy, failure, send } = useForm();
  const toast = useToast();
  return (
    <section aria-label={name} className="flex flex-col gap-4">
      <h3 className="font-medium">{name}</h3>
      <div className="flex flex-wrap items-center gap-8">
        <div className="min-w-0 flex-1 basis-[240px]">
          <Mono elide>{path}</Mono>
        </div>
        <Button
          size="small"
          onClick={() => {
            void navigator.clipboard.writeText(path).then(() => {
              toast({ text: words.copied });
            });
          }}
        >
          {words.copy}
        </Button>
        <Button
          size="small"
          busy={busy}
          unavailable={notOffered === '' ? undefined : notOffered}
          onClick={() => void send('host.openFolder', { folder: which })}
        >
          {words.open}
        </Button>
      </div>
      {failure ? <ErrorBar message={failure.message} hint={failure.hint} /> : null}
    </section>
  );
}
