import { expect, it } from 'vitest';
import type { AccountWindow } from './account.ts';
import { chooseAccount, type Candidate } from './choose.ts';
import { cooldownUntil } from './cooldown.ts';

const noon = Date.parse('2026-11-21T12:00:00.000Z');
const evening = Date.parse('2026-11-21T22:00:00.000Z');
const window = (used: number | null, endsAt: string | null = '2026-11-21T15:00:00.000Z'): AccountWindow => ({
  name: 'five_hour',
  source: 'told',
  used,
  startsAt: null,
  endsAt,
  tokens: 0,
  requests: 0,
  costMicroUsd: 0,
  limits: null,
  capacityTokens: null,
});
const account = (label: string, more: Partial<Candidate> = {}): Candidate => ({
  id: label,
  label,
  status: 'active',
  consecutiveFailures: 0,
  lastUsedAt: null,
  cooldownUntil: null,
  place: null,
  windows: [],
  reserve: 0,
  busy: false,
  ...more,
});
const chosen = (candidates: Candidate[], keep: string | null = null): string => {
  const { account: found, waits } = chooseAccount(candidates, { dayEndsAt: evening, keep });
  if (found) return found.label;
  return `${waits.why} ${waits.until === null ? 'no time' : new Date(waits.until).toISOString().slice(11, 16)}`;
};

it('takes the account with the fewest failures in a row, then the lowest use, then the longest idle', () => {
  const failing = account('failing', { consecutiveFailures: 1 });
  const full = account('fuller', { windows: [window(0.5)], lastUsedAt: null });
  const recent = account('recent', { windows: [window(0.2)], lastUsedAt: '2026-11-21T11:00:00.000Z' });
  const idle = account('idle', { windows: [window(0.2)], lastUsedAt: '2026-11-20T11:00:00.000Z' });
  expect(chosen([failing, full, recent, idle])).toBe('idle');
  expect(chosen([failing, full, recent])).toBe('recent');
  expect(chosen([failing, full])).toBe('fuller');
});

it("goes by its owner's order where there is one, and takes the next when the first is not free", () => {
  const fresh = account('fresh', { place: 1 });
  const first = account('first', { place: 0, windows: [window(0.7)] });
  const unplaced = account('unplaced');
  expect(chosen([fresh, unplaced, first])).toBe('first');
  expect(chosen([fresh, unplaced, { ...first, windows: [window(1)] }])).toBe('fresh');
  expect(chosen([fresh, unplaced, { ...first, consecutiveFailures: 1 }])).toBe('fresh');
});

it('goes on with the account that has the session, as long as it is free', () => {
  const holder = account('holder', { windows: [window(0.9)] });
  expect(chosen([account('fresh'), holder], 'holder')).toBe('holder');
  expect(chosen([account('fresh'), { ...holder, windows: [window(1)] }], 'holder')).toBe('fresh');
});

it('never takes one that is disabled, in error, cooling down, used up or busy, and says when the first is back', () => {
  const cooling = account('cooling', {
    status: 'rate_limited',
    cooldownUntil: '2026-11-21T13:30:00.000Z',
  });
  expect(
    chosen([
      account('off', { status: 'disabled' }),
      account('bad', { status: 'error' }),
      cooling,
      account('spent', { windows: [window(1)] }),
      account('busy', { busy: true }),
    ]),
  ).toBe('cooling is rate limited. 13:30');
  // Both must be over: the limit, and the window that is full.
  expect(chosen([{ ...cooling, windows: [window(1)] }])).toBe(
    'cooling has used up its window five_hour. 15:00',
  );
  expect(chosen([account('off', { status: 'disabled' })])).toBe('off is disabled. no time');
});

it("leaves the owner's part of a window alone by day, and takes what is unknown for free", () => {
  const reserved = account('max', { reserve: 0.2, windows: [window(0.8)] });
  expect(chosen([reserved])).toBe('max keeps 20 % of its window five_hour for you by day. 15:00');
  expect(chosen([{ ...reserved, windows: [window(0.8, null)] }])).toContain('22:00');
  expect(chosen([{ ...reserved, windows: [window(0.79)] }])).toBe('max');
  expect(chosen([{ ...reserved, windows: [window(null)] }])).toBe('max');
});

it('cools down to the told time, else ever longer; and a told time that is over does not let limits spin', () => {
  const minutes = (told: number | null, row: number): number =>
    (cooldownUntil(noon, told, row) - noon) / 60_000;
  expect(minutes(noon + 3 * 3_600_000, 1)).toBe(180);
  expect([1, 2, 3, 10, 400].map((row) => minutes(null, row))).toEqual([1, 2, 4, 60, 60]);
  expect(cooldownUntil(noon, noon - 5_000, 1)).toBe(noon + 1_000);
  expect(cooldownUntil(noon, noon, 8)).toBe(noon + 128_000);
});
