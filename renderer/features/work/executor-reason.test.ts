import { expect, it } from 'vitest';
import { executorReason } from './executor-reason.ts';

it('says of a program that is not installed that it was not found, and not that it does not fit', () => {
  expect(executorReason({ found: false, usable: false }).unavailable).toContain('not found');
  expect(executorReason({ found: true, usable: false }).unavailable).toContain('not usable');
  expect(executorReason({ found: true, usable: true })).toEqual({});
});
