import { z } from 'zod';
import type { RunStatus } from '../run/status.ts';
import { valueList, type ValueOf } from '../value-list.ts';
import { schemaOf } from '../list-schema.ts';

/** Endings that may pass when the same work is tried again. Everything else needs a person first. */
export const retryEnding = valueList({
  crashed: 'The agent crashed',
  network: 'The network failed',
  rate_limited: 'Rate limited',
  tests_failed: 'The tests fail',
  timeout: 'Out of budget',
  setup_failed: 'The set-up failed',
  machine: 'Git or the machine failed',
});
export type RetryEnding = ValueOf<typeof retryEnding>;

const HOUR = 3_600_000;

/**
 * When Homer tries failed work again by itself: how often, after which endings, and how long it waits. The wait grows from `firstDelayMs` by
 * `factor` up to `mostDelayMs`; with full jitter it is a part of that, so that what failed together does not come back together.
 */
export const retryPolicySchema = z.object({
  v: z.literal(1).default(1),
  /** Retries after the first run; 0: none. */
  count: z.int().min(0).max(20, 'Twenty retries are the most.').default(0),
  on: z
    .array(schemaOf(retryEnding))
    .max(retryEnding.values.length)
    .default(['crashed', 'network', 'rate_limited']),
  firstDelayMs: z
    .int()
    .min(0)
    .max(24 * HOUR)
    .default(30_000),
  factor: z.number().min(1).max(10).default(2),
  mostDelayMs: z
    .int()
    .min(0)
    .max(7 * 24 * HOUR)
    .default(HOUR),
  jitter: z.enum(['full', 'none']).default('full'),
});
export type RetryPolicy = z.infer<typeof retryPolicySchema>;

export const noRetries: RetryPolicy = retryPolicySchema.parse({});

const ENDINGS: Readonly<Record<string, RetryEnding>> = {
  agent_crashed: 'crashed',
  agent_lost: 'crashed',
  agent_no_result: 'crashed',
  agent_network: 'network',
  agent_rate_limited: 'rate_limited',
  tests_failed: 'tests_failed',
  no_progress: 'tests_failed',
  agent_timed_out: 'timeout',
  budget_steps: 'timeout',
  budget_time: 'timeout',
  budget_tokens: 'timeout',
  budget_cost: 'timeout',
  setup_failed: 'setup_failed',
  child_not_started: 'machine',
  command_not_started: 'machine',
  git_failed: 'machine',
  git_timeout: 'machine',
  ref_moved: 'machine',
  repository_locked: 'machine',
  spool_unusable: 'machine',
};

const NETWORK =
  /\b(ECONN(RESET|REFUSED|ABORTED)|ETIMEDOUT|EAI_AGAIN|ENOTFOUND|ENETUNREACH|EHOSTUNREACH|EPIPE)\b|socket hang up|connection (reset|refused|closed|error|timed out)|network (error|is unreachable|request failed)|fetch failed|could not resolve host|\b(502|503|504)\b/iu;

/**
 * What a run ended by, as retry policies name it; empty for what is never tried again by itself, such as a policy violation, a stop or a
 * rejection. A crash whose last words speak of the network is both.
 */
export function endingsOf(status: RunStatus, errorTag: string | null, error: string | null): RetryEnding[] {
  if (status !== 'failed' && status !== 'timeout') return [];
  const ending = errorTag === null ? undefined : ENDINGS[errorTag];
  if (ending === undefined) return [];
  return ending === 'crashed' && NETWORK.test(error ?? '') ? [ending, 'network'] : [ending];
}

/** Milliseconds before the retry that follows `runId`, the `earlier` + 1st in a row. The same run always gives the same wait. */
export function retryDelay(policy: RetryPolicy, earlier: number, runId: string): number {
  const whole = Math.min(policy.mostDelayMs, policy.firstDelayMs * policy.factor ** earlier);
  return Math.round(policy.jitter === 'none' ? whole : whole * fraction(runId));
}

/** A number from 0 to below 1 that every bit of the text moves (FNV-1a, then mixed). */
function fraction(text: string): number {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}
