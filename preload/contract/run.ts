import { z } from 'zod';
import { decisionSchema } from '../../main/domain/decision/decision.ts';
import {
  idSchema,
  jsonObjectSchema,
  lineSchema,
  microUsdSchema,
  textSchema,
  timeSchema,
  versionSchema,
} from '../../main/domain/primitives.ts';
import { insightMeasure } from '../../main/domain/insight/insight.ts';
import { applyPreviewSchema, rollBackPreviewSchema } from '../../main/domain/run/apply-preview.ts';
import { applyStrategy } from '../../main/domain/run/apply-strategy.ts';
import { workChoicesSchema } from '../../main/domain/intent/work-choices.ts';
import { answerChoiceSchema } from '../../main/domain/run/answer-choice.ts';
import { dryRunSchema } from '../../main/domain/run/dry-run.ts';
import { evidenceManifestSchema, evidenceSummarySchema } from '../../main/domain/run/evidence.ts';
import { leftOutSchema } from '../../main/domain/run/left-out.ts';
import { changeStorySchema } from '../../main/domain/run/change-story.ts';
import { diffSchema } from '../../main/domain/run/diff.ts';
import { runListFilterSchema, runTab } from '../../main/domain/run/run-list-filter.ts';
import { runEventSchema, runEventType } from '../../main/domain/run/run-event.ts';
import { runStageSchema } from '../../main/domain/run/run-stage.ts';
import { askSchema } from '../../main/domain/run/ask.ts';
import { checkpointSchema, runRowSchema, runSchema } from '../../main/domain/run/run.ts';
import { runMachine, runType } from '../../main/domain/run/status.ts';
import { command, query } from './operation.ts';
import { schemaOf } from '../../main/domain/list-schema.ts';

export const runFilter = schemaOf(runTab);
export type RunFilter = z.infer<typeof runFilter>;

/** What an owner may do with a run. */
export const runOwnerAction = z.enum(
  runMachine.rows.filter((row) => row.by.includes('owner')).map((row) => row.on) as [
    'approve',
    'reject',
    'apply',
    'discard',
    'request_changes',
    'answer',
    'pause',
    'resume',
    'stop',
  ],
);

const spentSchema = z.object({
  steps: z.int().min(0),
  durationMs: z.int().min(0),
  tokens: z.int().min(0),
  costMicroUsd: microUsdSchema,
});

export const runDetailSchema = z.object({
  run: runSchema,
  checkpoints: z.array(checkpointSchema),
  decisions: z.array(decisionSchema),
  /** Stages of this attempt in their order; none for a run without, or before it has begun. */
  stages: z.array(runStageSchema),
  /** What this attempt has used, which the budget counts, and what all attempts on this run have. */
  spent: z.object({ attempt: spentSchema, total: spentSchema }),
  /** What a dry run found; null for others, and while it works. */
  dryRun: dryRunSchema.nullable(),
  /** Other attempts of the same intent, oldest first. */
  attempts: z.array(runRowSchema),
  /** Asked to pause, and at work until its step ends; `resume` takes the wish back. */
  pausing: z.boolean(),
  /** What the owner can do now; `retry` when it failed, timed out, or was stopped; `roll_back` and then `apply_again` once applied. */
  possible: z.array(z.union([runOwnerAction, z.enum(['retry', 'directive', 'roll_back', 'apply_again'])])),
  /** While blocked on stages that do not join: the answers that can be given without words of one's own. */
  choices: z.array(answerChoiceSchema),
  /** What its agents wait for, the oldest first. */
  asks: z.array(askSchema).optional(),
  lastSeq: z.int(),
  /** While queued: how many are ahead and what it waits for. */
  waiting: z.string().nullable(),
  /** While queued: about when it starts, from how long runs take; null where nothing says. */
  startsAbout: timeSchema.nullable().optional(),
  /** The retry of this run's intent that waits for its time: which run, when, and that it is attempt 2 of 4, say. */
  retry: z
    .object({
      runId: idSchema,
      number: z.int(),
      notBefore: timeSchema,
      attempt: z.int(),
      of: z.int(),
    })
    .nullable()
    .optional(),
});
export type RunDetail = z.infer<typeof runDetailSchema>;

const target = z.object({ id: idSchema, version: versionSchema.optional() });

