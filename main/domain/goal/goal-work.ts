import { z } from 'zod';
import { idSchema } from '../primitives.ts';
import { intentStatus } from '../intent/status.ts';
import { proposalStage } from '../proposal/stage.ts';
import { runStatus } from '../run/status.ts';
import { schemaOf } from '../list-schema.ts';

const runSchema = z.object({
  id: idSchema,
  number: z.int(),
  status: schemaOf(runStatus),
  /** It was applied, and taken out of the project again. */
  rolledBack: z.boolean(),
});

/** What is linked to one goal: proposals with their newest run, and work that came of no proposal. */
export const goalWorkSchema = z.object({
  goalId: idSchema,
  proposals: z.array(
    z.object({
      id: idSchema,
      number: z.int(),
      version: z.int(),
      title: z.string(),
      stage: schemaOf(proposalStage),
      projectName: z.string().nullable(),
      run: runSchema.nullable(),
    }),
  ),
  intents: z.array(
    z.object({
      id: idSchema,
      name: z.string(),
      status: schemaOf(intentStatus),
      projectName: z.string(),
      run: runSchema.nullable(),
    }),
  ),
  /** How many more there are of each than are given. */
  more: z.object({ proposals: z.int(), intents: z.int() }),
});
export type GoalWork = z.infer<typeof goalWorkSchema>;
