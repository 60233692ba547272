import { expect, test } from 'vitest';
import { createPressedDecisions } from './pressed-decisions.ts';

const shown = (id: string, version = 1) => ({ id, number: 1, version, title: 'Split the scheduler' });

test('a double press of Approve decides once', () => {
  const pressed = createPressedDecisions();
  expect(pressed.begin([shown('a')], 'approve')).toHaveLength(1);
  expect(pressed.begin([shown('a')], 'approve')).toEqual([]);
  expect(pressed.begin([shown('a'), shown('b')], 'approve')).toEqual([shown('b')]);
});

test('what was refused, what has changed since, and another decision can be pressed', () => {
  const pressed = createPressedDecisions();
  pressed.begin([shown('a')], 'skip');
  pressed.free(['a']);
  expect(pressed.begin([shown('a')], 'skip')).toHaveLength(1);
  expect(pressed.begin([shown('a', 2)], 'skip')).toHaveLength(1);
  expect(pressed.begin([shown('a', 2)], 'approve')).toHaveLength(1);
});
