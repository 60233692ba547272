import { z } from 'zod';
import { idSchema, lineSchema, textSchema, timeSchema, versionSchema } from '../primitives.ts';
import { runStatus } from '../run/status.ts';
import { proposalSource } from '../source/source.ts';
import { planSchema } from './plan.ts';
import { planningState, proposalStage } from './stage.ts';
import { schemaOf } from '../list-schema.ts';

export const proposalSchema = z.object({
  id: idSchema,
  /** Counts from 1; shown as `P-12`. */
  number: z.int().min(1),
  version: versionSchema,
  title: lineSchema,
  summary: z.string().max(2_000),
  /** Markdown. */
  content: textSchema,
  stage: schemaOf(proposalStage),
  planning: schemaOf(planningState),
  planningError: z.string().nullable(),
  source: schemaOf(proposalSource),
  /** Where the signal was: `src/parse.ts:41`, a URL, or empty. */
  sourceRef: z.string(),
  fingerprint: z.string(),
  relevance: z.int().min(0).max(50),
  /** How much it matters to its owner; the runs that come of it have it. What matters more stands higher on the board. */
  priority: z.int().min(0).max(100),
  /** Where it stands among those of its stage and priority; the larger the higher. */
  rank: z.number(),
  projectId: idSchema.nullable(),
  goalId: idSchema.nullable(),
  parentId: idSchema.nullable(),
  plan: planSchema.nullable(),
  planVersion: z.int().min(0),
  expiresAt: timeSchema.nullable(),
  snoozedUntil: timeSchema.nullable(),
  stageSince: timeSchema,
  createdAt: timeSchema,
  updatedAt: timeSchema,
});
export type Proposal = z.infer<typeof proposalSchema>;

/** What a board card shows; at most about 1 KB. */
export const proposalCardSchema = proposalSchema
  .pick({
    id: true,
    number: true,
    version: true,
    title: true,
    stage: true,
    planning: true,
    source: true,
    sourceRef: true,
    relevance: true,
    priority: true,
    rank: true,
    projectId: true,
    goalId: true,
    snoozedUntil: true,
    stageSince: true,
  })
  .extend({
    projectName: z.string().nullable(),
    goalTitle: z.string().nullable(),
    planSteps: z.int().nullable(),
    planRisk: planSchema.shape.risk.nullable(),
    planEffort: planSchema.shape.effort.nullable(),
    /** Estimates; null where the planner gave none. */
    planCostMicroUsd: planSchema.shape.costMicroUsd,
    planDurationMs: planSchema.shape.durationMs,
    openQuestions: z.int(),
    /** The newest run that came of it. */
    run: z
      .object({
        id: idSchema,
        number: z.int(),
        status: schemaOf(runStatus),
        step: z.int(),
        maxSteps: z.int(),
        filesChanged: z.int(),
        additions: z.int(),
        deletions: z.int(),
        testExit: z.int().nullable(),
        hasTests: z.boolean(),
        /** It was applied, and taken out of the project again. */
        rolledBack: z.boolean(),
      })
      .nullable(),
  });
export type ProposalCard = z.infer<typeof proposalCardSchema>;

export const questionSchema = z.object({
  id: idSchema,
  proposalId: idSchema,
  sequence: z.int(),
  question: z.string().trim().min(1).max(4_000),
  required: z.boolean(),
  askedBy: z.enum(['owner', 'agent']),
  /** Answers that the one who asks proposes. */
  suggestions: z.array(z.string().max(500)).max(6),
  answer: z.string().nullable(),
  answeredAt: timeSchema.nullable(),
  createdAt: timeSchema,
});
export type Question = z.infer<typeof questionSchema>;
