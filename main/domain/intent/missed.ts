import { z } from 'zod';
import { idSchema, timeSchema } from '../primitives.ts';
import { valueList, type ValueOf } from '../value-list.ts';
import { schemaOf } from '../list-schema.ts';

/** What became of a time that did not start its run when it came. */
export const missedOutcome = valueList({
  waiting: 'Waits to be caught up',
  run: 'Run late',
  coalesced: 'Covered by one run',
  skipped: 'Skipped',
  busy: 'Its run was still at work',
  too_old: 'Too old to catch up',
  over_cap: 'More than may be caught up',
  refused: 'Could not be fired',
  earlier: 'Earlier ones, counted',
});
export type MissedOutcome = ValueOf<typeof missedOutcome>;

/** One missed time, or, when `count` is above 1, all from `nominalAt` to `lastNominalAt`. */
export const missedTimeSchema = z.object({
  nominalAt: timeSchema,
  lastNominalAt: timeSchema,
  count: z.int().min(1),
  /** There were at least that many; nobody counted to the end. */
  atLeast: z.boolean(),
  outcome: schemaOf(missedOutcome),
  reason: z.string(),
  runId: idSchema.nullable(),
  /** When a waiting one may run. */
  dueAt: timeSchema.nullable(),
  createdAt: timeSchema,
});
export type MissedTime = z.infer<typeof missedTimeSchema>;
