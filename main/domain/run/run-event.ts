import { z } from 'zod';
import { timeSchema } from '../primitives.ts';
import { dryRunSchema } from './dry-run.ts';
import { leftOutFileSchema } from './left-out.ts';
import { valueList, type ValueOf } from '../value-list.ts';
import { schemaOf } from '../list-schema.ts';

/** What a run's timeline is made of. Every kind carries the payload its schema below gives. */
export const runEventType = valueList({
  status_changed: 'Status',
  attempt_started: 'Attempt',
  worktree_created: 'Worktree',
  setup_started: 'Setup started',
  setup_ended: 'Setup',
  step_started: 'Step',
  step_ended: 'Step ended',
  child_started: 'Process started',
  child_ended: 'Process ended',
  output: 'Output',
  message: 'Message',
  reasoning: 'Reasoning',
  tool_call: 'Tool call',
  tool_result: 'Tool result',
  file_change: 'File change',
  usage: 'Usage',
  retry: 'Retry',
  error: 'Error',
  policy_checked: 'Policy',
  test_started: 'Tests started',
  test_ended: 'Tests',
  checkpoint: 'Checkpoint',
  directive: 'Directive',
  question: 'Question',
  answer: 'Answer',
  permission: 'Permission',
  recovered: 'Recovered',
  applied: 'Applied',
  rolled_back: 'Rolled back',
  output_capped: 'Output capped',
  quiet: 'Quiet',
  stage_started: 'Stage started',
  stage_ended: 'Stage ended',
  joined: 'Joined',
  dry_run: 'Dry run',
});
export type RunEventType = ValueOf<typeof runEventType>;

/** Where in a run it happened: the step, and the stage where the run has some, so that stages side by side can be told apart. */
const at = { step: z.int(), stage: z.string().optional() };
const stage = z.string().optional();
const capped = z.string();
/** `merged`: of the merged result, before the branch moves. */
const permissionOutcome = z.enum([
  'asked',
  'allowed',
  'granted',
  'denied',
  'refused',
  'expired',
  'withdrawn',
]);
const testMoment = z.enum(['before', 'after', 'merged']);

