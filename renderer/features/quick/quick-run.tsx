import { useState } from 'react';
import type { OutputOf } from '../../../preload/contract/operations.ts';
import { useForm } from '../../client/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { Duration } from '../../ui/duration.tsx';
import { StatusGlyph } from '../../ui/status-glyph.tsx';
import { strings } from './strings.ts';

type Row = OutputOf<'run.list'>['rows'][number];

/** One run at work. Stopping asks once, in its place. */
export function QuickRun({ run, onOpen }: { run: Row; onOpen: () => void }) {
  const [asking, setAsking] = useState(false);
  const { busy, failure, send } = useForm();
  const stop = async (): Promise<void> => {
    await send('run.stop', { id: run.id });
    setAsking(false);
  };
  return (
    <li className="flex min-h-40 items-center gap-12 px-16">
      <StatusGlyph shape="spinner" />
      <button type="button" onClick={onOpen} className="min-w-0 flex-1 py-6 text-start">
        <span className="block truncate">{run.name}</span>
        <span className="block truncate text-meta text-ink-2">
          <span className="font-mono text-micro font-regular text-ink-3">#{run.number} · </span>
          {failure
            ? failure.message
            : run.status === 'validating'
              ? strings.validating
              : strings.step(run.step, run.maxSteps)}
        </span>
      </button>
      {run.startedAt === null ? null : <Duration since={run.startedAt} className="text-meta text-ink-2" />}
      {asking ? (
        <span className="flex gap-4">
          <Button size="small" variant="danger" busy={busy} onClick={() => void stop()}>
            {strings.really}
          </Button>
          <Button
            size="small"
            variant="ghost"
            onClick={() => {
              setAsking(false);
            }}
          >
            {strings.keep}
          </Button>
        </span>
      ) : (
        <Button
          size="small"
          aria-label={strings.stopRun(run.number)}
          onClick={() => {
            setAsking(true);
          }}
        >
          {strings.stop}
        </Button>
      )}
    </li>
  );
}
