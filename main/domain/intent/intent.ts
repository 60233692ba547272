import { z } from 'zod';
import {
  durationSchema,
  idSchema,
  lineSchema,
  textSchema,
  timeSchema,
  versionSchema,
} from '../primitives.ts';
import { budgetSchema } from '../run/budget.ts';
import { taskType } from '../run/task-type.ts';
import { runType } from '../run/status.ts';
import { retryPolicySchema } from './retry-policy.ts';
import { intentStatus, intentType, misfirePolicy, triggerType } from './status.ts';
import { schemaOf } from '../list-schema.ts';

export const triggerSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal(schemaOf(triggerType).enum.manual) }),
  z.object({ type: z.literal(schemaOf(triggerType).enum.immediate) }),
  z.object({ type: z.literal(schemaOf(triggerType).enum.once), at: timeSchema }),
  z.object({
    type: z.literal(schemaOf(triggerType).enum.interval),
    everyMs: z
      .int()
      .min(1_000, 'An interval is one second at least.')
      .max(10 * 366 * 86_400_000, 'An interval is ten years at most.'),
  }),
  z.object({
    type: z.literal(schemaOf(triggerType).enum.cron),
    expression: z.string().min(1).max(200),
    zone: z.string().max(80).nullable(),
  }),
  z.object({
    type: z.literal(schemaOf(triggerType).enum.event),
    /** A name of the owner's, `intent:<id>:completed` and the like, or `project:<id>:moved`. */
    event: z.string().min(1).max(200),
    /** Of `project:<id>:moved`: only when a path that fits one of these globs changed. */
    paths: z.array(z.string().min(1).max(300)).max(50).optional(),
  }),
]);
export type Trigger = z.infer<typeof triggerSchema>;

/** How a run of this intent is carried out. JSON column, versioned by `v`. */
export const executionSchema = z.object({
  v: z.literal(1),
  runType: schemaOf(runType),
  /** A command of the owner's for the `shell` executor; null for the project's. */
  shellCommand: z.string().max(2_000).nullable(),
  /** What to call the executor where it is shown, such as "scripted demo agent (no model)". */
  executorLabel: z.string().max(120).nullable(),
  /** What the executor `auto` is chosen by; absent: code. */
  taskType: schemaOf(taskType).optional(),
  dryRun: z.boolean(),
  verbose: z.boolean(),
  budget: budgetSchema,
  /** The plan's own test command; null for the project's. */
  testCommand: z.string().max(2_000).nullable(),
  metadata: z.record(z.string(), z.json()),
});
export type Execution = z.infer<typeof executionSchema>;

export const intentSchema = z.object({
  id: idSchema,
  version: versionSchema,
  name: lineSchema,
  description: z.string(),
  intentType: schemaOf(intentType),
  status: schemaOf(intentStatus),
  /** What the agent is asked to do. */
  query: textSchema,
  contextFiles: z.array(z.string()),
  lane: z.string(),
  executor: z.string(),
  model: z.string().nullable(),
  trigger: triggerSchema,
  execution: executionSchema,
  priority: z.int().min(0).max(100),
  enabled: z.boolean(),
  nextDueAt: timeSchema.nullable(),
  misfirePolicy: schemaOf(misfirePolicy),
  /** Missed times older than this are not caught up, in milliseconds; null: as the setting says. */
  misfireMaxAgeMs: durationSchema.nullable(),
  /** How many missed times `run_all` catches up at most. */
  misfireCap: z.int().min(1).max(100),
  retryPolicy: retryPolicySchema,
  /** `user`, `proposal`, `schedule.json`, `discovery:<session>` or `api`. */
  source: z.string(),
  sourceProposalId: idSchema.nullable(),
  goalId: idSchema.nullable(),
  projectId: idSchema,
  createdAt: timeSchema,
  updatedAt: timeSchema,
});
export type Intent = z.infer<typeof intentSchema>;
