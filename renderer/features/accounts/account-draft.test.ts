import { expect, it } from 'vitest';
import { draftOf, fieldsOf, wrongFigures } from './account-draft.ts';

const draft = { ...draftOf(undefined, 'claude'), label: 'work' };

it('sends no key, no window and no reserve that were not typed', () => {
  expect(fieldsOf(draft, undefined)).toEqual({
    label: 'work',
    kind: 'program',
    billing: 'plan',
    home: null,
    keyVariable: null,
    quotas: [],
    reservePercent: null,
  });
});

it('sends what was typed as windows of five hours and of a day', () => {
  const { quotas, reservePercent } = fieldsOf(
    { ...draft, limit: '2000000', cap: '5.5', reserve: '30' },
    undefined,
  );
  expect(quotas).toMatchObject([
    { period: 'rolling', hours: 5, tokens: 2_000_000 },
    { period: 'day', hours: null, costMicroUsd: 5_500_000 },
  ]);
  expect(reservePercent).toBe(30);
});

it('says which figures are none', () => {
  expect([...wrongFigures({ ...draft, limit: '2 million', cap: '-1', reserve: '120' })]).toEqual([
    'limit',
    'cap',
    'reserve',
  ]);
  expect(wrongFigures(draft).size).toBe(0);
});
