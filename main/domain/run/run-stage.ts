import { z } from 'zod';
import { idSchema, microUsdSchema, timeSchema } from '../primitives.ts';
import { stageStatus } from './stage-status.ts';
import { schemaOf } from '../list-schema.ts';

/** A stage of an attempt, as it stands. */
export const runStageSchema = z.object({
  runId: idSchema,
  attempt: z.int().min(1),
  stage: z.string(),
  /** Place in the list, from 0. */
  position: z.int().min(0),
  status: schemaOf(stageStatus),
  executor: z.string(),
  tries: z.int().min(0),
  /** The step of the run its turn has or had last; 0 before. */
  step: z.int().min(0),
  stepsTaken: z.int().min(0),
  /** Stages besides its needs whose work it starts from, after a conflict with them. */
  onto: z.array(z.string()),
  worktree: z.string().nullable(),
  branch: z.string().nullable(),
  baseCommit: z.string().nullable(),
  headCommit: z.string().nullable(),
  sessionId: z.string().nullable(),
  /** What its agent said last; at most 8,000 characters. */
  summary: z.string(),
  question: z.string().nullable(),
  errorTag: z.string().nullable(),
  error: z.string().nullable(),
  activeMs: z.int().min(0),
  tokens: z.int().min(0),
  costMicroUsd: microUsdSchema,
  startedAt: timeSchema.nullable(),
  endedAt: timeSchema.nullable(),
});
export type RunStage = z.infer<typeof runStageSchema>;
