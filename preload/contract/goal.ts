import { z } from 'zod';
import { goalSchema } from '../../main/domain/goal/goal.ts';
import { goalRowSchema } from '../../main/domain/goal/goal-row.ts';
import { goalWorkSchema } from '../../main/domain/goal/goal-work.ts';
import { measureSchema, readingSchema } from '../../main/domain/goal/measure.ts';
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

/** What an owner may decide on a goal. */
export const goalAction = z.enum([...new Set(goalMachine.rows.map((row) => row.on))] as [
  'pause',
  'activate',
  'achieve',
  'drop',
]);

export const goalDetailSchema = z.object({
  goal: goalSchema,
  row: goalRowSchema,
  /** Newest first. */
  readings: z.array(readingSchema),
  work: goalWorkSchema,
  /** What can be decided now. */
  possible: z.array(goalAction),
});
export type GoalDetail = z.infer<typeof goalDetailSchema>;

export const goalOperations = {
  'goal.list': query('GET /goals', 'Lists goals, highest priority first.', z.object({}), z.array(goalSchema)),
  'goal.tree': query(
    'GET /goals/tree',
    'Every goal with its measure, its trend, why its progress is what it is, and what is linked to it.',
    z.object({}),
    z.array(goalRowSchema),
  ),
  'goal.work': query(
    'GET /goals/work',
    'Proposals and other work linked to each of these goals, newest first.',
    z.object({
      ids: z.array(idSchema).max(1_000),
      limit: z.coerce.number().int().min(1).max(500).default(50),
    }),
    z.array(goalWorkSchema),
  ),
  'goal.detail': query(
    'GET /goals/{id}/detail',
    'One goal with its readings, its work and what can be decided.',
    z.object({ id: idSchema }),
    goalDetailSchema,
  ),
  'goal.get': query('GET /goals/{id}', 'One goal.', z.object({ id: idSchema }), goalSchema),
  'goal.create': command(
    'POST /goals',
    'Creates a goal.',
    fields.partial().required({ title: true }).extend({ measure: measureSchema.nullable().optional() }),
    goalSchema,
  ),
  'goal.update': command(
    'PATCH /goals/{id}',
    'Changes a goal; `progress` null goes back to deriving it, `measure` null takes the measure away with its readings.',
    z.object({
      id: idSchema,
      version: versionSchema,
      fields: fields
        .extend({ progress: goalSchema.shape.progress.nullable(), measure: measureSchema.nullable() })
        .partial(),
    }),
    goalSchema,
  ),
  'goal.decide': command(
    'POST /goals/{id}/decide',
    'Pauses, activates, achieves or drops a goal.',
    z.object({ id: idSchema, version: versionSchema, action: goalAction }),
    goalSchema,
  ),
  'goal.remove': command(
    'DELETE /goals/{id}',
    'Removes a goal that has no sub-goals; what was linked to it stays, without a goal.',
    z.object({ id: idSchema, version: versionSchema }),
    z.object({ id: idSchema }),
  ),
  'goal.record': command(
    'POST /goals/{id}/readings',
    'Notes where the measure of a goal stands now; its progress follows, and that of the goals above it.',
    z.object({ id: idSchema, value: readingSchema.shape.value }),
    z.object({ reading: readingSchema, goal: goalSchema }),
  ),
  'goal.takeBack': command(
    'DELETE /goals/{id}/readings/{readingId}',
    'Takes a reading away that was wrong.',
    z.object({ id: idSchema, readingId: idSchema }),
    goalSchema,
  ),
};
