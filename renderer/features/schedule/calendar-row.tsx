import { Link } from '../../app/router-context.tsx';
import { to } from '../../app/routes.ts';
import { parseTime } from '../../client/clock.ts';
import { cx } from '../../ui/cx.ts';
import type { Axis } from './calendar-axis.ts';
import { bundleRuns } from './bundle-runs.ts';
import { CalendarBundle } from './calendar-bundle.tsx';
import { CalendarRun } from './calendar-run.tsx';
import type { RangeIntent, RangeRun } from './calendar-types.ts';
import { dayAt } from './day-at.ts';
import { MissedMark } from './missed-mark.tsx';
import { PlannedBlock } from './planned-block.tsx';
import { plannedBlocks, shownPlanned } from './planned-times.ts';
import { strings } from './strings.ts';
import type { MoveTime } from './use-move-time.ts';

const words = strings.calendar;

/** Runs nearer to each other than this are drawn together. */
const LEAST_PX = 6;

export interface CalendarRowProps {
  readonly intent: RangeIntent;
  readonly axis: Axis;
  readonly width: number;
  readonly now: number;
  readonly when: (at: number) => string;
  readonly selected: boolean;
  readonly move: MoveTime;
  readonly onSelect: () => void;
  readonly onRun: () => void;
}

/** One intent over the days: what ran, what was missed, what is planned. */
export function CalendarRow({
  intent,
  axis,
  width,
  now,
  when,
  selected,
  move,
  onSelect,
  onRun,
}: CalendarRowProps) {
  const px = (at: number): number => axis.part(at) * width;
  const long = (from: number, ms: number): number => px(from + ms) - px(from);
  const planned = shownPlanned(intent, move.moving);
  const last = intent.planned.at(-1);
  const placeOf = (run: RangeRun): number => px(parseTime(run.startedAt));
  const bundles = bundleRuns(intent.runs, placeOf, LEAST_PX);
  const marks = intent.missed.map(({ nominalAt }) => px(parseTime(nominalAt)) - 12);
  return (
    <div
      role="row"
      aria-selected={selected}
      data-selected={selected || undefined}
      data-intent={intent.id}
      className={cx(
        // Rows out of sight are not drawn.
        'group/row flex border-b border-line [contain-intrinsic-block-size:calc(var(--spacing-row)+1px)] [content-visibility:auto]',
        selected ? 'bg-selected' : 'hover:bg-hover',
      )}
      onPointerDown={onSelect}
      onFocus={onSelect}
    >
      <div
        role="rowheader"
        className={cx(
          'sticky start-0 z-20 flex w-(--names) shrink-0 items-center border-e border-line px-12',
          selected ? 'bg-selected' : 'bg-canvas group-hover/row:bg-hover',
        )}
      >
        <Link
          location={to('intent', { id: intent.id })}
          tabIndex={selected ? 0 : -1}
          title={`${intent.name}, ${intent.projectName}. ${intent.words} (${intent.zone})`}
          className={cx('flex h-row min-w-0 flex-1 items-center', intent.enabled ? 'text-ink' : 'text-ink-2')}
        >
          <span className="truncate">{intent.name}</span>
        </Link>
      </div>
      <div role="gridcell" className="relative h-row" style={{ width }}>
        {plannedBlocks(intent.id, planned, move.moving, ({ at }) => px(parseTime(at)), LEAST_PX).map(
          (times) => {
            const [first] = times;
            const end = times.at(-1);
            if (!first || !end) return null;
            const from = parseTime(first.at);
            return (
              <PlannedBlock
                // As long as it is moved it is the same one, so that it keeps the focus.
                key={planned.length === 1 ? 'only' : (first.movedFrom ?? first.at)}
                intent={intent}
                times={times}
                day={dayAt(axis, from)}
                x={px(from)}
                width={
                  times.length === 1
                    ? Math.max(6, long(from, intent.likelyMs ?? 0))
                    : Math.max(LEAST_PX - 1, px(parseTime(end.at)) - px(from))
                }
                room={width}
                pace={(axis.to - axis.from) / width}
                when={when}
                reachable={selected}
                move={move}
              />
            );
          },
        )}
        {intent.more && last !== undefined ? (
          <span
            className="absolute inset-y-8 overflow-hidden rounded-[2px] border border-dashed border-control px-4 text-micro text-ink-2"
            style={{ left: px(parseTime(last.at)) + 8, right: 0 }}
            title={words.more}
          >
            {words.more}
          </span>
        ) : null}
        {bundles.map((bundle, index) => {
          const [run] = bundle;
          const last = bundle.at(-1);
          if (!run || !last) return null;
          const from = parseTime(run.startedAt);
          // What follows first: the next run, the first that is planned, or the mark of a missed time, which stands in the middle of its own.
          const next = Math.min(
            width,
            ...(bundles[index + 1] ?? []).slice(0, 1).map(placeOf),
            ...planned.slice(0, 1).map(({ at }) => px(parseTime(at))),
            ...marks.filter((mark) => mark + 12 > px(from)),
          );
          if (bundle.length > 1)
            return (
              <CalendarBundle
                key={run.id}
                runs={bundle}
                name={intent.name}
                from={when(from)}
                until={when(parseTime(last.endedAt ?? last.startedAt))}
                day={dayAt(axis, from)}
                x={px(from)}
                width={Math.max(LEAST_PX - 1, Math.min(next - 1, placeOf(last) + LEAST_PX) - px(from))}
              />
            );
          const until = run.endedAt === null ? Math.max(from, now) : parseTime(run.endedAt);
          const works = run.endedAt === null && run.activeMs === 0 ? until - from : run.activeMs;
          const begin = Math.max(from, axis.from);
          return (
            <CalendarRun
              key={run.id}
              run={run}
              name={intent.name}
              when={when(from)}
              x={px(from)}
              works={long(begin, Math.max(0, Math.min(from + works, until) - begin))}
              waits={Math.min(long(begin, until - begin), Math.max(0, next - px(begin)))}
              room={next - px(from + works)}
            />
          );
        })}
        {intent.missed.map((missed) => (
          <span
            key={missed.nominalAt}
            className="absolute inset-y-4 z-10"
            style={{ left: Math.max(0, Math.min(width - 24, px(parseTime(missed.nominalAt)) - 12)) }}
          >
            <MissedMark
              intent={intent}
              missed={missed}
              when={when(parseTime(missed.nominalAt))}
              reachable={selected}
              onRun={onRun}
            />
          </span>
        ))}
      </div>
    </div>
  );
}
