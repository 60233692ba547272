import { expect, test } from 'vitest';
import { keptSearch } from './kept-search.ts';

test('keeps what a view shows, and forgets what was open in it', () => {
  expect(keptSearch('runs', { show: 'failed', new: 'run', behind: 'cost' })).toEqual({ show: 'failed' });
  // Of the runs behind a point of a chart nothing is left: that project is the chart's.
  expect(keptSearch('runs', { behind: 'cost', project: 'a' })).toEqual({});
  expect(keptSearch('runs', { q: 'parser', status: 'failed' })).toEqual({ q: 'parser', status: 'failed' });
  expect(keptSearch('inbox', { list: 'done', row: 'x', item: 'proposal:1' })).toEqual({ list: 'done' });
  expect(keptSearch('run', { lens: 'raw' })).toEqual({});
});
