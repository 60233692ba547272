import { useMemo } from 'react';
import { useQuery } from '../../client/client-context.tsx';
import { cx } from '../../ui/cx.ts';
import { StatusGlyph, toneText } from '../../ui/status-glyph.tsx';
import { timeOfDay } from './clock-words.ts';
import { entryLook } from './entry-look.ts';
import { strings } from './strings.ts';
import { createTimeline } from './timeline-model.ts';
import { timelineRows } from './timeline-rows.ts';

/** So many events are looked at, and so many rows of them shown. */
const read = 80;
const shown = 8;
const none: ReadonlySet<never> = new Set();

/** What a run did last, in rows as its timeline has them. */
export function LatestEvents({ runId, lastSeq }: { runId: string; lastSeq: number }) {
  const { data } = useQuery(
    'run.events',
    { id: runId, before: lastSeq + 1, limit: read },
    { enabled: lastSeq > 0 },
  );
  const rows = useMemo(() => {
    const timeline = createTimeline();
    timeline.append((data?.events ?? []).toSorted((a, b) => a.seq - b.seq));
    return timelineRows(timeline, none, none)
      .filter(({ entry }) => entry.kind !== 'step' && entry.kind !== 'gap')
      .slice(-shown);
  }, [data]);
  if (rows.length === 0) return null;
  return (
    <section className="flex min-w-0 flex-col gap-4">
      <h3 className="text-meta font-medium text-ink-2">{strings.peek.latest}</h3>
      <ul className="flex flex-col">
        {rows.map(({ key, entry }) => {
          const { icon: Icon, shape, title, detail } = entryLook(entry);
          return (
            <li key={key} className="flex h-28 min-w-0 items-center gap-8">
              <span className="shrink-0 font-mono text-micro font-regular text-ink-3">
                {timeOfDay(entry.at)}
              </span>
              <span className="inline-flex size-16 shrink-0 items-center justify-center text-ink-3">
                {shape || entry.failed ? (
                  <StatusGlyph shape={shape ?? 'octagon'} still />
                ) : (
                  <Icon aria-hidden size={14} strokeWidth={1.5} />
                )}
              </span>
              <span
                className={cx(
                  'truncate',
                  entry.failed && toneText.danger,
                  detail === '' ? 'min-w-0' : 'max-w-[70%] shrink-0',
                )}
                title={title}
              >
                {title}
              </span>
              <span className="min-w-0 truncate text-meta text-ink-2" title={detail}>
                {detail}
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
