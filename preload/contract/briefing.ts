import { z } from 'zod';
import {
  briefingDaySchema,
  briefingLineSchema,
  briefingSchema,
} from '../../main/domain/briefing/briefing.ts';
import { idSchema, timeSchema } from '../../main/domain/primitives.ts';
import { command, query } from './operation.ts';

export const briefingOperations = {
  'briefing.list': query(
    'GET /briefings',
    'The briefings of the last 30 mornings in which there was something to tell, the newest first.',
    z.object({ projectId: idSchema.optional() }),
    z.object({
      zone: z.string(),
      /** When a briefing begins and ends, such as 07:00. */
      morning: z.string(),
      /** When the next one is whole. */
      nextAt: timeSchema,
      briefings: z.array(briefingLineSchema),
    }),
  ),
  'briefing.get': query(
    'GET /briefings/{day}',
    'One briefing: what happened from one morning to the next, what waits, what it cost, what failed and what comes. Without a day: the newest that tells something.',
    z.object({ day: z.union([briefingDaySchema, z.literal('newest')]), projectId: idSchema.optional() }),
    briefingSchema,
  ),
  'briefing.read': command(
    'POST /briefings/{day}/read',
    'Marks a briefing as read, and keeps its words as they were then; or as not read.',
    z.object({ day: briefingDaySchema, read: z.boolean().default(true) }),
    z.object({ day: z.string(), readAt: timeSchema.nullable() }),
  ),
};
