import { z } from 'zod';
import { valueList, type ValueOf } from '../value-list.ts';
import type { Budget } from '../run/budget.ts';

export const riskProfile = valueList({ strict: 'Strict', balanced: 'Balanced', trusted: 'Trusted' });
export type RiskProfile = ValueOf<typeof riskProfile>;

export const riskLevel = valueList({ low: 'Low', medium: 'Medium', high: 'High' });
export type RiskLevel = ValueOf<typeof riskLevel>;

/** A word or pattern in a goal or plan that a person should see before a run starts. Data, per project. */
export const sensitivePatternSchema = z.object({
  name: z.string().min(1).max(80),
  /** A regular expression, matched ignoring case. */
  pattern: z
    .string()
    .min(1)
    .max(300)
    .refine((pattern) => {
      try {
        return Boolean(new RegExp(pattern, 'iu'));
      } catch (error) {
        return !(error instanceof SyntaxError);
      }
    }, 'This is not a valid regular expression.'),
});
export type SensitivePattern = z.infer<typeof sensitivePatternSchema>;

export const defaultSensitivePatterns: readonly SensitivePattern[] = [
  {
    name: 'package install',
    pattern: String.raw`\b(npm|pnpm|yarn|bun|pip3?|cargo|gem|brew|apt(-get)?)\s+(i|install|add)\b`,
  },
  { name: 'environment file', pattern: String.raw`(^|[\s/'"\x60])\.env(\.|\b)` },
  { name: 'configuration file', pattern: String.raw`\bconfig\.ya?ml\b` },
  { name: 'deployment', pattern: String.raw`\bdeploy(s|ed|ing|ment)?\b` },
  { name: 'migration', pattern: String.raw`\bmigrat(e|es|ed|ing|ion|ions)\b` },
  {
    name: 'credentials',
    pattern: String.raw`\b(credential|password|passwd|secret|api[ _-]?key|access[ _-]?token|private[ _-]?key)s?\b`,
  },
  { name: 'superuser', pattern: String.raw`\bsudo\b` },
  { name: 'piped installer', pattern: String.raw`\b(curl|wget)\b[^|\n]*\|\s*(ba|z)?sh\b` },
];

export interface GateInput {
  readonly profile: RiskProfile;
  /** Everything the agent will be told: goal, query and plan. */
  readonly text: string;
  readonly budget: Budget;
  readonly defaults: Budget;
  /** Whether the path policy can be enforced: the project is a git repository with a worktree. */
  readonly enforceable: boolean;
  readonly patterns: readonly SensitivePattern[];
  /** The owner has just said Execute to exactly this plan. */
  readonly approvedByOwner: boolean;
}

export interface GateVerdict {
  readonly start: 'queued' | 'draft';
  /** Why a person must look first; empty when the run starts by itself. */
  readonly held: readonly { readonly rule: string; readonly reason: string }[];
}

/**
 * Decides whether a run starts by itself. Strict: no sensitive word, budget within the defaults, and an enforceable policy.
 * Balanced: sensitive words are held, a larger budget is not. Trusted: only an unenforceable policy is held.
 * What the owner approved as shown starts, but for an unenforceable policy, which is always held.
 */
export function riskGate(input: GateInput): GateVerdict {
  const held: { rule: string; reason: string }[] = [];
  if (!input.enforceable)
    held.push({
      rule: 'path_policy',
      reason: 'The path policy cannot be enforced here: this is not a git worktree.',
    });
  if (!input.approvedByOwner && input.profile !== 'trusted')
    for (const { name, pattern } of input.patterns)
      if (new RegExp(pattern, 'iu').test(input.text))
        held.push({ rule: `sensitive:${name}`, reason: `The text mentions ${name}.` });
  if (!input.approvedByOwner && input.profile === 'strict') {
    if (input.budget.steps > input.defaults.steps)
      held.push({
        rule: 'budget_steps',
        reason: `It asks for ${String(input.budget.steps)} steps; ${String(input.defaults.steps)} start by themselves.`,
      });
    if (input.budget.durationMs > input.defaults.durationMs)
      held.push({
        rule: 'budget_time',
        reason: `It asks for ${minutes(input.budget.durationMs)}; ${minutes(input.defaults.durationMs)} start by themselves.`,
      });
  }
  return { start: held.length ? 'draft' : 'queued', held };
}

function minutes(ms: number): string {
  return `${String(Math.round(ms / 60_000))} minutes`;
}
