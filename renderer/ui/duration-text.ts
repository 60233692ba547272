/** Units a length of time is typed in, in milliseconds. */
export const durationUnits = { ms: 1, s: 1_000, min: 60_000, h: 3_600_000, day: 86_400_000 } as const;
export type DurationUnit = keyof typeof durationUnits;

const isUnit = (text: string | undefined): text is DurationUnit =>
  text !== undefined && Object.hasOwn(durationUnits, text);

/** "90 s" apart: what was typed, and its unit. */
export function splitDuration(text: string): { amount: string; unit: DurationUnit } {
  const at = text.lastIndexOf(' ');
  const unit = text.slice(at + 1);
  return isUnit(unit) ? { amount: text.slice(0, Math.max(0, at)), unit } : { amount: text, unit: 's' };
}

/** Milliseconds of "1.5 h"; null when nothing was typed, undefined when it is no length of time. */
export function readDuration(text: string): number | null | undefined {
  const { amount, unit } = splitDuration(text);
  const typed = amount.trim().replace(',', '.');
  if (typed === '') return null;
  const ms = Math.round(Number(typed) * durationUnits[unit]);
  return /^\d+(\.\d+)?$/.test(typed) && Number.isSafeInteger(ms) ? ms : undefined;
}

/** In the largest unit that gives a whole number: 5 400 000 is "90 min". Null is nothing, in `unit`. */
export function writeDuration(ms: number | null, unit: DurationUnit = 's'): string {
  if (ms === null) return ` ${unit}`;
  const units = Object.keys(durationUnits) as DurationUnit[];
  const fitting = ms === 0 ? unit : (units.findLast((each) => ms % durationUnits[each] === 0) ?? 'ms');
  return `${String(ms / durationUnits[fitting])} ${fitting}`;
}
