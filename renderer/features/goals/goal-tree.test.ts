import { expect, it } from 'vitest';
import { targetDay } from './goal-figures.ts';
import { aboveOf, shownGoals, stillSelected, treeItems } from './goal-tree.ts';
import type { GoalRow, GoalWork } from './goal-types.ts';
import { wayBack } from './use-goal-commands.ts';

const goal = (id: string, parentId: string | null, status: GoalRow['status'] = 'active'): GoalRow => ({
  id,
  version: 1,
  title: `Goal ${id}`,
  category: '',
  priority: 50,
  status,
  progress: 0,
  progressByHand: false,
  targetDate: null,
  parentId,
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
  depth: parentId === null ? 0 : 1,
  basis: 'nothing',
  why: '',
  measure: null,
  reading: null,
  trend: [],
  proposals: { all: 0, open: 0, done: 0 },
  movedAt: '2026-01-01T00:00:00.000Z',
  stale: false,
});
const rows = [goal('a', null), goal('b', 'a'), goal('c', 'a', 'achieved'), goal('d', null, 'dropped')];
const work: GoalWork = {
  goalId: 'b',
  proposals: [{ id: 'p', number: 1, version: 1, title: 'Idea', stage: 'idea', projectName: null, run: null }],
  intents: [],
  more: { proposals: 2, intents: 0 },
};

it('shows what is open, and what is over only above what is open or when all are asked for', () => {
  expect(shownGoals(rows, false, '').map(({ id }) => id)).toEqual(['a', 'b']);
  expect(shownGoals(rows, true, '')).toHaveLength(4);
  const under = [goal('x', null, 'achieved'), goal('y', 'x')];
  expect(shownGoals(under, false, '').map(({ id }) => id)).toEqual(['x', 'y']);
});

it('finds a sub-goal under its parent, and opens the way to it without its work', () => {
  const found = shownGoals(rows, false, 'goal b');
  expect(found.map(({ id }) => id)).toEqual(['a', 'b']);
  expect(treeItems(found, new Set(), new Map(), true).map(({ key }) => key)).toEqual(['a', 'b']);
});

it('lists what is linked below an open goal, says what is not read yet, and counts what is not shown', () => {
  const open = new Set(['a', 'b']);
  const keys = (known: Map<string, GoalWork>): string[] =>
    treeItems(rows.slice(0, 2), open, known).map(({ key, level }) => `${String(level)} ${key}`);
  expect(keys(new Map())).toEqual(['1 a', '2 b', '3 b loading', '2 a loading']);
  expect(keys(new Map([['b', work]]))).toEqual(['1 a', '2 b', '3 b p', '3 b more', '2 a loading']);
  const items = treeItems(rows.slice(0, 2), open, new Map([['b', work]]));
  expect([aboveOf(items, 'b p'), aboveOf(items, 'b'), aboveOf(items, 'a')]).toEqual(['b', 'a', undefined]);
});

it('keeps a row selected when the work that was being read has come', () => {
  const at = (known: Map<string, GoalWork>) =>
    stillSelected(treeItems(rows.slice(0, 2), new Set(['b', 'a']), known), 'b loading');
  expect(at(new Map())).toBe('b loading');
  expect(at(new Map([['b', work]]))).toBe('b p');
  expect(stillSelected([], 'b loading')).toBe('b loading');
  expect(stillSelected(treeItems(rows, new Set(), new Map()), 'b p')).toBe('b p');
});

it('goes back to where a goal was, whatever was decided', () => {
  expect(wayBack('achieved', 'active')).toEqual(['activate']);
  expect(wayBack('dropped', 'paused')).toEqual(['activate', 'pause']);
  expect(wayBack('active', 'achieved')).toEqual(['achieve']);
});

it('says by how many days a target date is over, by the day of the reader', () => {
  const noon = new Date(2026, 10, 21, 12).getTime();
  expect(targetDay('2026-11-12', noon)).toEqual({ words: '12 Nov', over: 9 });
  expect(targetDay('2026-11-21', noon).over).toBe(0);
  expect(targetDay('2027-03-31', noon)).toEqual({ words: '31 Mar 2027', over: 0 });
});
