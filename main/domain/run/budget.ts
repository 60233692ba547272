import { z } from 'zod';

/** What a run may spend. Zero tokens or cost means no limit of that kind. */
export const budgetSchema = z.object({
  steps: z.int().min(1).max(200),
  durationMs: z
    .int()
    .min(1_000)
    .max(7 * 24 * 3_600_000),
  tokens: z.int().min(0),
  costMicroUsd: z.int().min(0),
});
export type Budget = z.infer<typeof budgetSchema>;

export const defaultBudget: Budget = { steps: 8, durationMs: 20 * 60_000, tokens: 0, costMicroUsd: 0 };

export interface Spent {
  readonly steps: number;
  readonly durationMs: number;
  readonly tokens: number;
  readonly costMicroUsd: number;
}

/** The figure that ends a run, or undefined while all hold. `steps` is spent when another step would exceed it. */
export function budgetSpent(
  budget: Budget,
  spent: Spent,
): { figure: keyof Spent; limit: number; used: number } | undefined {
  if (spent.durationMs >= budget.durationMs)
    return { figure: 'durationMs', limit: budget.durationMs, used: spent.durationMs };
  if (budget.tokens > 0 && spent.tokens >= budget.tokens)
    return { figure: 'tokens', limit: budget.tokens, used: spent.tokens };
  if (budget.costMicroUsd > 0 && spent.costMicroUsd >= budget.costMicroUsd)
    return { figure: 'costMicroUsd', limit: budget.costMicroUsd, used: spent.costMicroUsd };
  if (spent.steps >= budget.steps) return { figure: 'steps', limit: budget.steps, used: spent.steps };
  return undefined;
}
