import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { getIntent } from '../store/intent-store.ts';
import { countMissed } from '../store/missed-time-store.ts';
import { createScheduleRoom, type ScheduleRoom } from './testing/schedule-room.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const hourly = { type: 'cron', expression: '0 * * * *', zone: 'UTC' } as const;

let room: ScheduleRoom;
beforeEach(async () => {
  room = await createScheduleRoom();
});
afterEach(() => room.dispose());

/** The whole hours of 1 January 2026, as stored. */
const at = (...hours: number[]): string[] =>
  hours.map((hour) => new Date(Date.UTC(2026, 0, 1, hour)).toISOString());

describe('missed times', () => {
  it('are covered by one late run, of the newest, and each of them can be seen', () => {
    const id = room.add(hourly);
    room.clock.jump(3 * HOUR + 30 * MINUTE);
    expect(room.fire()).toBe(1);
    expect(room.ran(id)).toEqual(at(3));
    expect(room.missed(id)).toEqual([`coalesced ${at(1)[0]}`, `coalesced ${at(2)[0]}`, `run ${at(3)[0]}`]);
    expect(room.next(id)).toBe(at(4)[0]);
  });

  it('name the run that covers them', () => {
    const id = room.add(hourly);
    room.clock.jump(2 * HOUR + 30 * MINUTE);
    room.fire();
    const rows = room.store.read((read) =>
      read.prepare('SELECT run_id FROM missed_time WHERE intent_id = ?').all(id),
    );
    const run = room.store.read((read) => read.prepare('SELECT id FROM run WHERE intent_id = ?').get(id));
    expect(rows.map((row) => row['run_id'])).toEqual([run?.['id'], run?.['id']]);
  });

  it('are left alone under `skip`, and the next one on time runs', () => {
    const id = room.add(hourly, { misfirePolicy: 'skip' });
    room.clock.jump(2 * HOUR + 30 * MINUTE);
    expect(room.fire()).toBe(0);
    expect(room.missed(id)).toEqual(at(1, 2).map((time) => `skipped ${time}`));
    room.clock.jump(30 * MINUTE);
    expect(room.fire()).toBe(1);
    expect(room.ran(id)).toEqual(at(3));
  });

  it('all run under `run_all`, one after another, the oldest first, up to the cap', () => {
    const id = room.add(hourly, { misfirePolicy: 'run_all', misfireCap: 3 });
    room.clock.jump(5 * HOUR + 30 * MINUTE);
    expect(room.fire()).toBe(1);
    expect(room.fire()).toBe(0);
    for (let run = 0; run < 4; run += 1) {
      room.endRuns();
      room.fire();
    }
    expect(room.ran(id)).toEqual(at(3, 4, 5));
    expect(room.missed(id)).toEqual([
      ...at(1, 2).map((time) => `over_cap ${time}`),
      ...at(3, 4, 5).map((time) => `run ${time}`),
    ]);
  });

  it('do not run when they are older than the maximum age', () => {
    const id = room.add(
      { type: 'cron', expression: '0 0 15 * *', zone: 'UTC' },
      { misfireMaxAgeMs: 7 * DAY },
    );
    room.clock.jump(25 * DAY);
    expect(room.fire()).toBe(0);
    expect(room.missed(id)).toEqual(['too_old 2026-01-15T00:00:00.000Z']);
    expect(room.next(id)).toBe('2026-02-15T00:00:00.000Z');
  });

  it('end a trigger for one time that is too old, and run it late when it is not', () => {
    const late = room.add({ type: 'once', at: at(1)[0] ?? '' });
    const old = room.add({ type: 'once', at: at(1)[0] ?? '' }, { misfireMaxAgeMs: HOUR });
    room.clock.jump(3 * HOUR);
    room.fire();
    room.clock.advance(10 * MINUTE);
    room.fire();
    expect([room.ran(late), room.ran(old)]).toEqual([at(1), []]);
    expect(room.store.read((read) => getIntent(read, old).status)).toBe('cancelled');
    room.endRuns();
    expect(room.store.read((read) => getIntent(read, late).nextDueAt)).toBeNull();
  });

  it('of one second, off for 30 days, cost a few rows and no noticeable time', () => {
    const interval = room.add({ type: 'interval', everyMs: 1_000 });
    const cron = room.add({ type: 'cron', expression: '* * * * * *', zone: 'UTC' });
    room.clock.jump(30 * DAY);
    const began = performance.now();
    room.fire();
    expect(performance.now() - began).toBeLessThan(2_000);
    expect(room.missed(interval)).toHaveLength(20);
    expect(room.store.read((read) => countMissed(read, interval))).toBe(30 * 86_400 - 1);
    expect(room.missed(cron)).toHaveLength(20);
    expect(room.missed(cron)[0]).toMatch(/^earlier .* x\d+\+$/u);
    expect(room.ran(cron)).toEqual(['2026-01-31T00:00:00.000Z']);
  });

  it('stay bounded for an intent that misses its times for ever', () => {
    const id = room.add({ type: 'interval', everyMs: 1_000 });
    room.pass(300_000, 1_000, true);
    expect(room.ran(id)).toHaveLength(1);
    expect(room.missed(id).length).toBeLessThanOrEqual(75);
    expect(room.missed(id)[0]).toMatch(/^earlier /u);
    expect(room.store.read((read) => countMissed(read, id))).toBe(299);
  });

  it('of many intents are spread over time, each at the same place for itself', async () => {
    const ids = Array.from({ length: 60 }, () => room.add(hourly));
    room.clock.jump(90 * MINUTE);
    const atOnce = room.fire();
    expect(atOnce).toBeLessThan(10);
    const perSlice: number[] = [];
    for (let slice = 0; slice < 12; slice += 1) {
      room.clock.advance(10_000);
      perSlice.push(room.fire());
    }
    expect(Math.max(...perSlice)).toBeLessThan(20);
    expect(ids.map((id) => room.ran(id).length)).toEqual(ids.map(() => 1));
    const due = (): unknown[] =>
      room.store.read((read) =>
        read.prepare('SELECT intent_id, run_id IS NOT NULL AS ran FROM missed_time ORDER BY intent_id').all(),
      );
    expect(due()).toHaveLength(60);
  });

  it('come as one domain event each occasion', () => {
    room.add(hourly);
    room.clock.jump(4 * HOUR + 30 * MINUTE);
    room.fire();
    const events = room.store.read((read) =>
      read.prepare(`SELECT payload FROM domain_event WHERE type = 'intentMissed'`).all(),
    );
    expect(events.map((row) => JSON.parse(String(row['payload'])) as unknown)).toMatchObject([{ count: 4 }]);
  });
});

