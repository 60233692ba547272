import { describe, expect, it } from 'vitest';
import { runStatus } from '../run/status.ts';
import { endingsOf, noRetries, retryDelay, retryEnding, retryPolicySchema } from './retry-policy.ts';

describe('which endings a retry policy may name', () => {
  it('reads a column from before there were retries as no retries', () => {
    expect(retryPolicySchema.parse({ v: 1 })).toEqual(noRetries);
    expect(noRetries.count).toBe(0);
  });

  it('never tries again what the policy refused, the owner ended, or a person must mend first', () => {
    for (const tag of [
      'policy_violation',
      'agent_auth',
      'agent_refused',
      'agent_cancelled',
      'recovered_too_often',
      'internal',
      'evidence_missing',
      'merge_conflict',
    ])
      expect(endingsOf('failed', tag, 'ECONNRESET')).toEqual([]);
    for (const status of runStatus.values)
      if (status !== 'failed' && status !== 'timeout')
        expect(endingsOf(status, 'agent_crashed', null)).toEqual([]);
  });

  it('has a way to each ending', () => {
    const tags = [
      'agent_crashed',
      'agent_rate_limited',
      'budget_time',
      'no_progress',
      'setup_failed',
      'git_failed',
    ];
    const reached = new Set(tags.flatMap((tag) => endingsOf('failed', tag, 'fetch failed')));
    expect([...reached].sort()).toEqual([...retryEnding.values].sort());
  });

  it.each(['read ECONNRESET', 'getaddrinfo EAI_AGAIN api', 'HTTP 503 Service Unavailable', 'socket hang up'])(
    'knows “%s” for a failure of the network',
    (error) => {
      expect(endingsOf('failed', 'agent_crashed', error)).toEqual(['crashed', 'network']);
    },
  );

  it('takes a plain crash for a crash alone', () => {
    expect(endingsOf('failed', 'agent_crashed', 'The agent ended with exit code 7.')).toEqual(['crashed']);
  });
});

describe('the wait before a retry', () => {
  const policy = retryPolicySchema.parse({
    count: 5,
    firstDelayMs: 1_000,
    factor: 3,
    mostDelayMs: 20_000,
    jitter: 'none',
  });

  it('grows by the factor up to the most', () => {
    expect([0, 1, 2, 3, 4].map((earlier) => retryDelay(policy, earlier, 'x'))).toEqual([
      1_000, 3_000, 9_000, 20_000, 20_000,
    ]);
  });

  it('is a part of that with full jitter: the same for the same run, spread over different ones', () => {
    const full = { ...policy, jitter: 'full' as const };
    const ids = Array.from(
      { length: 400 },
      (_, index) => `0190f3a0-0000-7000-8000-${String(index).padStart(12, '0')}`,
    );
    const waits = ids.map((id) => retryDelay(full, 2, id));
    expect(ids.map((id) => retryDelay(full, 2, id))).toEqual(waits);
    expect(Math.min(...waits)).toBeLessThan(500);
    expect(Math.max(...waits)).toBeGreaterThan(8_500);
    expect(Math.max(...waits)).toBeLessThanOrEqual(9_000);
    const mean = waits.reduce((sum, wait) => sum + wait, 0) / waits.length;
    expect(mean).toBeGreaterThan(4_000);
    expect(mean).toBeLessThan(5_000);
  });
});
