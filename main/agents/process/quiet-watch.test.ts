import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createManualClock, type ManualClock } from '../../shared/clock.ts';
import { createScope, type Scope } from '../../shared/scope.ts';
import { createQuietWatch, type QuietLimits, type QuietWatch } from './quiet-watch.ts';

const MINUTE = 60_000;
let clock: ManualClock;
let scope: Scope;
let told: (number | null)[];
let ended: number[];

function watch(limits: QuietLimits, more: { last?: number; adopted?: boolean } = {}): QuietWatch {
  return createQuietWatch({
    limits,
    last: more.last ?? clock.monotonic(),
    adopted: more.adopted ?? false,
    clock,
    scope,
    onQuiet: (ms) => told.push(ms === null ? null : ms / MINUTE),
    onTooLong: (ms) => ended.push(ms / MINUTE),
  });
}

beforeEach(() => {
  clock = createManualClock();
  scope = createScope('test');
  told = [];
  ended = [];
});
afterEach(() => scope.close());

describe('the watch over silence', () => {
  it('tells once for each quiet spell, and when it is over', () => {
    const quiet = watch({ quietMs: 10 * MINUTE, noOutputMs: 0 });
    clock.advance(9 * MINUTE);
    quiet.printed();
    clock.advance(9 * MINUTE);
    expect(told).toEqual([]);
    clock.advance(60 * MINUTE);
    expect(told).toEqual([10]);
    quiet.printed();
    quiet.printed();
    expect(told).toEqual([10, null]);
    clock.advance(10 * MINUTE);
    expect(told).toEqual([10, null, 10]);
  });

  it('rests while an agent waits for its owner, and counts anew afterwards', () => {
    const quiet = watch({ quietMs: 10 * MINUTE, noOutputMs: 30 * MINUTE });
    clock.advance(9 * MINUTE);
    quiet.rest(true);
    clock.advance(600 * MINUTE);
    expect([told, ended]).toEqual([[], []]);
    quiet.rest(false);
    clock.advance(9 * MINUTE);
    expect(told).toEqual([]);
    clock.advance(2 * MINUTE);
    expect(told).toEqual([10]);
    clock.advance(20 * MINUTE);
    expect(ended[0]).toBe(30);
  });

  it('ends a child that stays silent, counted from its last output', () => {
    const quiet = watch({ quietMs: 10 * MINUTE, noOutputMs: 30 * MINUTE });
    clock.advance(29 * MINUTE);
    quiet.printed();
    clock.advance(29 * MINUTE);
    expect(ended).toEqual([]);
    clock.advance(MINUTE);
    expect(ended).toEqual([30]);
    expect(told).toEqual([10, null, 10]);
    clock.advance(90 * MINUTE);
    expect(ended).toEqual([30]);
  });

  it('does nothing when both limits are off, and holds no timer', () => {
    watch({ quietMs: 0, noOutputMs: 0 });
    expect(scope.held()).toEqual([]);
  });

  it('does not take a jump of the clock or a sleep of the machine for silence', () => {
    watch({ quietMs: 10 * MINUTE, noOutputMs: 30 * MINUTE });
    clock.jump(8 * 60 * MINUTE);
    clock.advance(MINUTE);
    expect([told, ended]).toEqual([[], []]);
  });

  it('counts what a child kept silent before it was adopted, and tells of its first output', () => {
    clock.advance(60 * MINUTE);
    const quiet = watch(
      { quietMs: 10 * MINUTE, noOutputMs: 30 * MINUTE },
      { last: clock.monotonic() - 25 * MINUTE, adopted: true },
    );
    clock.advance(0);
    expect(told).toEqual([25]);
    quiet.printed();
    expect(told).toEqual([25, null]);
    const other = watch({ quietMs: 0, noOutputMs: 0 }, { adopted: true });
    other.printed();
    expect(told).toEqual([25, null, null]);
  });
});
