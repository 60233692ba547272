import { expect, it } from 'vitest';
import { quotaSchema } from '../../domain/account/quota.ts';
import { readQuota } from './quota-option.ts';

it('reads windows as they are typed', () => {
  expect(quotaSchema.parse(readQuota('five_hour:5h,tokens=2000000'))).toMatchObject({
    period: 'rolling',
    hours: 5,
    tokens: 2_000_000,
  });
  expect(quotaSchema.parse(readQuota('day:day,cost=5.5,zone=Europe/Berlin,at=06:30'))).toMatchObject({
    period: 'day',
    at: '06:30',
    costMicroUsd: 5_500_000,
  });
});

it.each(['', 'day', 'day:year,tokens=1', 'day:day,tokens=', 'day:day,tokens=many', 'day:day,dogs=3'])(
  'refuses %j and shows the form',
  (text) => {
    expect(() => readQuota(text)).toThrow(/cannot be read/u);
  },
);
