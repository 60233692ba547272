import { useNow } from '../../ui/clock-context.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { parseTime } from '../../client/clock.ts';
import { addDays, mondayOf } from './calendar-axis.ts';
import { dayName } from './day-name.ts';
import { strings } from './strings.ts';

const here = new Intl.DateTimeFormat('en-CA', { year: 'numeric', month: '2-digit', day: '2-digit' });

/** The days, before anything is known of them. `from` undefined: which day it is in the owner's zone is not known either; the reader's is shown. */
export function CalendarLoading({
  from,
  days,
}: {
  readonly from: string | undefined;
  readonly days: number;
}) {
  const today = here.format(useNow(60_000));
  const first = from ?? (days === 7 ? mondayOf(today) : today);
  return (
    <div className="flex min-h-0 flex-1 flex-col border-t border-line">
      <div
        aria-hidden
        className="relative flex h-40 shrink-0 border-b border-line ps-[148px] text-meta text-ink-2 wide:ps-[224px]"
      >
        <span className="absolute start-0 px-12 pt-4 text-ink-3">{strings.calendar.columns.intent}</span>
        {Array.from({ length: days }, (_, nth) => (
          <span key={nth} className="min-w-0 flex-1 truncate border-s border-line px-4 pt-4">
            {dayName.format(parseTime(`${addDays(first, nth)}T12:00:00.000Z`))}
          </span>
        ))}
      </div>
      <SkeletonRows rows={8} label={strings.loading} />
    </div>
  );
}
