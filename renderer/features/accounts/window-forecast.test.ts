import { expect, it } from 'vitest';
import { forecastOf } from './window-forecast.ts';

const at = (time: string): string => `2026-11-20T${time}:00.000Z`;
const window = (used: number | null, startsAt: string | null, endsAt: string | null) => ({
  name: 'five_hour',
  source: 'told' as const,
  used,
  startsAt: startsAt === null ? null : at(startsAt),
  endsAt: endsAt === null ? null : at(endsAt),
  tokens: 0,
  requests: 0,
  costMicroUsd: 0,
  limits: null,
  capacityTokens: null,
});
const now = Date.parse(at('12:00'));

it('tells when a window is used up at the pace so far', () => {
  expect(forecastOf(window(0.8, '10:00', '15:00'), now)).toEqual({
    kind: 'runs_out',
    at: Date.parse(at('12:30')),
  });
});

it('says that it lasts where more of its time is gone than of its room', () => {
  expect(forecastOf(window(0.4, '10:00', '15:00'), now)).toEqual({ kind: 'lasts' });
  expect(forecastOf(window(0, '10:00', '15:00'), now)).toEqual({ kind: 'unused' });
  expect(forecastOf(window(1, '10:00', '15:00'), now)).toEqual({ kind: 'full' });
});

it('says nothing where nothing is known, and nothing of the first minutes', () => {
  expect(forecastOf(window(null, '10:00', '15:00'), now)).toBeUndefined();
  expect(forecastOf(window(0.3, null, null), now)).toBeUndefined();
  expect(forecastOf(window(0.3, '11:50', '16:50'), now)).toBeUndefined();
});
