import { RotateCcw } from 'lucide-react';
import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { formatDuration } from '../../ui/format-time.ts';
import { Mono } from '../../ui/mono.tsx';
import { StatusLabel } from '../../ui/status-glyph.tsx';
import { timeOfDay } from './clock-words.ts';
import { entryLook } from './entry-look.ts';
import { CopyButton } from './copy-button.tsx';
import { EventBody } from './event-body.tsx';
import { number } from './event-payload.ts';
import { retryFromWords } from './retry-picks.ts';
import { OutputBlock } from './output-block.tsx';
import type { RunEvent } from './run-types.ts';
import { strings } from './strings.ts';
import type { Entry } from './timeline-entry.ts';

const words = strings.inspector;

/** All of one entry: what it says, what came out, and the events as they were written. */
export function EventInspector({
  runId,
  entry,
  event,
  retryable,
  onRetryFrom,
}: {
  runId: string;
  entry: Entry | undefined;
  /** In the raw lens: one event, as it was written. */
  event?: RunEvent | undefined;
  /** The steps whose checkpoints the run can be tried again from. */
  retryable?: ReadonlySet<number> | undefined;
  onRetryFrom?: ((step: number) => void) | undefined;
}) {
  if (event)
    return (
      <div className="flex flex-col gap-12 p-16">
        <h2 className="font-mono text-title">{event.type}</h2>
        <OutputBlock text={JSON.stringify(event, null, 2)} from="start" />
        <footer>
          <CopyButton label={words.raw} value={() => JSON.stringify(event, null, 2)} />
        </footer>
      </div>
    );
  if (!entry) return <p className="p-16 text-body text-ink-2">{words.none}</p>;
  const look = entryLook(entry);
  const checkpoint = entry.kind === 'checkpoint' ? entry.events[0] : undefined;
  const step = checkpoint && number(checkpoint, 'step');
  const events = entry.kind === 'fold' ? entry.items.flatMap((item) => item.events) : entry.events;
  return (
    <div className="flex flex-col gap-12 p-16">
      <header className="flex flex-col gap-4">
        <h2 className={cx('text-title wrap-anywhere', look.mono && 'font-mono')}>
          {headingOf(entry, look.title)}
        </h2>
        <p className="flex flex-wrap items-center gap-x-12 gap-y-2 text-meta text-ink-2">
          <span className="font-mono">{timeOfDay(entry.at, true)}</span>
          {entry.stage === '' ? null : (
            <span>
              {words.stage} <Mono>{entry.stage}</Mono>
            </span>
          )}
          {entry.until !== null && entry.until - entry.at >= 1000 ? (
            <span>{formatDuration(entry.until - entry.at)}</span>
          ) : null}
          {entry.open ? <StatusLabel shape="spinner">{words.running}</StatusLabel> : null}
          <ExitCode entry={entry} />
        </p>
      </header>
      <EventBody runId={runId} entry={entry} />
      {events.length > 0 ? (
        <footer className="flex gap-8">
          {step !== undefined && retryable?.has(step) ? (
            <Button
              size="small"
              icon={RotateCcw}
              onClick={() => {
                onRetryFrom?.(step);
              }}
            >
              {retryFromWords.here}
            </Button>
          ) : null}
          <CopyButton
            label={words.raw}
            value={() => JSON.stringify(events.length === 1 ? events[0] : events, null, 2)}
          />
        </footer>
      ) : null}
    </div>
  );
}

/** A message is shown whole below, so its heading names its kind. */
function headingOf(entry: Entry, title: string): string {
  if (entry.kind === 'message') return strings.timeline.filters.messages.replace(/s$/, '');
  if (entry.kind === 'reasoning') return strings.timeline.thought;
  return title;
}

function ExitCode({ entry }: { entry: Entry }) {
  const last = entry.events.at(-1);
  if (!last || !('exitCode' in last.payload)) return null;
  const code = number(last, 'exitCode') ?? null;
  return (
    <span className={code === 0 ? 'text-success-text' : 'text-danger-text'}>
      {strings.timeline.exit(code)}
    </span>
  );
}
