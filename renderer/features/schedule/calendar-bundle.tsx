import { Link } from '../../app/router-context.tsx';
import type { Location } from '../../app/routes.ts';
import { runOutcome } from '../run/run-look.ts';
import type { RangeRun } from './calendar-types.ts';
import { strings } from './strings.ts';

const words = strings.calendar;

export interface CalendarBundleProps {
  readonly runs: readonly RangeRun[];
  readonly name: string;
  readonly from: string;
  readonly until: string;
  /** Where its runs have room. */
  readonly day: Location;
  readonly x: number;
  readonly width: number;
}

/** Runs too near to each other to be drawn one by one: a bar with what part of them went wrong on top. Opens their day. */
export function CalendarBundle({ runs, name, from, until, day, x, width }: CalendarBundleProps) {
  const wrong = runs.filter(({ status }) => runOutcome(status) === 'wrong').length;
  const title = words.bundle(runs.length, wrong, from, until);
  return (
    <Link
      location={day}
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
