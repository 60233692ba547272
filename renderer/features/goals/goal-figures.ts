import type { GoalRow } from './goal-types.ts';

const number = new Intl.NumberFormat('en', { maximumSignificantDigits: 6 });

export function formatFigure(value: number): string {
  return number.format(value);
}

/** "2.1 → 0.5 %"; undefined without a measure. */
export function formatMeasure({
  measure,
  reading,
}: Pick<GoalRow, 'measure' | 'reading'>): string | undefined {
  if (!measure) return undefined;
  const unit = measure.unit === '' ? '' : ` ${measure.unit}`;
  return `${formatFigure(reading?.value ?? measure.start)} → ${formatFigure(measure.target)}${unit}`;
}

const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
const dayOfYear = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});
const local = new Intl.DateTimeFormat('sv-SE', { year: 'numeric', month: '2-digit', day: '2-digit' });
const DAY_MS = 86_400_000;

/** A calendar date has no zone: "21 Dec", with the year when it is another one; how many days it is over. */
export function targetDay(date: string, now: number): { readonly words: string; readonly over: number } {
  const at = Date.parse(`${date}T00:00:00Z`);
  const today = local.format(now);
  const over = Math.round((Date.parse(`${today}T00:00:00Z`) - at) / DAY_MS);
  return {
    words: (date.startsWith(today.slice(0, 4)) ? day : dayOfYear).format(at),
    over: Math.max(0, over),
  };
}

/** A number as a person types it; undefined when it is none. */
export function readFigure(typed: string): number | undefined {
  const value = Number(typed.trim().replace(',', '.'));
  return typed.trim() === '' || !Number.isFinite(value) ? undefined : value;
}
