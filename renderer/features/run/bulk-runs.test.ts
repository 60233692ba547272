import { expect, it } from 'vitest';
import { ableTo, bulkSentence, type BulkAnswer } from './bulk-runs.ts';
import type { RunRow, RunStatus } from './run-types.ts';

const rows = (...statuses: RunStatus[]): RunRow[] => statuses.map((status) => ({ status }) as RunRow);
const took = (...statuses: RunStatus[]): BulkAnswer[] => statuses.map((status) => ({ ok: true, status }));
const ended: BulkAnswer = {
  ok: false,
  error: { message: 'A run that is completed cannot stop.', details: { from: 'completed' } },
};

it('asks only those that it is possible for', () => {
  const all = rows('running', 'review', 'paused', 'failed', 'applied');
  expect(ableTo(all, 'stop')).toHaveLength(3);
  expect(ableTo(all, 'pause').map(({ status }) => status)).toEqual(['running']);
  expect(ableTo(all, 'resume').map(({ status }) => status)).toEqual(['paused']);
  expect(ableTo(all, 'discard').map(({ status }) => status)).toEqual(['review']);
  expect(ableTo(all, 'retry').map(({ status }) => status)).toEqual(['failed']);
});

it('counts what was done before the press, and what came to its end on the way to it', () => {
  expect(bulkSentence('stop', [], took('stopped', 'stopped', 'stopped'))).toBe('3 stopped.');
  expect(bulkSentence('stop', rows('applied'), [...took('stopped', 'stopped'), ended])).toBe(
    '2 stopped, 2 were already done.',
  );
  expect(bulkSentence('stop', [], [...took('stopped', 'stopped', 'stopped'), ended])).toBe(
    '3 stopped, 1 was already done.',
  );
});

it('does not say paused of a run that still works until its step ends', () => {
  expect(bulkSentence('pause', [], took('paused', 'running', 'running'))).toBe(
    '1 paused, 2 pause at their next safe point.',
  );
  expect(bulkSentence('pause', [], took('validating'))).toBe('1 pauses at its next safe point.');
});

it('tells what was left alone, and the first reason of what was refused', () => {
  const refused: BulkAnswer = {
    ok: false,
    error: { message: 'There is a newer attempt of this run.', hint: 'Open the newest attempt.' },
  };
  expect(bulkSentence('resume', rows('blocked'), took('queued'))).toBe('1 resumed, 1 other left as it is.');
  expect(bulkSentence('retry', [], [...took('queued'), refused])).toBe(
    '1 tried again, 1 not: There is a newer attempt of this run. Open the newest attempt.',
  );
  expect(bulkSentence('retry', [], [refused])).toMatch(/^0 tried again, 1 not: /u);
});
