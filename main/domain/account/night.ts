import { minutesOf, timeAt, wallTime } from './zone-time.ts';

/** The hours in which the whole of every window is Homer's; by day a part is left to the owner. */
export interface Night {
  readonly from: string;
  readonly to: string;
  readonly zone: string;
}

/** Whether `now` lies in the night, and when that changes next. A night from and to the same time lasts all day. */
export function nightAt(night: Night, now: number): { readonly night: boolean; readonly changesAt: number } {
  const from = minutesOf(night.from);
  const to = minutesOf(night.to);
  const next = (minutes: number): number => {
    const shown = wallTime(now, night.zone);
    const on = (days: number): number =>
      timeAt(
        { ...shown, day: shown.day + days, hour: Math.floor(minutes / 60), minute: minutes % 60 },
        night.zone,
      );
    return on(0) > now ? on(0) : on(1);
  };
  if (from === to) return { night: true, changesAt: next(from) };
  const begins = next(from);
  const ends = next(to);
  return ends < begins ? { night: true, changesAt: ends } : { night: false, changesAt: begins };
}
