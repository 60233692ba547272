import { spawn } from 'node:child_process';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSystemClock } from '../../shared/clock.ts';
import { unwrap } from '../../shared/result.ts';
import { alivePids, createCollector, createTestRoom, until, type TestRoom } from '../testing/test-room.ts';
import { createProcessTable } from './create-process-table.ts';
import { identify } from './process-table.ts';

let room: TestRoom;
let mark: string;
beforeEach(() => {
  room = createTestRoom({ graceMs: 300 });
  mark = `7${String(process.pid)}${String(Math.floor(Math.random() * 1_000))}`;
});
afterEach(async () => {
  await room.dispose();
  expect(alivePids(mark)).toEqual([]);
});

/** A tree of the kinds that get away: each holds `mark` in its command line. */
const TREES: Record<string, (mark: string) => [command: string, processes: number]> = {
  'a child that ignores SIGTERM': (m) => [`trap '' TERM; sleep ${m}; sleep ${m}`, 2],
  'a child in a session of its own': (m) => [`setsid sleep ${m} & sleep ${m}`, 3],
  'a daemon that forked twice': (m) => [`(setsid sh -c 'sleep ${m} & sleep ${m} &' &); sleep ${m}`, 4],
  'a daemon that ignores SIGTERM': (m) => [
    `(setsid sh -c 'trap "" TERM HUP; sleep ${m}; sleep ${m}' &); sleep ${m}`,
    4,
  ],
  'a child that keeps the output open': (m) => [`nohup sleep ${m} & sleep ${m}`, 3],
  'a group member without the tag': (m) => [`env -i /bin/sleep ${m} & sleep ${m}`, 3],
  'a stopped child': (m) => [`sleep ${m} & kill -STOP $!; sleep ${m}`, 3],
};

describe('the end ladder', () => {
  it.each(Object.entries(TREES))('leaves nothing of %s', async (_name, tree) => {
    const [command, processes] = tree(mark);
    const turn = unwrap(await room.runner.start(room.order(command), createCollector()));
    // And the guard beside it.
    await until(() => alivePids(mark).length > processes);
    const began = performance.now();
    await turn.end('cancelled');
    expect(alivePids(mark)).toEqual([]);
    expect(performance.now() - began).toBeLessThan(300 + 2_000);
    expect((await turn.ended).class).toBe('cancelled');
  });

  it('ends politely when the command listens, and keeps its last words', async () => {
    const seen = createCollector();
    const turn = unwrap(
      await room.runner.start(
        room.order(`trap 'echo bye; exit 5' TERM; echo up; sleep ${mark} & wait`),
        seen,
      ),
    );
    await until(() => seen.lines().includes('up'));
    await turn.end('cancelled');
    expect(await turn.ended).toMatchObject({ class: 'cancelled', exitCode: 5 });
    expect(seen.lines()).toContain('bye');
  });

  it('ends a turn that is out of time', async () => {
    const turn = unwrap(
      await room.runner.start(room.order(`sleep ${mark}`, { timeLimitMs: 200 }), createCollector()),
    );
    expect((await turn.ended).class).toBe('timed_out');
  });

  it('ends what a finished command left running, before it tells the ending', async () => {
    const turn = unwrap(
      await room.runner.start(
        room.order(`setsid sleep ${mark} & sleep ${mark} & sleep 0.2`),
        createCollector(),
      ),
    );
    expect((await turn.ended).class).toBe('ok');
    expect(alivePids(mark)).toEqual([]);
  });

  it('leaves another turn alone', async () => {
    const one = unwrap(await room.runner.start(room.order(`sleep ${mark}`), createCollector()));
    const two = unwrap(await room.runner.start(room.order(`setsid sleep ${mark} & wait`), createCollector()));
    await until(() => alivePids(mark).length >= 7);
    await one.end('cancelled');
    expect(alivePids(mark).length).toBeGreaterThanOrEqual(3);
    await two.end('cancelled');
    await Promise.all([one.ended, two.ended]);
  });
});

describe('sweep', () => {
  it('spares a process that has the pid of a recorded child and another start time, or another boot', async () => {
    const stranger = spawn('sleep', [mark], { detached: true, stdio: 'ignore' });
    await until(() => alivePids(mark).length === 1);
    const identity = (await identify(unwrap(createProcessTable()), stranger.pid!))!;
    const record = {
      runId: 'run-gone',
      step: 1,
      attempt: 1,
      spool: room.folder,
      executor: 'shell',
      deadline: createSystemClock().now(),
    };
    const early = { ...identity, startTime: String(Number(identity.startTime) - 1) };
    expect(await room.runner.sweep({ ...record, identity: early })).toBe(0);
    expect(await room.runner.sweep({ ...record, identity: { ...identity, bootId: 'other' } })).toBe(0);
    expect(alivePids(mark)).toEqual([stranger.pid]);
    // With the right identity it is found: the test above could otherwise not fail.
    expect(await room.runner.sweep({ ...record, identity })).toBe(1);
    expect(alivePids(mark)).toEqual([]);
  });

  it('finds a tagged daemon when the recorded child is long gone', async () => {
    const seen = createCollector();
    const turn = unwrap(
      await room.runner.start(
        room.order(`(setsid sh -c 'sleep ${mark} & sleep ${mark} &' &); sleep ${mark}`),
        seen,
      ),
    );
    await until(() => alivePids(mark).length >= 5);
    turn.detach();
    process.kill(-turn.record.identity.group, 'SIGKILL');
    await until(() => alivePids(mark).length === 2);
    expect(await room.runner.sweep(turn.record)).toBe(2);
    expect(alivePids(mark)).toEqual([]);
  });
});
