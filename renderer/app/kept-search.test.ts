import { expect, test } from 'vitest';
import { keptSearch } from './kept-search.ts';

test('keeps what a view shows, and forgets what was open in it', () => {
  expect(keptSearch('runs', { show: 'failed', new: 'run', behind: 'cost' })).toEqual({ show: 'failed' });
  expect(keptSearch('inbox', { list: 'done', row: 'x', item: 'proposal:1' })).toEqual({ list: 'done' });
  expect(keptSearch('run', { lens: 'raw' })).toEqual({});
});
