import { Link } from '../../app/router-context.tsx';
import { to } from '../../app/routes.ts';
import { parseTime } from '../../client/clock.ts';
import { cx } from '../../ui/cx.ts';
import type { Axis } from './calendar-axis.ts';
import { CalendarRun } from './calendar-run.tsx';
import type { RangeIntent } from './calendar-types.ts';
import { MissedMark } from './missed-mark.tsx';
import { PlannedBlock } from './planned-block.tsx';
import { strings } from './strings.ts';
import { shownPlanned, type MoveTime } from './use-move-time.ts';

const words = strings.calendar;

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
  const marks = intent.missed.map(({ nominalAt }) => px(parseTime(nominalAt)) - 12);
  return (
    <div
      role="row"
      aria-selected={selected}
      data-selected={selected || undefined}
      data-intent={intent.id}
      className={cx('group/row flex border-b border-line', selected ? 'bg-selected' : 'hover:bg-hover')}
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
          className={cx('flex h-32 min-w-0 flex-1 items-center', intent.enabled ? 'text-ink' : 'text-ink-2')}
        >
          <span className="truncate">{intent.name}</span>
        </Link>
      </div>
      <div role="gridcell" className="relative h-32" style={{ width }}>
        {planned.map((time) => {
          const from = parseTime(time.at);
          return (
            <PlannedBlock
              // As long as it is moved it is the same one, so that it keeps the focus.
              key={planned.length === 1 ? 'only' : (time.movedFrom ?? time.at)}
              intent={intent}
              time={time}
              x={px(from)}
              width={Math.max(6, long(from, intent.likelyMs ?? 0))}
              room={width}
              pace={(axis.to - axis.from) / width}
              when={when}
              reachable={selected}
              move={move}
            />
          );
        })}
        {intent.more && last !== undefined ? (
          <span
            className="absolute inset-y-8 overflow-hidden rounded-[2px] border border-dashed border-control px-4 text-micro text-ink-2"
            style={{ left: px(parseTime(last.at)) + 8, right: 0 }}
            title={words.more}
          >
            {words.more}
          </span>
        ) : null}
        {intent.runs.map((run, index) => {
          const from = parseTime(run.startedAt);
          // What follows first: the next run, or the mark of a missed time, which stands in the middle of its own.
          const next = Math.min(
            width,
            ...intent.runs.slice(index + 1, index + 2).map((it) => px(parseTime(it.startedAt))),
            ...planned.slice(0, 1).map(({ at }) => px(parseTime(at))),
            ...marks.filter((mark) => mark + 12 > px(from)),
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
              waits={long(begin, until - begin)}
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
