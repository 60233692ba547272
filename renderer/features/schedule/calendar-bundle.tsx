import { Link } from '../../app/router-context.tsx';
import { to } from '../../app/routes.ts';
import { runOutcome } from '../run/run-look.ts';
import type { RangeRun } from './calendar-types.ts';
import { strings } from './strings.ts';

const words = strings.calendar;

export interface CalendarBundleProps {
  readonly runs: readonly RangeRun[];
  readonly name: string;
  readonly from: string;
  readonly until: string;
  /** The day it leads to, where its runs have room. */
  readonly date: string | undefined;
  readonly x: number;
  readonly width: number;
}

/** Runs too near to each other to be drawn one by one: a bar with what part of them went wrong on top. Opens their day. */
export function CalendarBundle({ runs, name, from, until, date, x, width }: CalendarBundleProps) {
  const wrong = runs.filter(({ status }) => runOutcome(status) === 'wrong').length;
  const title = words.bundle(runs.length, wrong, from, until);
  return (
    <Link
      location={to('schedule', {}, { view: 'day', ...(date === undefined ? {} : { date }) })}
      tabIndex={-1}
      title={title}
      aria-label={`${name}: ${title}`}
      className="absolute inset-y-6 flex flex-col overflow-hidden rounded-[2px] hover:z-10 hover:ring-1 hover:ring-ink-3"
      style={{ left: x, width }}
    >
      {wrong > 0 ? (
        <span
          aria-hidden
          className="w-full bg-danger"
          style={{ height: `${String((wrong / runs.length) * 100)}%` }}
        />
      ) : null}
      <span aria-hidden className="w-full flex-1 bg-success" />
    </Link>
  );
}

/** Times that are to come, too near to each other to be drawn, or moved, one by one. Opens their day. */
export function PlannedBundle({
  count,
  name,
  from,
  until,
  date,
  x,
  width,
}: Omit<CalendarBundleProps, 'runs'> & { readonly count: number }) {
  const title = words.plannedMany(count, from, until);
  return (
    <Link
      location={to('schedule', {}, { view: 'day', ...(date === undefined ? {} : { date }) })}
      tabIndex={-1}
      title={title}
      aria-label={`${name}: ${title}`}
      className="absolute inset-y-8 rounded-[2px] border border-dashed border-control hover:z-10 hover:bg-selected"
      style={{ left: x, width }}
    />
  );
}
