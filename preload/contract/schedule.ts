import { z } from 'zod';
import { intentSchema } from '../../main/domain/intent/intent.ts';
import { missedTimeSchema } from '../../main/domain/intent/missed.ts';
import { durationSchema, idSchema, timeSchema } from '../../main/domain/primitives.ts';
import { runStatus } from '../../main/domain/run/status.ts';
import { query } from './operation.ts';
import { schemaOf } from '../../main/domain/list-schema.ts';

const rangeIntentSchema = intentSchema
  .pick({ id: true, version: true, name: true, status: true, enabled: true, executor: true })
  .extend({
    projectName: z.string(),
    /** The trigger in words, and the zone its times are read in. */
    words: z.string(),
    zone: z.string(),
    /** The account its last run took; null: none, or none yet. */
    accountId: idSchema.nullable(),
    /** How long a run is likely to work, by its last ones; null before the first. */
    likelyMs: durationSchema.nullable(),
    /** A run of it is not ended. */
    busy: z.boolean(),
    /** Times that are to come, in order, and what each was moved from. */
    planned: z.array(z.object({ at: timeSchema, movedFrom: timeSchema.nullable() })),
    /** A planned time of it can be moved. */
    movable: z.boolean(),
    /** More are to come in these days than are listed. */
    more: z.boolean(),
    runs: z.array(
      z.object({
        id: idSchema,
        number: z.int(),
        status: schemaOf(runStatus),
        startedAt: timeSchema,
        endedAt: timeSchema.nullable(),
        /** How long it worked; it may have waited besides. */
        activeMs: durationSchema,
      }),
    ),
    missed: z.array(
      missedTimeSchema.pick({
        nominalAt: true,
        lastNominalAt: true,
        count: true,
        atLeast: true,
        outcome: true,
        reason: true,
        runId: true,
      }),
    ),
  });

export const scheduleRangeOperations = {
  'schedule.range': query(
    'GET /schedule/range',
    "What is planned, ran and was missed on some days of the owner's calendar, by intent; what is left out is said.",
    z.object({
      /** The first day, YYYY-MM-DD; today when left out. */
      date: z
        .string()
        .regex(/^(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/u, 'Write the day as 2026-11-21.')
        .optional(),
      days: z.coerce.number().int().min(1).max(31).default(7),
      projectId: idSchema.optional(),
    }),
    z.object({
      zone: z.string(),
      today: z.string(),
      days: z.array(z.object({ date: z.string(), from: timeSchema, to: timeSchema })),
      /** Those with something in these days, the next due first. */
      intents: z.array(rangeIntentSchema),
      accounts: z.array(
        z.object({
          id: idSchema,
          label: z.string(),
          executor: z.string(),
          /** Windows of its quota on these days, those that end soonest first: how full each became, null while nobody knows. */
          windows: z.array(
            z.object({
              name: z.string(),
              from: timeSchema,
              to: timeSchema,
              used: z.number().min(0).max(1).nullable(),
            }),
          ),
          /** When it could take no turn, and cannot as far as is known now. */
          exhausted: z.array(z.object({ from: timeSchema, to: timeSchema, why: z.string() })),
        }),
      ),
      /** Queued runs that start on these days as far as is known, the first to start first; `why` says what each waits for. */
      waiting: z.array(
        z.object({
          id: idSchema,
          number: z.int(),
          name: z.string(),
          executor: z.string(),
          /** The account it works with; null: none yet. */
          accountId: idSchema.nullable(),
          startsAbout: timeSchema,
          why: z.string(),
        }),
      ),
      /** Intents with something in these days that are left out. */
      left: z.int(),
    }),
  ),
};
