import { z } from 'zod';
import { decisionSchema } from '../../main/domain/decision/decision.ts';
import { idSchema, lineSchema, textSchema, timeSchema, versionSchema } from '../../main/domain/primitives.ts';
import { workChoicesSchema } from '../../main/domain/intent/work-choices.ts';
import { planSchema, planVersionSchema } from '../../main/domain/proposal/plan.ts';
import { boardFields, boardFilterSchema } from '../../main/domain/proposal/board-filter.ts';
import { planningCostSchema, planningTurnSchema } from '../../main/domain/proposal/planning-turn.ts';
import { proposalCardSchema, proposalSchema, questionSchema } from '../../main/domain/proposal/proposal.ts';
import { relatedProposalSchema } from '../../main/domain/proposal/related.ts';
import { proposalMachine, proposalStage } from '../../main/domain/proposal/stage.ts';
import { gateRuleSchema } from '../../main/domain/risk/gate.ts';
import { runRowSchema } from '../../main/domain/run/run.ts';
import { command, query } from './operation.ts';
import { schemaOf } from '../../main/domain/list-schema.ts';

/** What an owner may decide; `expire` belongs to the runtime. */
export const proposalDecision = z.enum(
  proposalMachine.rows.filter((row) => row.by.includes('owner')).map((row) => row.on) as [
    'approve',
    'details',
    'skip',
    'reject',
    'generate_plan',
    'suggest',
    'more_details',
    'execute',
    'restore',
  ],
);

export const proposalDetailSchema = z.object({
  proposal: proposalSchema,
  plans: z.array(planVersionSchema),
  questions: z.array(questionSchema),
  /** The last turns of planners, newest first, and what all of them cost. */
  planningTurns: z.array(planningTurnSchema),
  planningCost: planningCostSchema,
  /** What the risk gate meets in the newest plan, by the rules of the project; shown before its owner says Execute. */
  planHeld: z.array(gateRuleSchema),
  decisions: z.array(decisionSchema),
  runs: z.array(runRowSchema),
  /** What can be decided now. */
  possible: z.array(proposalDecision),
});
export type ProposalDetail = z.infer<typeof proposalDetailSchema>;

/** What a board shows, of one project or goal where the caller is bound to it. */
const filter = boardFilterSchema.extend({
  projectId: idSchema.optional(),
  goalId: idSchema.optional(),
});

