import { describe, expect, it } from 'vitest';
import { formatBytes, formatDuration, formatRelative } from './format-time.ts';
import { formatKeys } from './keys.ts';

describe('relative time', () => {
  const now = Date.UTC(2026, 0, 10, 12);
  it.each([
    [0, 'just now'],
    [-59_000, 'just now'],
    [-60_000, '1 min ago'],
    [-3_599_000, '59 min ago'],
    [-3_600_000, '1 hr ago'],
    [-86_400_000, 'yesterday'],
    [-6 * 86_400_000, '6 days ago'],
    [-8 * 86_400_000, '1 wk ago'],
    [7_200_000, 'in 2 hr'],
  ])('says %i ms away as "%s"', (difference, words) => {
    expect(formatRelative(now + difference, now)).toBe(words);
  });
});

it('calls only the next day of the calendar tomorrow, however few hours the one after is away', () => {
  const saturdayNight = new Date(2026, 10, 21, 21, 20).getTime();
  const hours = (count: number): string => formatRelative(saturdayNight + count * 3_600_000, saturdayNight);
  expect([hours(4), hours(25), hours(28), hours(-25), hours(-47)]).toEqual([
    'in 4 hr',
    'tomorrow',
    'in 2 days',
    'yesterday',
    '2 days ago',
  ]);
});

describe('durations', () => {
  it.each([
    [0, '0s'],
    [400, '<1s'],
    [59_999, '59s'],
    [61_000, '1m 01s'],
    [3_600_000, '1h 00m'],
    [90_000_000, '1d 1h'],
    [-5, '0s'],
  ])('prints %i ms as "%s"', (ms, words) => {
    expect(formatDuration(ms)).toBe(words);
  });
});

describe('sizes', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1.0 kB'],
    [999_700, '1.0 MB'],
    [12_345_678, '12 MB'],
  ])('prints %i bytes as "%s"', (bytes, words) => {
    expect(formatBytes(bytes)).toBe(words);
  });
});

describe('key bindings', () => {
  it('are printed as the keyboard at hand prints them', () => {
    expect(formatKeys('$mod+k', true)).toEqual(['⌘K']);
    expect(formatKeys('$mod+Shift+c', false)).toEqual(['Ctrl+Shift+C']);
    expect(formatKeys('g b', false)).toEqual(['G', 'B']);
    expect(formatKeys('$mod+Enter', true)).toEqual(['⌘↵']);
    expect(formatKeys('?', false)).toEqual(['?']);
  });
});
