import { expect, test } from 'vitest';
import { quotaOf } from './quota-of.ts';

type Accounts = Parameters<typeof quotaOf>[0];
const account = (label: string, more: object): Accounts[number] =>
  ({
    label,
    executor: 'claude',
    status: 'active',
    runs: [],
    lastUsedAt: null,
    windows: [],
    ...more,
  }) as unknown as Accounts[number];
const window = (name: string, used: number | null) => ({ name, used, endsAt: '2026-11-21T15:00:00.000Z' });

test('tells the fullest window of the account at work', () => {
  const accounts = [
    account('idle', { windows: [window('five_hour', 0.9)], lastUsedAt: '2026-11-21T14:00:00.000Z' }),
    account('busy', { windows: [window('five_hour', 0.2), window('seven_day', 0.4)], runs: [12] }),
  ];
  expect(quotaOf(accounts)).toMatchObject({ label: 'busy', window: 'seven_day', used: 0.4 });
});

test('tells the one used last while none works, and nothing of what is disabled or unknown', () => {
  const accounts = [
    account('older', { windows: [window('day', 0)], lastUsedAt: '2026-11-20T14:00:00.000Z' }),
    account('newer', { windows: [window('day', 0.1)], lastUsedAt: '2026-11-21T14:00:00.000Z' }),
    account('off', { windows: [window('day', 1)], status: 'disabled', runs: [1] }),
    account('unknown', { windows: [window('day', null)], runs: [2] }),
  ];
  expect(quotaOf(accounts)?.label).toBe('newer');
  expect(quotaOf(accounts.slice(2))).toBeUndefined();
});
