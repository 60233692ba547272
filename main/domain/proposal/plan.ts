import { z } from 'zod';
import { microUsdSchema } from '../primitives.ts';
import { riskLevel } from '../risk/gate.ts';
import { valueList, type ValueOf } from '../value-list.ts';
import { schemaOf } from '../list-schema.ts';

export const effort = valueList({ small: 'Small', medium: 'Medium', large: 'Large' });
export type Effort = ValueOf<typeof effort>;

/** What a planner writes and its owner approves. */
export const planSchema = z.object({
  steps: z.array(z.string().trim().min(1).max(2_000)).min(1, 'A plan needs at least one step.').max(50),
  effort: schemaOf(effort),
  risk: schemaOf(riskLevel),
  /** Paths relative to the repository that the plan expects to touch; globs allowed. */
  files: z.array(z.string().max(500)).max(200),
  /** Empty: the project's own. */
  testCommand: z.string().max(2_000),
  /** What a planner would have the tests be instead of the project's own. It is never run: its owner accepts it first. Empty: nothing. */
  proposedTestCommand: z.string().max(2_000).default(''),
  /** Estimates. Null: the planner gave none. Never a false zero. */
  costMicroUsd: microUsdSchema.nullable(),
  tokens: z.int().min(0).nullable().default(null),
  durationMs: z.int().min(0).nullable().default(null),
});
export type Plan = z.infer<typeof planSchema>;

export const planVersionSchema = z.object({
  planVersion: z.int().min(1),
  plan: planSchema,
  /** Who wrote it: `template`, `owner`, or an executor with its label. */
  writtenBy: z.string(),
  /** The owner's words that this version answers; empty for the first. */
  feedback: z.string(),
  /** What its owner should know of how it was written; empty: nothing. */
  note: z.string(),
  createdAt: z.string(),
});
export type PlanVersion = z.infer<typeof planVersionSchema>;
