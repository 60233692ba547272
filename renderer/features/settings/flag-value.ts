import type { OutputOf } from '../../../preload/contract/operations.ts';
import { readDuration, splitDuration, writeDuration, type DurationUnit } from '../../ui/duration-text.ts';
import { splitRange } from '../../ui/time-range-text.ts';
import { strings } from './strings.ts';

export type Flag = OutputOf<'flag.list'>[number];
type NumberKind = Extract<Flag['kind'], { type: 'number' }>;

/** Units of a setting that are lengths of time, and how long one is. */
const timeUnits: Readonly<Record<string, readonly [DurationUnit, number]>> = {
  ms: ['ms', 1],
  min: ['min', 60_000],
  h: ['h', 3_600_000],
  days: ['day', 86_400_000],
};

export function isTime(kind: NumberKind): boolean {
  return Object.hasOwn(timeUnits, kind.unit);
}

/** Units that a time of this setting can be typed in: none finer than what is stored. */
export function unitsOf(kind: NumberKind): readonly DurationUnit[] {
  const all = ['ms', 's', 'min', 'h', 'day'] as const;
  return kind.unit === 'ms' ? all.slice(1) : all.slice(all.indexOf(timeUnits[kind.unit]?.[0] ?? 'ms'));
}

/** A stored value as it is typed. */
export function typedOf({ kind }: Pick<Flag, 'kind'>, value: string): string {
  const unit = kind.type === 'number' ? timeUnits[kind.unit] : undefined;
  return unit === undefined
    ? value
    : writeDuration(Number(value) * unit[1], unit[0] === 'ms' ? 's' : unit[0]);
}

/** A value for people: "2 runs", "7 days". */
export function flagWords(flag: Pick<Flag, 'kind'>, value: string): string {
  const { kind } = flag;
  if (kind.type === 'choice' || kind.type === 'executor') return kind.options[value] ?? value;
  if (kind.type === 'time_range') return value.replace('-', ' to ');
  if (kind.type !== 'number') return value;
  if (!isTime(kind)) return `${Number(value).toLocaleString('en')} ${kind.unit}`;
  const { amount, unit } = splitDuration(typedOf(flag, value));
  return `${Number(amount).toLocaleString('en')} ${unit === 'day' ? (amount === '1' ? 'day' : 'days') : unit}`;
}

/** The least and the most that a setting takes, in words; what is counted has its unit beside the field. */
export function boundsOf(kind: NumberKind): readonly [string, string] {
  const words = (bound: number): string =>
    isTime(kind) ? flagWords({ kind }, String(bound)) : bound.toLocaleString('en');
  return [words(kind.least), words(kind.most)];
}

export type ReadFlag =
  { readonly value: string; readonly error?: never } | { readonly error: string; readonly value?: never };

/** What was typed as the runtime stores it, or what is wrong with it. */
export function readFlag(flag: Pick<Flag, 'kind'>, typed: string): ReadFlag {
  const { kind } = flag;
  if (kind.type === 'switch' || kind.type === 'choice' || kind.type === 'executor') return { value: typed };
  if (kind.type === 'text' || kind.type === 'model' || kind.type === 'time_of_day')
    return { value: typed.trim() };
  if (kind.type === 'time_range') return readRange(typed);
  const unit = timeUnits[kind.unit];
  const range = boundsOf(kind);
  const ms = unit === undefined ? undefined : readDuration(typed);
  const amount =
    unit === undefined
      ? /^\d{1,12}$/.test(typed.trim())
        ? Number(typed.trim())
        : undefined
      : typeof ms === 'number'
        ? ms / unit[1]
        : undefined;
  if (amount === undefined || !Number.isInteger(amount) || amount < kind.least || amount > kind.most)
    return { error: (unit === undefined ? strings.outOfRange : strings.noDuration)(...range) };
  return { value: String(amount) };
}

/** Both times or none, and not the same one twice: that would be always or never. */
function readRange(typed: string): ReadFlag {
  const { from, to } = splitRange(typed);
  if (from === '' && to === '') return { value: '' };
  if (from === '' || to === '') return { error: from === '' ? strings.noBegin : strings.noEnd };
  return from === to ? { error: strings.sameTimes } : { value: `${from}-${to}` };
}
