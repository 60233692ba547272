import { labels } from '../../../preload/contract/labels.ts';
import { Link } from '../../app/router-context.tsx';
import { to } from '../../app/routes.ts';
import { Button } from '../../ui/button.tsx';
import { StatusGlyph } from '../../ui/status-glyph.tsx';
import { Time } from '../../ui/time.tsx';
import { Section } from '../proposal/section.tsx';
import { runLook } from '../run/run-look.ts';
import type { IntentDetail } from './intent-types.ts';
import { strings } from './strings.ts';

const words = strings.page;
const link = 'text-accent-text underline-offset-2 hover:underline';

/** What became of it so far: the times that were missed, and its runs. `onRun` makes up for the newest that was missed, when it can. */
export function IntentHistory({ detail, onRun }: { detail: IntentDetail; onRun: (() => void) | undefined }) {
  const { missed, missedCount, runs } = detail;
  return (
    <>
      <Section
        title={words.runs}
        aside={runs.length > 0 ? <span className="text-meta text-ink-3">{runs.length}</span> : null}
      >
        {runs.length === 0 ? <p className="text-ink-2">{words.runsNone}</p> : null}
        <ul>
          {runs.map((run) => {
            const look = runLook(run.status);
            return (
              <li key={run.id} className="flex min-h-28 items-center gap-12">
                <StatusGlyph shape={look.shape} tone={look.tone} />
                <Link location={to('run', { id: run.id })} className={link}>
                  {strings.run(run.number)}
                </Link>
                <span className="shrink-0">{look.label}</span>
                <span className="min-w-0 flex-1 truncate text-ink-2" title={run.error ?? undefined}>
                  {run.error}
                </span>
                <span className="shrink-0 text-meta text-ink-3">
                  <Time at={run.endedAt ?? run.startedAt ?? run.createdAt} />
                </span>
              </li>
            );
          })}
        </ul>
      </Section>
      <Section
        title={words.missed}
        aside={
          missedCount > 0 ? (
            <span className="text-meta text-ink-3">
              {words.missedCount(
                missed.reduce((sum, { count }) => sum + count, 0),
                missedCount,
              )}
            </span>
          ) : null
        }
      >
        {missed.length === 0 ? <p className="text-ink-2">{words.missedNone}</p> : null}
        <ul>
          {missed.map((time, nth) => (
            <li
              key={`${time.nominalAt} ${time.outcome}`}
              className="flex min-h-28 flex-wrap items-baseline gap-x-12 py-4"
            >
              <span className="tabular-nums">
                <Time at={time.nominalAt} form="exact" />
              </span>
              {time.count > 1 ? (
                <span className="text-meta text-ink-2 tabular-nums">
                  {words.until} <Time at={time.lastNominalAt} form="exact" />,{' '}
                  {words.times(time.count, time.atLeast)}
                </span>
              ) : null}
              <span className="min-w-[160px] flex-1 text-ink-2">
                {labels.missedOutcome[time.outcome]}
                {time.reason === '' ? null : <span className="text-ink-3"> · {time.reason}</span>}
              </span>
              {time.runId === null ? (
                nth === 0 && onRun ? (
                  <Button size="small" onClick={onRun}>
                    {strings.calendar.runOnce}
                  </Button>
                ) : null
              ) : (
                <Link location={to('run', { id: time.runId })} className={link}>
                  {words.lateRun}
                </Link>
              )}
            </li>
          ))}
        </ul>
      </Section>
    </>
  );
}
