import { z } from 'zod';
import { valueList, type ValueOf } from '../value-list.ts';
import type { Budget } from '../run/budget.ts';
import { schemaOf } from '../list-schema.ts';

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

/** What the gate reads of a piece of work: all the agent, its command and its stages will be told. */
export function gateText(parts: {
  query: string;
  shellCommand: string;
  metadata: Readonly<Record<string, unknown>>;
  /** What `planText` makes of the plan, when there is one. */
  plan?: string;
}): string {
  return [parts.query, parts.shellCommand, JSON.stringify(parts.metadata), parts.plan ?? ''].join('\n');
}

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

export const gateRuleOutcome = valueList({ held: 'Held', passed: 'Passed', not_asked: 'Not asked' });

/** What one rule of the gate said, and what would change it. */
export const gateRuleSchema = z.object({
  rule: z.string(),
  outcome: schemaOf(gateRuleOutcome),
  /** Why, in a sentence. */
  reason: z.string(),
  /** The words it met, with a little of what stands around them; null where it looks at no text. */
  matched: z.string().nullable(),
  /** What to change so that it would not hold; null when it does not. */
  fix: z.string().nullable(),
});
export type GateRule = z.infer<typeof gateRuleSchema>;

/** Which rules each profile asks: the whole difference between them. */
export const gateProfiles: Readonly<Record<RiskProfile, { sensitive: boolean; budget: boolean }>> = {
  strict: { sensitive: true, budget: true },
  balanced: { sensitive: true, budget: false },
  trusted: { sensitive: false, budget: false },
};

/**
 * Every rule of the gate, in a fixed order, with what it says of this work. Which rules are asked is a table (`gateProfiles`). What the
 * owner approved as shown is asked nothing more, but for a path policy that cannot be enforced, which is always held.
 */
export function explainGate(input: GateInput): GateRule[] {
  const { profile, approvedByOwner } = input;
  const asked = gateProfiles[profile];
  const unasked = approvedByOwner
    ? 'The owner approved this as shown.'
    : `The profile ${profile} does not ask.`;
  const rules: GateRule[] = [
    input.enforceable
      ? passed('path_policy', 'The path policy can be enforced: the run works in a git worktree.')
      : {
          rule: 'path_policy',
          outcome: 'held',
          reason: 'The path policy cannot be enforced here: this is not a git worktree.',
          matched: null,
          fix: 'Make the project a git repository.',
        },
  ];
  for (const { name, pattern } of input.patterns) {
    const rule = `sensitive:${name}`;
    if (approvedByOwner || !asked.sensitive) {
      rules.push({ rule, outcome: 'not_asked', reason: unasked, matched: null, fix: null });
      continue;
    }
    const found = new RegExp(pattern, 'iu').exec(input.text);
    rules.push(
      found
        ? {
            rule,
            outcome: 'held',
            reason: `The text mentions ${name}.`,
            matched: around(input.text, found.index, found[0].length),
            fix: `Say it without these words, take “${name}” out of the project's list, or choose the profile trusted.`,
          }
        : passed(rule, `The text does not mention ${name}.`),
    );
  }
  const { budget, defaults } = input;
  rules.push(
    within('budget_steps', budget.steps, defaults.steps, (value) => `${String(value)} steps`),
    within('budget_time', budget.durationMs, defaults.durationMs, minutes),
  );
  return rules;

  function within(rule: string, wanted: number, limit: number, words: (value: number) => string): GateRule {
    if (approvedByOwner || !asked.budget)
      return { rule, outcome: 'not_asked', reason: unasked, matched: null, fix: null };
    if (wanted <= limit)
      return passed(rule, `It asks for ${words(wanted)}; up to ${words(limit)} start by themselves.`);
    return {
      rule,
      outcome: 'held',
      reason: `It asks for ${words(wanted)}; ${words(limit)} start by themselves.`,
      matched: null,
      fix: `Ask for ${words(limit)} at most, raise the setting, or choose the profile balanced.`,
    };
  }
}

/** Decides whether a run starts by itself: when no rule holds it. */
export function riskGate(input: GateInput): GateVerdict {
  const held = explainGate(input)
    .filter(({ outcome }) => outcome === 'held')
    .map(({ rule, reason }) => ({ rule, reason }));
  return { start: held.length ? 'draft' : 'queued', held };
}

function passed(rule: string, reason: string): GateRule {
  return { rule, outcome: 'passed', reason, matched: null, fix: null };
}

const AROUND = 24;

/** What was met, with its surroundings on one line. */
function around(text: string, at: number, length: number): string {
  const from = Math.max(0, at - AROUND);
  const to = Math.min(text.length, at + Math.min(length, 200) + AROUND);
  const shown = text.slice(from, to).replace(/\s+/gu, ' ').trim();
  return `${from > 0 ? '…' : ''}${shown}${to < text.length ? '…' : ''}`;
}

function minutes(ms: number): string {
  return `${String(Math.round(ms / 60_000))} minutes`;
}
