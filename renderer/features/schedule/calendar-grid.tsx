import { useEffect, useRef, type CSSProperties } from 'react';
import { useNow } from '../../ui/clock-context.tsx';
import { cx } from '../../ui/cx.ts';
import { parseTime } from '../../client/clock.ts';
import { useWidth } from '../../ui/use-width.ts';
import { axisOf, type Axis } from './calendar-axis.ts';
import { lanesOf } from './calendar-lanes.ts';
import { CalendarRow } from './calendar-row.tsx';
import type { Range } from './calendar-types.ts';
import { dayName } from './day-name.ts';
import { LaneHead } from './lane-head.tsx';
import { strings } from './strings.ts';
import type { MoveTime } from './use-move-time.ts';
import { WaitingRow } from './waiting-row.tsx';

const words = strings.calendar;
const names = { wide: 224, narrow: 148 };

export interface CalendarGridProps {
  readonly range: Range;
  readonly when: (at: number) => string;
  readonly selected: string | null;
  readonly onSelect: (id: string) => void;
  readonly onRun: (id: string) => void;
  readonly move: MoveTime;
}

/** Lanes of accounts, in each a row for every intent, over one scale of time. */
export function CalendarGrid({ range, when, selected, onSelect, onRun, move }: CalendarGridProps) {
  const [ref, full] = useWidth();
  const now = useNow(60_000);
  const single = range.days.length === 1;
  const known = full > 0;
  const name = full < 700 ? names.narrow : names.wide;
  const width = Math.max(range.days.length * (single ? 560 : 92), full - name);
  const axis = axisOf(range, single ? (width < 900 ? 3 : 2) : 12);
  const begin = axis.days[0]?.date;
  const scroller = useRef<HTMLDivElement>(null);
  // What is now comes into sight with the days, and is left where the reader puts it.
  useEffect(() => {
    const line = scroller.current?.querySelector<HTMLElement>('[data-now]');
    const left = line ? line.offsetLeft - (scroller.current?.clientWidth ?? 0) / 2 : 0;
    scroller.current?.scrollTo({ left: Math.max(0, left), behavior: 'instant' });
  }, [begin, single, known]);
  return (
    <div
      ref={(element) => {
        scroller.current = element;
        return ref(element);
      }}
      dir="ltr"
      data-scroll={`calendar ${begin ?? ''}`}
      className="min-h-0 flex-1 overflow-auto border-t border-line"
      style={{ '--names': `${String(name)}px` } as CSSProperties}
    >
      {full > 0 ? (
        <div role="grid" aria-label={words.grid} className="relative" style={{ width: name + width }}>
          <AxisHead axis={axis} width={width} today={range.today} single={single} />
          {/* Below what stands in the rows. */}
          <div aria-hidden className="pointer-events-none absolute inset-y-0" style={{ left: name, width }}>
            {axis.days.slice(1).map(({ date, from }) => (
              <span
                key={date}
                className="absolute inset-y-0 w-0 border-s border-line"
                style={{ left: axis.part(from) * width }}
              />
            ))}
          </div>
          {lanesOf(range).map((lane) => (
            <div key={lane.key} role="rowgroup" aria-label={lane.label}>
              <LaneHead lane={lane} axis={axis} width={width} when={when} />
              {lane.intents.map((intent) => (
                <CalendarRow
                  key={intent.id}
                  intent={intent}
                  axis={axis}
                  width={width}
                  now={now}
                  when={when}
                  selected={intent.id === selected}
                  move={move}
                  onSelect={() => {
                    onSelect(intent.id);
                  }}
                  onRun={() => {
                    onRun(intent.id);
                  }}
                />
              ))}
              {lane.waiting.map((run) => (
                <WaitingRow key={run.id} run={run} axis={axis} width={width} when={when} />
              ))}
            </div>
          ))}
          <div aria-hidden className="pointer-events-none absolute inset-y-0" style={{ left: name, width }}>
            {now >= axis.from && now < axis.to ? (
              <span
                data-now
                className="absolute inset-y-0 z-10 w-0 border-s-2 border-accent"
                style={{ left: axis.part(now) * width }}
              />
            ) : null}
          </div>
        </div>
      ) : null}
    </div>
  );
}

function AxisHead({
  axis,
  width,
  today,
  single,
}: {
  axis: Axis;
  width: number;
  today: string;
  single: boolean;
}) {
  return (
    <div
      role="row"
      className="sticky top-0 z-30 flex h-40 border-b border-line bg-canvas text-meta text-ink-3"
    >
      <span
        role="columnheader"
        className="sticky start-0 z-30 w-(--names) shrink-0 border-e border-line bg-canvas px-12 pt-4"
      >
        {words.columns.intent}
      </span>
      <span role="columnheader" aria-label={words.columns.time} className="relative" style={{ width }}>
        {axis.days.map(({ date, from, to }) => (
          <span
            key={date}
            className={cx(
              'absolute top-4 truncate px-4',
              date === today ? 'font-strong text-accent-text' : 'text-ink-2',
            )}
            style={{ left: axis.part(from) * width, width: (axis.part(to) - axis.part(from)) * width }}
          >
            {dayName.format(parseTime(`${date}T12:00:00.000Z`))}
            {date === today ? ` · ${words.today}` : ''}
          </span>
        ))}
        {axis.hours.map(({ at, words: shown }, index) => (
          <span
            key={at}
            className={cx(
              'absolute bottom-2 px-4 text-micro tabular-nums',
              !single && index % 2 === 0 && 'hidden',
            )}
            style={{ left: axis.part(at) * width }}
          >
            {shown}
          </span>
        ))}
      </span>
    </div>
  );
}
