import { expect, it } from 'vitest';
import type { TurnClass, TurnEnding } from '../agents/runner.ts';
import { countRetake, mayRotate, noneRetaken, retakeOf } from './retake.ts';

const ended = (of: TurnClass): TurnEnding => ({ class: of }) as TurnEnding;

it('waits longer each time the network fails, and takes it for good after the third', () => {
  const retaken = noneRetaken();
  const waits: (number | undefined)[] = [];
  for (let turn = 0; turn < 4; turn += 1) {
    waits.push(retakeOf(ended('network'), { retaken, resumed: false, rotated: false })?.afterMs);
    countRetake(retaken, ended('network'));
  }
  expect(waits).toEqual([5_000, 20_000, 60_000, undefined]);
});

it('begins a new session when the former is not known or has outgrown the model, but not for ever', () => {
  const retaken = noneRetaken();
  const at = { retaken, resumed: true, rotated: false };
  expect(retakeOf(ended('session_unknown'), { ...at, resumed: false })).toBeNull();
  for (const [of, most] of [
    ['session_unknown', 1],
    ['context_overflow', 2],
  ] as const) {
    for (let turn = 0; turn < most; turn += 1) {
      expect(retakeOf(ended(of), at)).toMatchObject({ session: 'new', afterMs: 0 });
      countRetake(retaken, ended(of));
    }
    expect(retakeOf(ended(of), at)).toBeNull();
  }
});

it('takes the step again after a rate limit or a refused key only with another account', () => {
  const retaken = noneRetaken();
  for (const of of ['rate_limited', 'auth'] as const) {
    expect(retakeOf(ended(of), { retaken, resumed: false, rotated: false })).toBeNull();
    expect(retakeOf(ended(of), { retaken, resumed: false, rotated: true })).toMatchObject({
      session: 'same',
    });
    expect(mayRotate(ended(of), retaken)).toBe(true);
  }
  for (let turn = 0; turn < 20; turn += 1) countRetake(retaken, ended('auth'));
  expect(mayRotate(ended('rate_limited'), retaken)).toBe(false);
  expect(mayRotate(ended('crashed'), noneRetaken())).toBe(false);
});

it('lets every other ending stand', () => {
  const at = { retaken: noneRetaken(), resumed: true, rotated: true };
  for (const of of [
    'ok',
    'refused',
    'turn_limit',
    'no_result',
    'crashed',
    'cancelled',
    'timed_out',
    'lost',
  ] as const)
    expect([of, retakeOf(ended(of), at)]).toEqual([of, null]);
});
