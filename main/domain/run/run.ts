import { z } from 'zod';
import { costState } from '../cost/cost-state.ts';
import { idSchema, microUsdSchema, timeSchema, versionSchema } from '../primitives.ts';
import { executionSchema } from '../intent/intent.ts';
import { runStatus, runType, triggeredBy } from './status.ts';
import { schemaOf } from '../list-schema.ts';

export const testEvidenceSchema = z.object({
  command: z.string(),
  /** Null when it was ended by the time limit or a signal; `note` then says so. */
  exitCode: z.int().nullable(),
  durationMs: z.int(),
  note: z.string().nullable(),
  /** The last 64 KiB of its output. */
  output: z.string(),
});
export type TestEvidence = z.infer<typeof testEvidenceSchema>;

export const heldRuleSchema = z.object({ rule: z.string(), reason: z.string() });

export const runSchema = z.object({
  id: idSchema,
  /** Counts from 1; shown as `#12`. */
  number: z.int().min(1),
  version: versionSchema,
  intentId: idSchema,
  projectId: idSchema,
  projectName: z.string(),
  proposalId: idSchema.nullable(),
  goalId: idSchema.nullable(),
  name: z.string(),
  goalText: z.string(),
  attempt: z.int().min(1),
  retryOfRunId: idSchema.nullable(),
  /** The step of the run it retries whose checkpoint it goes on from; null where it starts at the base. */
  fromStep: z.int().min(1).nullable().optional(),
  /** While queued: not before this time, because it waits to be tried again. */
  notBefore: timeSchema.nullable().optional(),
  /** How many retries of Homer's own in a row led to this run. */
  retryNumber: z.int().min(0).optional(),
  /** Version of the proposal's plan it carries out. */
  planVersion: z.int().min(1).nullable().optional(),
  runType: schemaOf(runType),
  triggeredBy: schemaOf(triggeredBy),
  status: schemaOf(runStatus),
  executor: z.string(),
  executorLabel: z.string(),
  /** The account it works with, by its name; null before it has one, and for executors without accounts. */
  accountLabel: z.string().nullable().optional(),
  execution: executionSchema,
  /** Why the risk gate made it a draft; empty otherwise. */
  held: z.array(heldRuleSchema),
  worktree: z.string().nullable(),
  baseCommit: z.string().nullable(),
  branch: z.string().nullable(),
  headCommit: z.string().nullable(),
  appliedCommit: z.string().nullable(),
  /** The commit that took an applied run out of the project again, and when; null while its changes are there. */
  rolledBackCommit: z.string().nullable(),
  rolledBackAt: timeSchema.nullable(),
  /** Counts from 1 once the first step has begun; 0 before. */
  step: z.int().min(0),
  tokensIn: z.int(),
  tokensOut: z.int(),
  tokensCached: z.int(),
  costMicroUsd: microUsdSchema,
  /** How much that sum tells: what a subscription paid or nobody knows is no part of it. */
  costState: schemaOf(costState).optional(),
  filesChanged: z.int(),
  additions: z.int(),
  deletions: z.int(),
  exitCode: z.int().nullable(),
  /** A tag and a sentence when it failed, timed out or is blocked. */
  errorTag: z.string().nullable(),
  error: z.string().nullable(),
  /** What the agent asked, while blocked. */
  question: z.string().nullable(),
  sessionId: z.string().nullable(),
  testBefore: testEvidenceSchema.nullable(),
  testAfter: testEvidenceSchema.nullable(),
  recoveries: z.int(),
  queuedAt: timeSchema.nullable(),
  startedAt: timeSchema.nullable(),
  endedAt: timeSchema.nullable(),
  /** Time spent working, without waiting; milliseconds. */
  activeMs: z.int(),
  createdAt: timeSchema,
  updatedAt: timeSchema,
});
export type Run = z.infer<typeof runSchema>;

/** A row of the run list: no texts beyond one line. */
export const runRowSchema = runSchema
  .pick({
    id: true,
    number: true,
    version: true,
    projectId: true,
    projectName: true,
    proposalId: true,
    name: true,
    attempt: true,
    notBefore: true,
    runType: true,
    status: true,
    executor: true,
    executorLabel: true,
    accountLabel: true,
    step: true,
    costMicroUsd: true,
    costState: true,
    tokensIn: true,
    tokensOut: true,
    filesChanged: true,
    additions: true,
    deletions: true,
    errorTag: true,
    error: true,
    question: true,
    queuedAt: true,
    startedAt: true,
    endedAt: true,
    activeMs: true,
    createdAt: true,
    updatedAt: true,
  })
  .extend({
    maxSteps: z.int(),
    dryRun: z.boolean(),
    /** While queued, in the run list: what it waits for. */
    waiting: z.string().nullable(),
    /** About when that is over, from how long runs take. */
    startsAbout: timeSchema.nullable().optional(),
    testBeforeExit: z.int().nullable(),
    testAfterExit: z.int().nullable(),
    hasTests: z.boolean(),
    /** When its changes were taken out of the project again; null while they are there, or never were. */
    rolledBackAt: timeSchema.nullable().optional(),
  });
export type RunRow = z.infer<typeof runRowSchema>;

export const checkpointSchema = z.object({
  runId: idSchema,
  step: z.int().min(1),
  attempt: z.int().min(1),
  /** The stage whose step it was; empty for a run without stages. */
  stage: z.string(),
  result: z.string(),
  changedPaths: z.array(z.string()),
  policyOk: z.boolean(),
  policyViolations: z.array(z.object({ path: z.string(), rule: z.string() })),
  test: testEvidenceSchema.nullable(),
  sessionId: z.string().nullable(),
  commit: z.string().nullable(),
  createdAt: timeSchema,
});
export type Checkpoint = z.infer<typeof checkpointSchema>;
