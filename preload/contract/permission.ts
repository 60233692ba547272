import { z } from 'zod';
import { idSchema, timeSchema } from '../../main/domain/primitives.ts';
import { askSchema, grantSchema, permissionChoice } from '../../main/domain/run/ask.ts';
import { command, query } from './operation.ts';
import { schemaOf } from '../../main/domain/list-schema.ts';

/** What agents at work ask to be allowed, and what they were allowed for longer. */
export const permissionOperations = {
  'permission.list': query(
    'GET /permissions',
    'What agents asked to be allowed: what waits first, then the newest.',
    z.object({ runId: idSchema.optional(), limit: z.coerce.number().int().min(1).max(500).default(100) }),
    z.array(askSchema),
  ),
  'permission.decide': command(
    'POST /permissions/{id}/decide',
    'Allows what an agent asked once, or for all runs of its intent until a time (24 h unless told), or denies it.',
    z.object({
      id: idSchema,
      choice: schemaOf(permissionChoice),
      until: timeSchema.optional(),
      note: z.string().trim().max(2_000).optional(),
    }),
    askSchema,
  ),
  'grant.list': query(
    'GET /grants',
    'What is allowed to intents now, beyond what their profile allows; the newest first.',
    z.object({ intentId: idSchema.optional(), limit: z.coerce.number().int().min(1).max(500).default(200) }),
    z.array(grantSchema),
  ),
  'grant.revoke': command(
    'POST /grants/{id}/revoke',
    'Takes back what was allowed to an intent; the next time, it is asked for again.',
    z.object({ id: idSchema }),
    grantSchema,
  ),
  'grant.restore': command(
    'POST /grants/{id}/restore',
    'Takes a revocation back: the grant is good again until the time it had. Refused once that has passed.',
    z.object({ id: idSchema }),
    grantSchema,
  ),
};
