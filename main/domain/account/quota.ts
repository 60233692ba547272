import { z } from 'zod';
import { microUsdSchema } from '../primitives.ts';
import { valueList, type ValueOf } from '../value-list.ts';
import { isZone, minutesOf, timeAt, wallTime, weekday } from './zone-time.ts';
import { schemaOf } from '../list-schema.ts';

/** How a window of a quota begins anew: with the calendar, or `hours` after the first use in it, as subscriptions do. */
export const quotaPeriod = valueList({ day: 'Day', week: 'Week', month: 'Month', rolling: 'Rolling' });
export type QuotaPeriod = ValueOf<typeof quotaPeriod>;

export const clockSchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/u, 'Give a time such as 22:30.');
export const zoneSchema = z
  .string()
  .max(80)
  .refine(isZone, 'This time zone is not known; give one such as Europe/Berlin.');

/** What an account may use in one window. A limit that is null is none. */
export const quotaSchema = z
  .object({
    name: z
      .string()
      .regex(
        /^[a-z0-9][a-z0-9_]{0,39}$/u,
        'Name a window in small letters, digits and _, such as five_hour.',
      ),
    period: schemaOf(quotaPeriod),
    /** Of a rolling window. */
    hours: z
      .int()
      .min(1)
      .max(24 * 62)
      .nullable(),
    /** Of the others: when they begin anew, and where that is. */
    zone: zoneSchema.nullable(),
    at: clockSchema.nullable(),
    /** Of a week: Monday is 1. */
    weekday: z.int().min(1).max(7).nullable(),
    tokens: z.int().min(1).nullable(),
    requests: z.int().min(1).nullable(),
    costMicroUsd: microUsdSchema.min(1).nullable(),
  })
  .refine(
    (quota) => (quota.period === 'rolling') === (quota.hours !== null),
    'Hours belong to a rolling window, and to no other.',
  )
  .refine(
    (quota) => quota.tokens !== null || quota.requests !== null || quota.costMicroUsd !== null,
    'Set a limit of tokens, requests or cost.',
  );
export type Quota = z.infer<typeof quotaSchema>;

export interface Bounds {
  readonly from: number;
  readonly to: number;
}

/** The window of a quota that `now` lies in; of a rolling one that which was opened at `openedAt`, null when none is open. */
export function boundsOf(
  quota: Quota,
  now: number,
  openedAt: number | null,
  ownerZone: string,
): Bounds | null {
  if (quota.period === 'rolling') {
    const length = (quota.hours ?? 0) * 3_600_000;
    // One from a time to come was opened under a clock that was ahead.
    if (openedAt === null || openedAt > now || openedAt + length <= now) return null;
    return { from: openedAt, to: openedAt + length };
  }
  return calendarBounds(quota.period, now, {
    zone: quota.zone ?? ownerZone,
    at: quota.at ?? '00:00',
    weekday: quota.weekday ?? 1,
  });
}

/** How long a window lasts, about, in milliseconds. */
export function lengthOf(quota: Pick<Quota, 'period' | 'hours'>): number {
  const day = 86_400_000;
  return { day, week: 7 * day, month: 30 * day, rolling: (quota.hours ?? 0) * 3_600_000 }[quota.period];
}

export function calendarBounds(
  period: Exclude<QuotaPeriod, 'rolling'>,
  now: number,
  { zone, at, weekday: begins }: { zone: string; at: string; weekday: number },
): Bounds {
  const shown = wallTime(now, zone);
  const minutes = minutesOf(at);
  const clock = { hour: Math.floor(minutes / 60), minute: minutes % 60 };
  const [back, months, days] = {
    day: [0, 0, 1],
    week: [(weekday(shown) - begins + 7) % 7, 0, 7],
    month: [shown.day - 1, 1, 0],
  }[period] as [number, number, number];
  const boundary = (nth: number): number =>
    timeAt(
      { year: shown.year, month: shown.month + nth * months, day: shown.day - back + nth * days, ...clock },
      zone,
    );
  return boundary(0) <= now
    ? { from: boundary(0), to: boundary(1) }
    : { from: boundary(-1), to: boundary(0) };
}