describe('a time that comes while the last run is not ended', () => {
  it('starts no second run and is told', () => {
    const id = room.add(hourly);
    room.pass(3 * HOUR, HOUR, true);
    expect(room.ran(id)).toEqual(at(1));
    expect(room.missed(id)).toEqual(at(2, 3).map((time) => `busy ${time}`));
    room.endRuns();
    expect(room.fire()).toBe(0);
    room.pass(HOUR, HOUR);
    expect(room.ran(id)).toEqual(at(1, 4));
  });

  it('waits for its turn under `run_all`', () => {
    const id = room.add(hourly, { misfirePolicy: 'run_all' });
    room.pass(3 * HOUR, HOUR, true);
    room.endRuns();
    room.fire();
    room.endRuns();
    room.fire();
    expect(room.ran(id)).toEqual(at(1, 2, 3));
  });

  it('leaves a draft that waits for approval alone: drafts do not pile up', () => {
    const id = room.add(hourly);
    room.store.write((write) => {
      write.prepare(`UPDATE project SET risk_profile = 'strict'`).run();
      write.prepare(`UPDATE intent SET query = 'sudo make install' WHERE id = ?`).run(id);
      write
        .prepare(`UPDATE project SET sensitive_patterns = ?`)
        .run(JSON.stringify([{ name: 'superuser', pattern: 'sudo' }]));
    });
    room.pass(3 * HOUR, HOUR, true);
    const runs = room.store.read((read) =>
      read.prepare('SELECT status FROM run WHERE intent_id = ?').all(id),
    );
    expect(runs.map((row) => row['status'])).toEqual(['draft']);
    expect(room.missed(id)).toHaveLength(2);
  });
});

describe('a clock that jumps', () => {
  it('a year ahead and back leaves no due time a year away', () => {
    const id = room.add(hourly);
    room.clock.jump(365 * DAY);
    room.fire();
    room.endRuns();
    expect(room.next(id)).toBe('2027-01-01T01:00:00.000Z');
    room.clock.jump(-365 * DAY);
    room.fire();
    expect(room.next(id)).toBe(at(1)[0]);
    room.pass(2 * HOUR, HOUR);
    expect(room.ran(id)).toEqual(['2027-01-01T00:00:00.000Z', ...at(1, 2)]);
  });

  it('back by two hours while the host was off fires nothing a second time', () => {
    const id = room.add(hourly);
    room.pass(4 * HOUR, HOUR);
    room.clock.jump(-2 * HOUR);
    room.pass(3 * HOUR, 10 * MINUTE);
    expect(room.ran(id)).toEqual(at(1, 2, 3, 4, 5));
  });

  it('back and forth by a minute fires each time once', () => {
    const id = room.add({ type: 'interval', everyMs: 10_000 });
    for (let round = 0; round < 20; round += 1) {
      room.pass(30_000, 5_000);
      room.clock.jump(round % 2 ? 60_000 : -60_000);
      room.fire();
      room.endRuns();
    }
    const times = room.ran(id);
    expect(new Set(times).size).toBe(times.length);
    expect(room.missed(id).filter((row) => row.startsWith('waiting'))).toEqual([]);
  });

  it('back pulls in what would wait for a far future to be caught up', () => {
    for (let count = 0; count < 3; count += 1) room.add({ type: 'once', at: at(1)[0] ?? '' });
    room.clock.jump(2 * HOUR);
    room.fire();
    room.clock.jump(-2 * HOUR);
    room.clock.jump(90 * MINUTE);
    room.clock.advance(HOUR);
    room.fire();
    const open = room.store.read((read) =>
      read.prepare(`SELECT COUNT(*) AS total FROM missed_time WHERE outcome = 'waiting'`).get(),
    );
    expect(open?.['total']).toBe(0);
  });
});
