import { useEffect } from 'react';
import type { OutputOf } from '../../../preload/contract/operations.ts';
import { labels } from '../../../preload/contract/labels.ts';
import { useQuery } from '../../client/client-context.tsx';
import { useForm } from '../../client/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { useClock } from '../../ui/clock-context.tsx';
import { ErrorBar } from '../../ui/error-bar.tsx';
import { Field } from '../../ui/field.tsx';
import { formatBytes } from '../../ui/format-time.ts';
import { Select } from '../../ui/select.tsx';
import { StatusLabel } from '../../ui/status-glyph.tsx';
import { Time } from '../../ui/time.tsx';
import { strings } from './strings.ts';
import { ReadState } from './read-state.tsx';

const words = strings.updates;
type Update = OutputOf<'update.get'>;

/** Whether there is a newer Homer, and what the owner can do about it now. */
export function UpdateRow() {
  const update = useQuery('update.get', {});
  const clock = useClock();
  const { reread } = update;
  const moves = update.data?.state === 'checking' || update.data?.state === 'downloading';
  // How far a download is, is no event: it is asked for, often only while it moves.
  useEffect(() => clock.every(moves ? 500 : 5_000, reread), [clock, moves, reread]);
  return (
    <section aria-label={words.title} className="flex flex-col gap-12">
      <h3 className="border-b border-line pb-4 text-title">{words.title}</h3>
      <ReadState query={update}>
        {(view) =>
          view.notOffered === '' ? <Offered view={view} /> : <p className="text-ink-2">{view.notOffered}</p>
        }
      </ReadState>
    </section>
  );
}

function Offered({ view }: { view: Update }) {
  const { busy, failure, send } = useForm();
  const set = (key: string) => (value: string) => {
    void send('flag.set', { key, value });
  };
  return (
    <>
      <div className="flex flex-wrap gap-16">
        <Field label={words.mode} help={words.modeHelp(view.address ?? '')}>
          <Select
            className="w-[300px] max-w-full"
            disabled={busy}
            value={view.mode}
            options={optionsOf(labels.updateMode)}
            onValueChange={set('updates.mode')}
          />
        </Field>
        {view.mode === 'off' ? null : (
          <Field label={words.channel}>
            <Select
              className="w-[180px] max-w-full"
              disabled={busy}
              value={view.channel}
              options={optionsOf(labels.updateChannel)}
              onValueChange={set('updates.channel')}
            />
          </Field>
        )}
      </div>
      {view.state === 'off' ? null : <Standing view={view} />}
      {failure ? <ErrorBar message={failure.message} hint={failure.hint} /> : null}
      {view.notes !== '' ? (
        <div className="flex flex-col gap-4">
          <h4 className="font-medium">{words.notes(view.version ?? '')}</h4>
          <p className="max-h-[240px] overflow-y-auto whitespace-pre-wrap text-ink-2" tabIndex={0}>
            {view.notes}
          </p>
        </div>
      ) : null}
    </>
  );
}

function Standing({ view }: { view: Update }) {
  const { busy, failure, send } = useForm();
  const { state, version, progress } = view;
  return (
    <>
      {state === 'failed' && view.failure ? (
        <ErrorBar
          message={view.failure.message}
          hint={view.failure.hint}
          busy={busy}
          onRetry={() => void send('update.check', {})}
        />
      ) : (
        <div className="flex flex-wrap items-center gap-12">
          <div role="status" className="min-w-0 flex-1">
            <StatusLabel shape={state === 'up_to_date' || state === 'ready' ? 'check' : 'diamond'}>
              {state === 'downloading'
                ? words.downloading(version ?? '', progress && progress.all > 0 ? shareOf(progress) : '')
                : words.states[state](version ?? '')}
            </StatusLabel>
            {view.checkedAt === null ? null : (
              <p className="text-meta text-ink-2">
                {words.looked} <Time at={view.checkedAt} />
              </p>
            )}
          </div>
          {state === 'available' ? (
            <Button busy={busy} onClick={() => void send('update.download', {})}>
              {words.download}
            </Button>
          ) : null}
          {state === 'ready' ? (
            <Button variant="primary" busy={busy} onClick={() => void send('update.restart', {})}>
              {words.restart}
            </Button>
          ) : null}
          {state === 'up_to_date' || state === 'available' ? (
            <Button variant="ghost" busy={busy} onClick={() => void send('update.check', {})}>
              {words.look}
            </Button>
          ) : null}
        </div>
      )}
      {state === 'downloading' ? (
        <progress
          aria-label={words.progress}
          className="h-4 w-full accent-accent"
          {...(progress && progress.all > 0 ? { max: progress.all, value: progress.done } : {})}
        />
      ) : null}
      {state === 'ready' ? <p className="text-meta text-ink-2">{words.readyHelp}</p> : null}
      {failure ? <ErrorBar message={failure.message} hint={failure.hint} /> : null}
    </>
  );
}

function shareOf({ done, all }: { done: number; all: number }): string {
  return words.share(formatBytes(done), formatBytes(all));
}

function optionsOf(labels: Readonly<Record<string, string>>): { value: string; label: string }[] {
  return Object.entries(labels).map(([value, label]) => ({ value, label }));
}