export const proposalOperations = {
  'proposal.board': query(
    'GET /proposals/board',
    'The board: each stage with its true count and its first cards: by priority, then by rank, which follows from the relevance until somebody moves a card.',
    filter.extend({ limit: z.coerce.number().int().min(1).max(1_000).default(100) }),
    z.object({
      /** Live sequence this answer reflects. */
      seq: z.int(),
      columns: z.array(
        z.object({
          stage: schemaOf(proposalStage),
          count: z.int(),
          /** How many there are whatever the filter, and how many there should be at most; null: no limit. */
          whole: z.int(),
          limit: z.int().nullable(),
          oldestSince: timeSchema.nullable(),
          cards: z.array(proposalCardSchema),
        }),
      ),
    }),
  ),
  'proposal.list': query(
    'GET /proposals',
    'One stage, in board order, after the given offset.',
    filter.extend({
      stage: schemaOf(proposalStage),
      offset: z.coerce.number().int().min(0).default(0),
      limit: z.coerce.number().int().min(1).max(1_000).default(100),
    }),
    z.object({ count: z.int(), cards: z.array(proposalCardSchema) }),
  ),
  'proposal.counts': query(
    'GET /proposals/counts',
    'For each field of the board and each of its values: how many open proposals it would show with what is chosen in the other fields.',
    filter,
    z.object(
      Object.fromEntries(boardFields.map((field) => [field, z.record(z.string(), z.int())])) as Record<
        (typeof boardFields)[number],
        z.ZodRecord<z.ZodString, z.ZodInt>
      >,
    ),
  ),
  'proposal.lanes': query(
    'GET /proposals/lanes',
    'The lanes of the board that hold anything, with how many proposals each has in each stage.',
    filter.extend({ by: z.enum(['goal', 'project']) }),
    z.array(
      z.object({
        /** Null: what has no goal, or no project. */
        id: idSchema.nullable(),
        title: z.string().nullable(),
        counts: z.record(schemaOf(proposalStage), z.int()),
      }),
    ),
  ),
  'proposal.cards': query(
    'GET /proposals/cards',
    'The cards with these ids; those that are gone are left out.',
    z.object({ ids: z.array(idSchema).max(500) }),
    z.array(proposalCardSchema),
  ),
  'proposal.get': query(
    'GET /proposals/{id}',
    'One proposal, whole.',
    z.object({ id: idSchema }),
    proposalDetailSchema,
  ),
  'proposal.related': query(
    'GET /proposals/{id}/related',
    'What is like a proposal, came of it or gave rise to it: at most five that stand, then at most five that were rejected, with the reason.',
    z.object({ id: idSchema }),
    z.array(relatedProposalSchema),
  ),
  'proposal.create': command(
    'POST /proposals',
    'Proposes something typed by the owner.',
    z.object({
      title: lineSchema,
      summary: z.string().max(2_000).default(''),
      content: textSchema.default(''),
      projectId: idSchema.nullable().default(null),
      goalId: idSchema.nullable().default(null),
    }),
    proposalDetailSchema,
  ),
  'proposal.update': command(
    'PATCH /proposals/{id}',
    'Links a proposal to a goal or project, gives it a priority, or corrects its text.',
    z.object({
      id: idSchema,
      version: versionSchema,
      fields: z
        .object({
          title: lineSchema,
          summary: z.string().max(2_000),
          content: textSchema,
          projectId: idSchema.nullable(),
          goalId: idSchema.nullable(),
          priority: proposalSchema.shape.priority,
        })
        .partial(),
    }),
    proposalDetailSchema,
  ),
  'proposal.place': command(
    'POST /proposals/{id}/place',
    'Puts a proposal directly above or below another of its stage on the board. It keeps its priority where that stands there, else it takes the nearest.',
    z.object({
      id: idSchema,
      version: versionSchema,
      anchor: idSchema,
      side: z.enum(['above', 'below']),
      /** Left out: its own. */
      priority: proposalSchema.shape.priority.optional(),
    }),
    proposalDetailSchema,
  ),
  'proposal.decide': command(
    'POST /proposals/{id}/decide',
    'Decides on a proposal. The first decision on a version wins; a later one is refused as stale.',
    z.object({
      id: idSchema,
      version: versionSchema,
      action: proposalDecision,
      /** Why; required to reject. */
      reason: z.string().trim().max(2_000).optional(),
      /** What to change; required to suggest. */
      feedback: z.string().trim().max(10_000).optional(),
      /** For `execute`: overrides of the project's executor. */
      execute: z
        .object({
          executor: z.string().max(40).optional(),
          shellCommand: z.string().trim().max(2_000).optional(),
          executorLabel: z.string().trim().max(120).optional(),
          maxSteps: z.int().min(1).max(200).optional(),
          dryRun: z.boolean().optional(),
          ...workChoicesSchema.shape,
        })
        .optional(),
    }),
    proposalDetailSchema,
  ),
  'proposal.snooze': command(
    'POST /proposals/{id}/snooze',
    'Takes a proposal out of the inbox until a time; null brings it back.',
    z.object({ id: idSchema, version: versionSchema, until: timeSchema.nullable() }),
    proposalDetailSchema,
  ),
  'proposal.ask': command(
    'POST /proposals/{id}/questions',
    'Asks a question in the research phase.',
    z.object({ id: idSchema, question: questionSchema.shape.question, required: z.boolean().default(false) }),
    proposalDetailSchema,
  ),
  'proposal.askPlanner': command(
    'POST /proposals/{id}/ask-planner',
    'Has the planner look for open questions, in the research phase.',
    z.object({ id: idSchema }),
    proposalDetailSchema,
  ),
  'proposal.answer': command(
    'POST /proposals/{id}/answers',
    'Answers a question; answering again replaces the answer.',
    z.object({
      id: idSchema,
      questionId: idSchema,
      answer: z.string().trim().min(1, 'Write an answer.').max(10_000),
    }),
    proposalDetailSchema,
  ),
  'proposal.cancelPlanning': command(
    'POST /proposals/{id}/cancel-planning',
    'Stops the planner. The stage stays plan; a suggestion or Retry starts it again.',
    z.object({ id: idSchema }),
    proposalDetailSchema,
  ),
  'proposal.retryPlanning': command(
    'POST /proposals/{id}/retry-planning',
    'Starts the planner again after it failed or was cancelled.',
    z.object({ id: idSchema }),
    proposalDetailSchema,
  ),
  'proposal.editPlan': command(
    'POST /proposals/{id}/plan',
    'Writes a new version of the plan by hand.',
    z.object({ id: idSchema, version: versionSchema, plan: planSchema }),
    proposalDetailSchema,
  ),
};
