import { z } from 'zod';
import { executionSchema, intentSchema, triggerSchema } from '../../main/domain/intent/intent.ts';
import { missedTimeSchema } from '../../main/domain/intent/missed.ts';
import { intentStatus, triggerType } from '../../main/domain/intent/status.ts';
import {
  idSchema,
  jsonObjectSchema,
  lineSchema,
  textSchema,
  timeSchema,
  versionSchema,
} from '../../main/domain/primitives.ts';
import { contextFileSchema } from '../../main/domain/intent/work-choices.ts';
import { budgetSchema } from '../../main/domain/run/budget.ts';
import { runRowSchema } from '../../main/domain/run/run.ts';
import { runStatus, runType } from '../../main/domain/run/status.ts';
import { taskType } from '../../main/domain/run/task-type.ts';
import { command, query } from './operation.ts';
import { schemaOf } from '../../main/domain/list-schema.ts';

/** A trigger in words with the next times it comes. */
export const scheduleSchema = z.object({
  words: z.string(),
  /** The zone its times are read and shown in. */
  zone: z.string(),
  /** The next times, at most five; `movedFrom` when it was moved by itself. */
  next: z.array(z.object({ at: timeSchema, local: z.string(), movedFrom: timeSchema.nullable() })),
});

/** A run as far as its intent tells of it. */
const lastRunSchema = z.object({
  id: idSchema,
  number: z.int(),
  status: schemaOf(runStatus),
  endedAt: timeSchema.nullable(),
});

export const intentRowSchema = intentSchema
  .pick({
    id: true,
    version: true,
    name: true,
    projectId: true,
    status: true,
    enabled: true,
    trigger: true,
    nextDueAt: true,
    priority: true,
    executor: true,
    misfirePolicy: true,
    createdAt: true,
    updatedAt: true,
  })
  .extend({
    projectName: z.string(),
    /** The trigger in words. */
    words: z.string(),
    zone: z.string(),
    /** The next time as a person in the zone reads it; null when none is set. */
    nextLocal: z.string().nullable(),
    /** The run that is not ended. */
    activeRun: lastRunSchema.nullable(),
    /** The run that ended last, and how. */
    lastRun: lastRunSchema.nullable(),
    /** How many times were missed so far. */
    missed: z.int(),
    /** Its last runs that ended, at most twelve, the oldest first. */
    history: z.array(z.object({ number: z.int(), status: schemaOf(runStatus), activeMs: z.int() })),
  });
export type IntentRow = z.infer<typeof intentRowSchema>;

export const intentDetailSchema = z.object({
  intent: intentSchema,
  projectName: z.string(),
  schedule: scheduleSchema,
  activeRun: lastRunSchema.nullable(),
  lastRun: lastRunSchema.nullable(),
  /** Newest first, at most 100 rows; `missedCount` counts them all. */
  missed: z.array(missedTimeSchema),
  missedCount: z.int(),
  /** Newest first, at most 50. */
  runs: z.array(runRowSchema),
  /** What the owner can do now. */
  possible: z.array(z.enum(['edit', 'enable', 'disable', 'run_now', 'cancel', 'delete'])),
});
export type IntentDetail = z.infer<typeof intentDetailSchema>;

const fields = z.object({
  name: lineSchema,
  description: textSchema,
  /** What the agent is asked to do. */
  query: textSchema.min(1, 'Say what should be done.'),
  trigger: triggerSchema,
  misfirePolicy: intentSchema.shape.misfirePolicy,
  misfireMaxAgeMs: intentSchema.shape.misfireMaxAgeMs,
  misfireCap: intentSchema.shape.misfireCap,
  retryPolicy: intentSchema.shape.retryPolicy,
  priority: intentSchema.shape.priority,
  goalId: idSchema.nullable(),
  executor: z.string().min(1).max(40),
  model: z.string().max(120).nullable(),
  lane: z.string().max(120),
  contextFiles: z.array(contextFileSchema).max(50),
  runType: schemaOf(runType),
  shellCommand: executionSchema.shape.shellCommand,
  executorLabel: executionSchema.shape.executorLabel,
  /** What the executor `auto` is chosen by. */
  taskType: schemaOf(taskType),
  testCommand: executionSchema.shape.testCommand,
  dryRun: z.boolean(),
  verbose: z.boolean(),
  /** What is left out is as the settings say. */
  budget: budgetSchema.partial(),
  metadata: jsonObjectSchema,
});