export const runOperations = {
  'run.list': query(
    'GET /runs',
    'Lists runs, newest first. Each word of `search` stands in what a row says: number, name, proposal, project, account, status, error, question or what it waits for.',
    z.object({
      filter: runFilter.default('all'),
      projectId: idSchema.optional(),
      ...runListFilterSchema.shape,
      /** Only those behind a point of Insights: with `from` and `to`, and the `key` of a point that stands for a name. */
      behind: schemaOf(insightMeasure).optional(),
      from: timeSchema.optional(),
      to: timeSchema.optional(),
      key: z.string().max(120).optional(),
      before: z.coerce.number().int().optional(),
      limit: z.coerce.number().int().min(1).max(1_000).default(200),
    }),
    z.object({
      seq: z.int(),
      rows: z.array(runRowSchema),
      /** How many of what was asked for each filter holds, whichever is shown. */
      counts: z.object({ active: z.int(), needs_me: z.int(), failed: z.int(), all: z.int() }),
    }),
  ),
  'run.rows': query(
    'GET /runs/rows',
    'The rows with these ids.',
    z.object({ ids: z.array(idSchema).max(500) }),
    z.array(runRowSchema),
  ),
  'run.get': query(
    'GET /runs/{id}',
    'One run with its checkpoints, decisions and attempts.',
    z.object({ id: idSchema }),
    runDetailSchema,
  ),
  'run.create': command(
    'POST /runs',
    'Creates an intent and its first run; the risk gate decides whether it starts by itself.',
    z.object({
      projectId: idSchema,
      goalId: idSchema.nullable().default(null),
      name: lineSchema.optional(),
      /** What the agent is asked to do. */
      query: textSchema.min(1, 'Say what should be done.'),
      runType: schemaOf(runType).default('agent'),
      executor: z.string().max(40).optional(),
      shellCommand: z.string().trim().max(2_000).optional(),
      executorLabel: z.string().trim().max(120).optional(),
      dryRun: z.boolean().default(false),
      verbose: z.boolean().default(false),
      maxSteps: z.int().min(1).max(200).optional(),
      ...workChoicesSchema.shape,
      metadata: jsonObjectSchema.default({}),
    }),
    runDetailSchema,
  ),
  'run.events': query(
    'GET /runs/{id}/events',
    'Timeline of a run after a sequence number, oldest first. `before` reads backwards from there instead.',
    z.object({
      id: idSchema,
      after: z.coerce.number().int().min(0).default(0),
      before: z.coerce.number().int().min(1).optional(),
      limit: z.coerce.number().int().min(1).max(5_000).default(1_000),
      types: z.array(schemaOf(runEventType)).optional(),
    }),
    z.object({ events: z.array(runEventSchema), lastSeq: z.int() }),
  ),
  'run.diff': query(
    'GET /runs/{id}/diff',
    'What a run changed against its base, and how it would apply.',
    z.object({ id: idSchema }),
    diffSchema,
  ),
  'run.story': query(
    'GET /runs/{id}/story',
    'Why a result looks as it does: which step changed each file, and what the agent said as it did.',
    z.object({ id: idSchema }),
    changeStorySchema,
  ),
  'run.lines': query(
    'GET /runs/{id}/lines',
    'Lines of a file as the result has it, for what a diff leaves out between two hunks.',
    z.object({
      id: idSchema,
      path: z.string().min(1).max(4_096),
      from: z.coerce.number().int().min(1),
      to: z.coerce.number().int().min(1),
    }),
    z.object({ lines: z.array(z.string()), total: z.int() }),
  ),
  'run.previewApply': query(
    'GET /runs/{id}/apply/preview',
    'What an apply would do now: the commits, files and conflicts. Changes nothing.',
    z.object({
      id: idSchema,
      strategy: schemaOf(applyStrategy).default('merge'),
      leftOut: leftOutSchema.optional(),
    }),
    applyPreviewSchema,
  ),
  'run.previewRollBack': query(
    'GET /runs/{id}/roll-back/preview',
    'What taking an applied run out again would do now, and which of its files were changed since. Changes nothing.',
    z.object({ id: idSchema }),
    rollBackPreviewSchema,
  ),
  'run.output': query(
    'GET /runs/{id}/output',
    'Raw output of one step, redacted, from a byte offset.',
    z.object({
      id: idSchema,
      step: z.coerce.number().int().min(1),
      stream: z.enum(['stdout', 'stderr']).default('stdout'),
      offset: z.coerce.number().int().min(0).default(0),
      limit: z.coerce.number().int().min(1).max(1_048_576).default(65_536),
    }),
    z.object({ text: z.string(), nextOffset: z.int(), size: z.int() }),
  ),
  'run.approve': command('POST /runs/{id}/approve', 'Lets a draft start.', target, runDetailSchema),
  'run.reject': command(
    'POST /runs/{id}/reject',
    'Refuses a draft.',
    target.extend({ reason: z.string().trim().max(2_000).optional() }),
    runDetailSchema,
  ),
  'run.pause': command(
    'POST /runs/{id}/pause',
    'Pauses at the next safe point, or at once with the process ended.',
    target.extend({ now: z.boolean().default(false) }),
    runDetailSchema,
  ),
  'run.resume': command(
    'POST /runs/{id}/resume',
    'Goes on from the last checkpoint; of a run that still works, takes back that it shall pause.',
    target,
    runDetailSchema,
  ),
  'run.stop': command(
    'POST /runs/{id}/stop',
    'Ends a run and everything it started.',
    target,
    runDetailSchema,
  ),
  'run.directive': command(
    'POST /runs/{id}/directive',
    'Tells the agent something; it reads it at its next step.',
    z.object({ id: idSchema, text: z.string().trim().min(1, 'Write the directive.').max(10_000) }),
    runDetailSchema,
  ),
  'run.answer': command(
    'POST /runs/{id}/answer',
    'Answers what a blocked run asked, and lets it go on.',
    target.extend({ text: z.string().trim().min(1, 'Write an answer.').max(10_000) }),
    runDetailSchema,
  ),
  'run.apply': command(
    'POST /runs/{id}/apply',
    'Brings the result into the project by merge, squash or rebase. Tried in a scratch place first; a conflict changes nothing. A run that was rolled back is applied again.',
    target.extend({
      strategy: schemaOf(applyStrategy).default('merge'),
      /** Runs the project's tests on the merged result before the branch moves; the setting decides when it is left out. */
      test: z.boolean().optional(),
      /** Hunks and files of the result that stay away: the rest comes as one commit, and its policy and tests are asked again. */
      leftOut: leftOutSchema.optional(),
    }),
    runDetailSchema,
  ),
  'run.rollBack': command(
    'POST /runs/{id}/roll-back',
    'Takes an applied run out of the project again, by a commit that undoes it. A conflict with later work changes nothing.',
    target.extend({ reason: z.string().trim().max(2_000).optional() }),
    runDetailSchema,
  ),
  'run.discard': command(
    'POST /runs/{id}/discard',
    'Gives up the result; its evidence stays.',
    target.extend({ reason: z.string().trim().max(2_000).optional() }),
    runDetailSchema,
  ),
  'run.requestChanges': command(
    'POST /runs/{id}/request-changes',
    'Sends the run back for another attempt with this feedback.',
    target.extend({ feedback: z.string().trim().min(1, 'Say what should change.').max(20_000) }),
    runDetailSchema,
  ),
  'run.retry': command(
    'POST /runs/{id}/retry',
    'A new run of the same intent, attempt + 1, after one that failed, spent its budget or was stopped. One stopped before it was approved is held again. With `fromStep` an agent goes on from the checkpoint of that step, in a new session; without, it starts at the base of the project.',
    target.extend({ fromStep: z.int().min(1).optional() }),
    runDetailSchema,
  ),
  'run.evidence': query(
    'GET /runs/{id}/evidence',
    'What evidence of a run there is, part by part, and what is missing.',
    z.object({ id: idSchema }),
    evidenceSummarySchema,
  ),
  'run.exportEvidence': command(
    'POST /runs/{id}/evidence',
    'Writes the evidence of a run, redacted, as one archive with a manifest: to a new file at this path, else to the exports folder. `GET /runs/{id}/evidence.zip` downloads it.',
    z.object({ id: idSchema, path: z.string().min(1).max(4_096).optional() }),
    z.object({
      path: z.string(),
      bytes: z.int(),
      files: evidenceManifestSchema.shape.files,
      pieces: evidenceManifestSchema.shape.pieces,
      leftOut: evidenceManifestSchema.shape.leftOut,
    }),
  ),
  'run.retryNow': command(
    'POST /runs/{id}/retry-now',
    'Lets a retry that waits for its time start at once. Takes the waiting run or one it follows.',
    target,
    runDetailSchema,
  ),
  'run.cancelRetry': command(
    'POST /runs/{id}/cancel-retry',
    'Gives up a retry that waits for its time; it can still be retried by hand.',
    target,
    runDetailSchema,
  ),
};
