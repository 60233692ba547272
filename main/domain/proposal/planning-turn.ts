import { z } from 'zod';
import { costSource, costState } from '../cost/cost-state.ts';
import { microUsdSchema, timeSchema } from '../primitives.ts';
import { schemaOf } from '../list-schema.ts';

/** One turn of a planner: what it used, and what it said. */
export const planningTurnSchema = z.object({
  id: z.int(),
  executor: z.string(),
  model: z.string().nullable(),
  class: z.string(),
  tokensIn: z.int(),
  tokensOut: z.int(),
  tokensCached: z.int(),
  /** Null: not known, or paid by a subscription; `costSource` says which. */
  costMicroUsd: microUsdSchema.nullable(),
  costSource: schemaOf(costSource),
  durationMs: z.int(),
  /** Its last words as they were. */
  reply: z.string(),
  /** What was wrong with them; empty: nothing. */
  problem: z.string(),
  at: timeSchema,
});
/** What planning a proposal cost so far, as far as it is known. */
export const planningCostSchema = z.object({
  turns: z.int(),
  tokens: z.int(),
  costMicroUsd: microUsdSchema,
  state: schemaOf(costState),
});

export type PlanningTurn = z.infer<typeof planningTurnSchema>;
