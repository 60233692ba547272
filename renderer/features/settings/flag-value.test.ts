import { expect, test } from 'vitest';
import { rangeLength } from '../../ui/time-range-text.ts';
import { flagWords, readFlag, typedOf, unitsOf } from './flag-value.ts';

const number = (unit: string, least: number, most: number) => ({
  kind: { type: 'number' as const, unit, least, most },
});

test('a time is typed in the unit that fits, and stored in the unit of the setting', () => {
  const tick = number('ms', 1_000, 3_600_000);
  expect(typedOf(tick, '60000')).toBe('1 min');
  expect(readFlag(tick, '1.5 min')).toEqual({ value: '90000' });
  expect(readFlag(number('days', 0, 36_500), '30 day')).toEqual({ value: '30' });
  expect(unitsOf(number('h', 0, 8_760).kind)).toEqual(['h', 'day']);
});

test('what is out of range, no number, or finer than the setting can hold is refused with the range', () => {
  const tick = number('ms', 1_000, 3_600_000);
  for (const typed of ['0 s', '2 h', 'soon s', ' s'])
    expect(readFlag(tick, typed)).toEqual({ error: 'Give a time from 1 s to 1 h.' });
  expect(readFlag(number('min', 0, 10_080), '0.5 min').error).toBe('Give a time from 0 min to 7 days.');
  for (const typed of ['', '33', '1.5', '-1'])
    expect(readFlag(number('runs', 1, 32), typed)).toEqual({
      error: 'Give a whole number from 1 to 32.',
    });
});

test('values are told with their unit', () => {
  expect(flagWords(number('MB', 0, 1e8), '2048')).toBe('2,048 MB');
  expect(flagWords(number('days', 0, 1e4), '1')).toBe('1 day');
  expect(flagWords(number('days', 0, 1e4), '0')).toBe('0 days');
});

test('hours take two times of day or none, and say what is missing', () => {
  const hours = { kind: { type: 'time_range' as const } };
  expect(readFlag(hours, '22:00-07:00')).toEqual({ value: '22:00-07:00' });
  expect(readFlag(hours, '')).toEqual({ value: '' });
  expect(readFlag(hours, '22:00-')).toEqual({ error: 'Give the time when they end too.' });
  expect(readFlag(hours, '-07:00')).toEqual({ error: 'Give the time when they begin too.' });
  expect(readFlag(hours, '07:00-07:00')).toEqual({ error: 'Give two different times.' });
  expect(flagWords(hours, '22:00-07:00')).toBe('22:00 to 07:00');
  expect(['22:00-07:00', '12:30-13:00', '18:15-00:00'].map(rangeLength)).toEqual([
    '9 h, ends the next day',
    '30 min',
    '5 h 45 min',
  ]);
});
