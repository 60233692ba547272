import type { OutputOf } from '../../../preload/contract/operations.ts';

export type Range = OutputOf<'schedule.range'>;
export type RangeIntent = Range['intents'][number];
export type RangeAccount = Range['accounts'][number];
export type RangeWaiting = Range['waiting'][number];
export type RangeWindow = RangeAccount['windows'][number];
export type RangeRun = RangeIntent['runs'][number];
export type RangeMissed = RangeIntent['missed'][number];
