import { describe, expect, it } from 'vitest';
import { formatTime, parseTime } from '../shared/clock.ts';
import { quietNow, type CalmSettings } from './calm.ts';
import { snoozeUntil } from './snooze-time.ts';

const at = (iso: string): number => parseTime(iso);
const calm: CalmSettings = {
  enabled: true,
  channel: 'auto',
  quietHours: { from: 22 * 60, to: 7 * 60 },
  zone: 'Europe/Berlin',
  passes: 'blocked',
  quietUntil: '',
  desktopQuiet: true,
  atOnce: 3,
  most: 8,
  digestAt: null,
  buttonHours: 24,
  loudness: {
    idea: 'notify',
    plan: 'notify',
    planning_failed: 'notify',
    question: 'notify',
    draft: 'notify',
    permission: 'urgent',
    blocked: 'urgent',
    review: 'notify',
    failed: 'notify',
  },
};
const ends = (iso: string, zone = calm.zone): string | null => {
  const quiet = quietNow({ ...calm, zone }, at(iso), false);
  const until = quiet?.until ?? null;
  return until === null ? null : formatTime(until);
};

describe('quiet hours', () => {
  it('are kept by the clock on the wall of their zone, over midnight', () => {
    expect(ends('2026-11-21T20:59:00.000Z')).toBeNull();
    expect(ends('2026-11-21T21:00:00.000Z')).toBe('2026-11-22T06:00:00.000Z');
    expect(ends('2026-11-22T05:59:59.000Z')).toBe('2026-11-22T06:00:00.000Z');
    expect(ends('2026-11-22T06:00:00.000Z')).toBeNull();
    expect(ends('2026-11-21T21:00:00.000Z', 'America/New_York')).toBeNull();
  });

  it('last an hour less in the night that is short, and an hour more in the one that is long', () => {
    // In spring 02:00 becomes 03:00, in autumn 03:00 becomes 02:00.
    expect(ends('2026-03-28T21:00:00.000Z')).toBe('2026-03-29T05:00:00.000Z');
    expect(ends('2026-10-24T20:00:00.000Z')).toBe('2026-10-25T06:00:00.000Z');
  });

  it('end with the jump when their end is a time that the day leaves out', () => {
    const quiet = quietNow(
      { ...calm, quietHours: { from: 22 * 60, to: 2 * 60 + 30 } },
      at('2026-03-29T00:30:00.000Z'),
      false,
    );
    expect(quiet?.until).toBe(at('2026-03-29T01:00:00.000Z'));
  });

  it('say until when, in words', () => {
    expect(quietNow(calm, at('2026-11-21T23:00:00.000Z'), false)?.why).toBe('quiet hours until 07:00');
  });
});

describe('do not disturb', () => {
  it('holds until its time, or until it is turned off', () => {
    const now = at('2026-11-21T12:00:00.000Z');
    const until = (quietUntil: string) => quietNow({ ...calm, quietUntil }, now, false);
    expect(until('2026-11-21T13:00:00.000Z')).toEqual({
      why: 'do not disturb until 14:00',
      until: at('2026-11-21T13:00:00.000Z'),
    });
    expect(until('2026-11-21T11:59:00.000Z')).toBeNull();
    expect(until('on')).toEqual({ why: 'do not disturb', until: null });
  });

  it('follows the desktop unless told not to', () => {
    const now = at('2026-11-21T12:00:00.000Z');
    expect(quietNow(calm, now, true)?.why).toContain('desktop');
    expect(quietNow({ ...calm, desktopQuiet: false }, now, true)).toBeNull();
  });
});

describe('snoozing', () => {
  it('comes back in an hour, at 19:00 tonight, or at 9:00 tomorrow, on the wall', () => {
    const now = at('2026-11-21T12:00:00.000Z');
    expect(snoozeUntil('hour', now, 'Europe/Berlin')).toBe('2026-11-21T13:00:00.000Z');
    expect(snoozeUntil('tonight', now, 'Europe/Berlin')).toBe('2026-11-21T18:00:00.000Z');
    expect(snoozeUntil('tomorrow', now, 'Europe/Berlin')).toBe('2026-11-22T08:00:00.000Z');
  });

  it('means three hours by tonight once the evening has come', () => {
    expect(snoozeUntil('tonight', at('2026-11-21T19:00:00.000Z'), 'Europe/Berlin')).toBe(
      '2026-11-21T22:00:00.000Z',
    );
  });

  it('means the next morning, not this one, after midnight', () => {
    expect(snoozeUntil('tomorrow', at('2026-11-21T01:00:00.000Z'), 'Europe/Berlin')).toBe(
      '2026-11-22T08:00:00.000Z',
    );
  });
});
