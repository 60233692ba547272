import { Link } from '../../app/router-context.tsx';
import { to } from '../../app/routes.ts';
import { labels } from '../../../preload/contract/labels.ts';
import type { Briefing } from './briefing-types.ts';
import { clockIn, dayName, timeIn } from './day-words.ts';
import { DecideRow } from './decide-row.tsx';
import { NextLine } from './next-line.tsx';
import { Part, Rest } from './part.tsx';
import { RunLine } from './run-line.tsx';
import { SpendTable } from './spend-table.tsx';
import { strings } from './strings.ts';
import { TroubleLine } from './trouble-line.tsx';

/** A briefing to be read from top to bottom: what it came to, what to decide, and what stands behind each of its words. */
export function BriefingPage({ briefing, onDecided }: { briefing: Briefing; onDecided: () => void }) {
  const { zone, decide, happened, happenedMore, found, figures, wrong, wrongMore, spend, next } = briefing;
  // Only the newest says what waits: what is decided in it goes from here at once.
  const rest = decide ? decide.total - decide.items.length : 0;
  return (
    <article className="mx-auto flex w-full max-w-[680px] flex-col gap-28 px-16 pt-20 pb-48 text-read">
      <header className="flex flex-col gap-8">
        <div className="flex flex-col">
          <h2 className="text-page">{briefing.open ? strings.soFar : dayName(briefing.day)}</h2>
          <p className="text-meta text-ink-3 tabular-nums">
            {strings.span(
              timeIn(zone, briefing.from),
              briefing.open ? strings.now : timeIn(zone, briefing.to),
            )}{' '}
            · {zone}
            {briefing.readAt === null ? '' : ` · ${strings.read} ${clockIn(zone, briefing.readAt)}`}
          </p>
        </div>
        <p className="text-read text-ink text-pretty">{briefing.story.join(' ')}</p>
      </header>
      {decide ? (
        <Part title={strings.decide} count={decide.total}>
          {decide.total === 0 ? (
            <Rest>{strings.nothingWaits}</Rest>
          ) : (
            <ul>
              {decide.items.map((item) => (
                <DecideRow key={item.key} item={item} onDecided={onDecided} />
              ))}
            </ul>
          )}
          {rest > 0 ? (
            <Rest>
              <Link location={to('inbox', {})} className="text-accent-text underline">
                {strings.more(rest)}
              </Link>
            </Rest>
          ) : null}
        </Part>
      ) : null}
      {happened.length > 0 ? (
        <Part title={strings.happened} count={happened.length + happenedMore}>
          <ul>
            {happened.map((run) => (
              <RunLine key={run.id} run={run} />
            ))}
          </ul>
          {happenedMore > 0 ? <Rest>{strings.moreRuns(happenedMore)}</Rest> : null}
        </Part>
      ) : null}
      {wrong.length > 0 ? (
        <Part title={strings.wrong} count={wrong.length + wrongMore}>
          <ul>
            {wrong.map((trouble) => (
              <TroubleLine key={`${trouble.kind} ${trouble.id} ${trouble.at}`} trouble={trouble} />
            ))}
          </ul>
          {wrongMore > 0 ? <Rest>{strings.moreWrong(wrongMore)}</Rest> : null}
        </Part>
      ) : null}
      {found.length > 0 ? (
        <Part title={strings.foundTitle} count={figures.found}>
          <ul>
            {found.map(({ id, number, title, source, relevance }) => (
              <li key={id} className="flex flex-wrap items-baseline gap-x-12 border-b border-line py-6">
                <Link
                  location={to('proposal', { id })}
                  className="min-w-[200px] flex-1 rounded-chip hover:underline"
                >
                  <span className="me-8 font-mono text-meta text-ink-3">P-{number}</span>
                  <span className="font-medium text-ink wrap-anywhere">{title}</span>
                </Link>
                <span className="ms-auto text-meta text-ink-2 tabular-nums">
                  {labels.source[source]} · {strings.relevance(relevance)}
                </span>
              </li>
            ))}
          </ul>
          {figures.found > found.length ? (
            <Rest>
              <Link location={to('board', {})} className="text-accent-text underline">
                {strings.moreFound(figures.found - found.length)}
              </Link>
            </Rest>
          ) : null}
        </Part>
      ) : null}
      {spend.length > 0 ? (
        <Part title={strings.spent}>
          <SpendTable spend={spend} />
        </Part>
      ) : null}
      {next ? (
        <Part title={strings.comes} count={next.length === 0 ? undefined : next.length}>
          {next.length === 0 ? (
            <Rest>{strings.nothingComes}</Rest>
          ) : (
            <ul>
              {next.map((each) => (
                <NextLine key={`${each.kind} ${each.id}`} next={each} zone={zone} />
              ))}
            </ul>
          )}
        </Part>
      ) : null}
    </article>
  );
}