const target = z.object({ id: idSchema, version: versionSchema.optional() });

export const intentOperations = {
  'intent.list': query(
    'GET /intents',
    'Lists intents, those that are due next first. Without `all`, leaves out those that were made for one run at once.',
    z.object({
      projectId: idSchema.optional(),
      status: schemaOf(intentStatus).optional(),
      trigger: schemaOf(triggerType).optional(),
      enabled: z.boolean().optional(),
      all: z.boolean().default(false),
      offset: z.coerce.number().int().min(0).default(0),
      limit: z.coerce.number().int().min(1).max(1_000).default(200),
    }),
    z.object({ seq: z.int(), count: z.int(), rows: z.array(intentRowSchema) }),
  ),
  'intent.get': query(
    'GET /intents/{id}',
    'One intent with its schedule in words, its next times, what it missed and its runs.',
    z.object({ id: idSchema }),
    intentDetailSchema,
  ),
  'intent.create': command(
    'POST /intents',
    'Creates an intent. With the trigger `immediate` its run is queued with it; otherwise it waits for its trigger.',
    fields
      .partial()
      .required({ query: true, trigger: true })
      .extend({ projectId: idSchema, enabled: z.boolean().default(true) }),
    intentDetailSchema,
  ),
  'intent.edit': command(
    'PATCH /intents/{id}',
    'Changes an intent; runs that are queued or at work keep what they were started with.',
    z.object({ id: idSchema, version: versionSchema, fields: fields.partial() }),
    intentDetailSchema,
  ),
  'intent.enable': command(
    'POST /intents/{id}/enable',
    'Lets the trigger of an intent fire again, from now on.',
    target,
    intentDetailSchema,
  ),
  'intent.disable': command(
    'POST /intents/{id}/disable',
    'Pauses an intent: its trigger does not fire until it is enabled. A run at work goes on.',
    target,
    intentDetailSchema,
  ),
  'intent.runNow': command(
    'POST /intents/{id}/run',
    'Queues a run of an intent now, besides its schedule; the risk gate decides whether it starts by itself.',
    target,
    intentDetailSchema,
  ),
  'intent.moveTime': command(
    'POST /intents/{id}/move-time',
    'Moves a planned time of an intent, or several in a row by as much, not beyond their neighbours. One that recurs goes on as before; a trigger for one time is changed.',
    target.extend({
      /** When it comes as things stand. */
      from: timeSchema,
      /** The last of those that move with it; left out: it moves alone. */
      through: timeSchema.optional(),
      /** When it shall come. Where its trigger put it: that undoes a move. */
      to: timeSchema,
    }),
    intentDetailSchema,
  ),
  'intent.cancel': command(
    'POST /intents/{id}/cancel',
    'Ends an intent for good. A run that only waits is stopped with it; one at work must be stopped first.',
    target,
    intentDetailSchema,
  ),
  'intent.delete': command(
    'DELETE /intents/{id}',
    'Removes an intent that never had a run; one that had keeps its history and can be cancelled.',
    z.object({ id: idSchema }),
    z.object({ id: idSchema }),
  ),
  'schedule.preview': command(
    'POST /schedule/preview',
    'Says a trigger in words with its next five times, or what is wrong with it. Changes nothing.',
    z.object({ trigger: z.looseObject({ type: schemaOf(triggerType) }) }),
    z.object({
      valid: z.boolean(),
      schedule: scheduleSchema.nullable(),
      error: z.object({ message: z.string(), hint: z.string() }).nullable(),
    }),
  ),
};
