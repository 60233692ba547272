import { expect, it } from 'vitest';
import type { OutputOf } from '../../../preload/contract/operations.ts';
import { againstQuota, goesOver } from './against-quota.ts';
import type { Plan } from './plan-summary.tsx';

const plan = { costMicroUsd: 900_000, tokens: 200_000 } as Plan;
const window = {
  name: 'five_hour',
  used: 0.62,
  limits: null,
  capacityTokens: 1_000_000,
  costMicroUsd: 0,
  endsAt: null,
};
const account = (fields: object) =>
  ({
    label: 'a',
    status: 'active',
    waits: null,
    place: null,
    windows: [window],
    ...fields,
  }) as unknown as OutputOf<'account.list'>[number];
const cap = { projectId: null, name: '', capMicroUsd: 5_000_000, spentMicroUsd: 4_500_000 };

it('holds an estimate against the caps of the day and the windows of the account that is taken first', () => {
  const full = account({ label: 'full', windows: [{ ...window, used: 0.9 }] });
  const waits = account({ label: 'waits', waits: { why: 'It is full.', until: null } });
  const {
    account: taken,
    others,
    rows,
  } = againstQuota(
    plan,
    'p',
    [waits, full, account({ label: 'free' })],
    [cap, { ...cap, projectId: 'other' }],
  );
  expect([taken?.label, others]).toEqual(['free', 1]);
  expect(rows.map(({ kind, used, takes }) => [kind, used, takes])).toEqual([
    ['cap', 0.9, 0.18],
    ['window', 0.62, 0.2],
  ]);
  expect(rows.map(goesOver)).toEqual([true, false]);
});

it('tells what nobody knows as unknown, never as nothing', () => {
  const unknown = { ...plan, tokens: null, costMicroUsd: null };
  const { rows } = againstQuota(unknown, null, [account({ windows: [{ ...window, used: null }] })], [cap]);
  expect(rows.map(({ used, takes }) => [used, takes])).toEqual([
    [0.9, null],
    [null, null],
  ]);
  expect(againstQuota(plan, null, [], []).account).toBeUndefined();
});
