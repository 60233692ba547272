import type { OutputOf } from '../../../preload/contract/operations.ts';

export type Insights = OutputOf<'insights.get'>;
export type Chart = Insights['charts'][number];
export type Point = Chart['points'][number];
export type Measure = Chart['measure'];
export type Unit = Chart['unit'];
/** 7, 30 or 90. */
export type Days = number;