/** Payload by type. Text is already redacted and bounded (64 KiB a piece). */
export const runEventPayloads = {
  status_changed: z.object({
    from: z.string(),
    to: z.string(),
    on: z.string(),
    actor: z.string(),
    reason: z.string().optional(),
  }),
  attempt_started: z.object({ attempt: z.int(), feedback: z.string().optional() }),
  worktree_created: z.object({ stage, path: z.string(), branch: z.string(), baseCommit: z.string() }),
  setup_started: z.object({ stage, command: z.string() }),
  setup_ended: z.object({
    stage,
    command: z.string(),
    exitCode: z.int().nullable(),
    durationMs: z.int(),
    output: capped,
  }),
  step_started: z.object({ ...at, of: z.int(), title: z.string() }),
  step_ended: z.object({ ...at, result: z.string(), durationMs: z.int() }),
  child_started: z.object({
    ...at,
    pid: z.int(),
    program: z.string(),
    /** The account it works with, by its name. */
    account: z.string().optional(),
  }),
  child_ended: z.object({
    ...at,
    exitCode: z.int().nullable(),
    signal: z.string().nullable(),
    durationMs: z.int(),
    classified: z.string(),
  }),
  output: z.object({ ...at, stream: z.enum(['stdout', 'stderr']), text: capped }),
  message: z.object({ ...at, text: capped }),
  reasoning: z.object({ ...at, text: capped }),
  tool_call: z.object({ ...at, id: z.string(), tool: z.string(), input: z.json() }),
  tool_result: z.object({ ...at, id: z.string(), ok: z.boolean(), output: capped }),
  file_change: z.object({
    ...at,
    path: z.string(),
    change: z.enum(['added', 'modified', 'deleted', 'renamed']),
    additions: z.int(),
    deletions: z.int(),
  }),
  /** What was used since the last such event of the turn. */
  usage: z.object({
    ...at,
    /** Input that was not read from a cache. */
    tokensIn: z.int(),
    /** Output, reasoning included. */
    tokensOut: z.int(),
    tokensCached: z.int(),
    /** Of `tokensIn`, and of `tokensOut`. */
    tokensCacheWrite: z.int().optional(),
    tokensReasoning: z.int().optional(),
    /** Null: not told, which is not the same as nothing. */
    costMicroUsd: z.int().nullable(),
    model: z.string().optional(),
    /** Of so many calls of the model, where that was told. */
    calls: z.int().optional(),
  }),
  retry: z.object({ ...at, reason: z.string(), afterMs: z.int() }),
  error: z.object({ ...at, tag: z.string(), message: z.string() }),
  policy_checked: z.object({
    ...at,
    ok: z.boolean(),
    changedPaths: z.array(z.string()),
    violations: z.array(z.object({ path: z.string(), rule: z.string() })),
    /** What changed outside of the worktree meanwhile and may have been the owner's doing. */
    notices: z.array(z.object({ path: z.string(), rule: z.string() })).optional(),
  }),
  test_started: z.object({ ...at, command: z.string(), when: testMoment }),
  test_ended: z.object({
    ...at,
    when: testMoment,
    command: z.string(),
    exitCode: z.int().nullable(),
    durationMs: z.int(),
    note: z.string().nullable(),
    output: capped,
  }),
  checkpoint: z.object({ ...at, commit: z.string().nullable() }),
  directive: z.object({ text: z.string(), actor: z.string() }),
  question: z.object({ ...at, text: z.string() }),
  answer: z.object({ text: z.string(), actor: z.string() }),
  /** What an agent wants to do, and what was decided of it. */
  permission: z.object({
    ...at,
    id: z.string(),
    tool: z.string(),
    text: capped,
    outcome: permissionOutcome,
    actor: z.string(),
    note: z.string().optional(),
  }),
  recovered: z.object({ stage, how: z.enum(['adopted', 'ended', 'requeued']), note: z.string() }),
  rolled_back: z.object({ commit: z.string(), target: z.string() }),
  applied: z.object({
    strategy: z.string(),
    commit: z.string(),
    target: z.string(),
    /** What of the result stayed away; absent: nothing. */
    leftOut: z.array(leftOutFileSchema).optional(),
  }),
  /** Past `limitBytes` less of the output is kept here; `note` says what. */
  output_capped: z.object({ ...at, limitBytes: z.int(), note: z.string().optional() }),
  /** The agent has printed nothing for so long; at most once until it prints again. */
  quiet: z.object({ ...at, minutes: z.number() }),
  stage_started: z.object({
    stage: z.string(),
    title: z.string(),
    role: z.string().nullable(),
    executor: z.string(),
    /** Stages whose work it starts from, and the commit that holds it. */
    needs: z.array(z.string()),
    baseCommit: z.string(),
  }),
  stage_ended: z.object({
    stage: z.string(),
    result: z.enum(['passed', 'failed', 'blocked', 'skipped', 'inherited', 'redo']),
    commit: z.string().nullable(),
    reason: z.string().optional(),
  }),
  /** Work of stages brought together: for a stage that needs them, or, with an empty `stage`, as the result. */
  joined: z.object({
    stage: z.string(),
    of: z.array(z.string()),
    commit: z.string().nullable(),
    /** Files that do not fit together; then there is no commit. */
    conflicts: z.array(z.string()),
  }),
  dry_run: dryRunSchema,
} satisfies Record<RunEventType, z.ZodType>;

export type RunEventPayload<T extends RunEventType> = z.infer<(typeof runEventPayloads)[T]>;

/** A typed event on its way into the store. */
export type NewRunEvent = {
  [T in RunEventType]: { readonly type: T; readonly payload: RunEventPayload<T> };
}[RunEventType];

export const runEventSchema = z.object({
  /** Gap-free per run, from 1. */
  seq: z.int().min(1),
  type: schemaOf(runEventType),
  payload: z.record(z.string(), z.json()),
  createdAt: timeSchema,
});
export type RunEvent = z.infer<typeof runEventSchema>;
