import { z } from 'zod';
import { idSchema, jsonObjectSchema, timeSchema } from '../../main/domain/primitives.ts';
import { runStatus } from '../../main/domain/run/status.ts';
import { command, query } from './operation.ts';
import { schemaOf } from '../../main/domain/list-schema.ts';

const LONGEST = 65_536;

export const eventOperations = {
  'event.fire': command(
    'POST /events',
    'Fires a named event: every intent that waits for it gets a run that knows the payload. The same key a second time changes nothing.',
    z.object({
      name: z.string().min(1).max(200),
      payload: jsonObjectSchema
        .refine((payload) => JSON.stringify(payload).length <= LONGEST, 'Keep the payload under 64 KiB.')
        .default({}),
      /** Tells the same event from a new one, where it may be sent twice. */
      key: z.string().min(1).max(200).optional(),
    }),
    z.object({
      /** False when an event with this name and key came before. */
      fired: z.boolean(),
      /** How many intents wait for this event. */
      awaiting: z.int(),
      started: z.array(
        z.object({ intentId: idSchema, runId: idSchema, number: z.int(), status: schemaOf(runStatus) }),
      ),
    }),
  ),
  'event.list': query(
    'GET /events',
    'Lists events, newest first: those that were fired, ends of runs and moves of projects that some intent waited for.',
    z.object({
      name: z.string().max(200).optional(),
      limit: z.coerce.number().int().min(1).max(1_000).default(100),
    }),
    z.array(
      z.object({
        id: z.int(),
        name: z.string(),
        key: z.string().nullable(),
        payload: jsonObjectSchema,
        /** How many runs it started at once. */
        started: z.int(),
        at: timeSchema,
      }),
    ),
  ),
};
