import { z } from 'zod';
import { timeSchema } from '../primitives.ts';
import { valueList, type ValueOf } from '../value-list.ts';
import { schemaOf } from '../list-schema.ts';

/** What Insights draws, in the order it is shown. */
export const insightMeasure = valueList({
  applied: 'Applied changes',
  wait: 'Approval wait',
  success: 'Success rate',
  rework: 'Rework',
  change_cost: 'Cost per applied change',
  quota: 'Quota use',
  cost: 'Cost per day, by goal',
  throughput: 'Throughput',
  duration: 'Durations by executor',
  approval: 'Approval rate by source',
  tick: 'Tick latency',
});
export type InsightMeasure = ValueOf<typeof insightMeasure>;

/** What a value is: milliseconds, millionths of a dollar, a share from 0 to 1, or a number of things. */
export const insightUnit = z.enum(['count', 'ms', 'micro_usd', 'share', 'tokens']);
export type InsightUnit = z.infer<typeof insightUnit>;

/** A trend is drawn from so many on; with fewer, chance would be read as one. */
export const ENOUGH = 5;

export const insightChartSchema = z.object({
  measure: schemaOf(insightMeasure),
  unit: insightUnit,
  /** What the points stand for: days in the owner's zone, oldest first, or names. */
  axis: z.enum(['days', 'names']),
  /** How many of what it rests on. */
  basis: z.object({ count: z.int(), noun: z.enum(['run', 'decision', 'hour']) }),
  /** At most three, the first at the bottom of a stack; `total` is that of the whole span, null when there is none. */
  series: z.array(z.object({ key: z.string(), name: z.string(), total: z.number().nullable() })).max(3),
  points: z.array(
    z.object({
      /** The day as YYYY-MM-DD, or what the name stands for. */
      key: z.string(),
      name: z.string(),
      from: timeSchema,
      to: timeSchema,
      /** How many runs stand behind it: those that `run.list` gives for `behind`, `from`, `to` and `key`. */
      runs: z.int(),
      /** One for each series; null where there is nothing to tell, which is not 0. */
      values: z.array(z.number().nullable()),
    }),
  ),
  /** What a reader should know to read it right; empty: nothing. */
  note: z.string(),
});
export type InsightChart = z.infer<typeof insightChartSchema>;
export type InsightPoint = InsightChart['points'][number];
