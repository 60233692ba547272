import { z } from 'zod';
import { goalSchema } from '../../main/domain/goal/goal.ts';
import { goalMachine } from '../../main/domain/goal/status.ts';
import { idSchema, versionSchema } from '../../main/domain/primitives.ts';
import { command, query } from './operation.ts';

const fields = goalSchema.pick({
  title: true,
  description: true,
  category: true,
  priority: true,
  targetDate: true,
  parentId: true,
});

export const goalOperations = {
  'goal.list': query('GET /goals', 'Lists goals, highest priority first.', z.object({}), z.array(goalSchema)),
  'goal.get': query('GET /goals/{id}', 'One goal.', z.object({ id: idSchema }), goalSchema),
  'goal.create': command(
    'POST /goals',
    'Creates a goal.',
    fields.partial().required({ title: true }),
    goalSchema,
  ),
  'goal.update': command(
    'PATCH /goals/{id}',
    'Changes a goal; `progress` null goes back to deriving it.',
    z.object({
      id: idSchema,
      version: versionSchema,
      fields: fields.extend({ progress: goalSchema.shape.progress.nullable() }).partial(),
    }),
    goalSchema,
  ),
  'goal.decide': command(
    'POST /goals/{id}/decide',
    'Pauses, activates, achieves or drops a goal.',
    z.object({
      id: idSchema,
      version: versionSchema,
      action: z.enum(goalMachine.rows.map((row) => row.on) as [string, ...string[]]),
    }),
    goalSchema,
  ),
};
