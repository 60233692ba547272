import { z } from 'zod';
import { insightChartSchema, insightMeasure } from '../../main/domain/insight/insight.ts';
import { idSchema, timeSchema } from '../../main/domain/primitives.ts';
import { query } from './operation.ts';
import { schemaOf } from '../../main/domain/list-schema.ts';

export const insightDays = [7, 30, 90] as const;

export const insightOperations = {
  'insights.get': query(
    'GET /insights',
    'Charts over the last 7, 30 or 90 days of the owner: what was applied, how long it waited, what it took and cost. Without `measures`: all of them.',
    z.object({
      days: z.coerce
        .number()
        .refine((days) => (insightDays as readonly number[]).includes(days), 'Possible: 7, 30 or 90 days.')
        .default(30),
      projectId: idSchema.optional(),
      measures: z.array(schemaOf(insightMeasure)).min(1).optional(),
    }),
    z.object({
      /** The zone its days are of. */
      zone: z.string(),
      from: timeSchema,
      to: timeSchema,
      charts: z.array(insightChartSchema),
    }),
  ),
};
