import { z } from 'zod';
import { idSchema, timeSchema } from '../primitives.ts';
import { valueList } from '../value-list.ts';
import { schemaOf } from '../list-schema.ts';

/** What a forecast rests on, from the closest to the loosest. */
export const forecastBasis = valueList({
  intent: 'Earlier runs of the same work',
  project: 'Runs of the project',
  executor: 'Runs of the executor',
  prior: 'A guess: nothing like it ran before',
});

export const rangeSchema = z.object({ low: z.number(), likely: z.number(), high: z.number() });

/** What a run will use, as far as what ran before tells: the likely figure, and between which two eight of ten should lie. */
export const forecastSchema = z.object({
  basis: schemaOf(forecastBasis),
  /** How many runs the basis holds. */
  runs: z.int().min(0),
  tokens: rangeSchema,
  requests: rangeSchema,
  durationMs: rangeSchema,
  /** Null: not known. */
  costMicroUsd: rangeSchema.nullable(),
});
export type Forecast = z.infer<typeof forecastSchema>;

const workSchema = z.object({
  /** Of a queued run; null for one that its schedule will queue tonight. */
  runId: idSchema.nullable(),
  intentId: idSchema,
  number: z.int().nullable(),
  name: z.string(),
  projectName: z.string(),
  executor: z.string(),
  priority: z.int(),
  forecast: forecastSchema,
});

export const nightPlanSchema = z.object({
  madeAt: timeSchema,
  /** The night it is for: this one, or the next when it is day. */
  nightFrom: timeSchema,
  nightTo: timeSchema,
  zone: z.string(),
  fits: z.array(
    workSchema.extend({
      /** Null: an executor without accounts. */
      accountId: idSchema.nullable(),
      startsAt: timeSchema,
      endsAt: timeSchema,
      /** Fullest of the account's windows afterwards, 0 to 1; null: not known. */
      windowAfter: z.number().nullable(),
      /** Whether a window it uses has an unknown size, so that fitting is assumed. */
      assumed: z.boolean(),
    }),
  ),
  leftOut: z.array(workSchema.extend({ why: z.string() })),
  accounts: z.array(z.object({ id: idSchema, label: z.string(), executor: z.string() })),
});
export type NightPlan = z.infer<typeof nightPlanSchema>;
export type PlannedWork = z.infer<typeof workSchema>;
