import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSystemClock, type Clock } from '../../shared/clock.ts';
import { unwrap } from '../../shared/result.ts';
import type { ChildRecord } from '../runner.ts';
import { alivePids, createCollector, createTestRoom, until, type TestRoom } from '../testing/test-room.ts';

const MB = 1024 * 1024;
let room: TestRoom;
let ledger: string;
let mark: string;
beforeEach(() => {
  room = createTestRoom({ limits: () => ({ outputBytes: 4 * MB, quietMs: 0, noOutputMs: 0 }) });
  ledger = join(room.folder, 'ledger');
  mark = `9${String(process.pid)}${String(Math.floor(Math.random() * 1_000))}`;
});
afterEach(async () => {
  await room.dispose();
  expect(alivePids(mark)).toEqual([]);
});

/** Starts a child under a host of its own, and kills that host once the child runs. */
async function orphan(command: string, bytes: number): Promise<ChildRecord> {
  const script = join(import.meta.dirname, '../testing/crash-host.ts');
  const host = spawn(
    process.execPath,
    [script, join(room.folder, 'spool'), room.worktree, ledger, command, String(bytes)],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const gone = new Promise<void>((resolve) => host.once('exit', () => resolve()));
  await until(() => existsSync(join(room.worktree, 'up')));
  host.kill('SIGKILL');
  await gone;
  return (JSON.parse(readFileSync(ledger, 'utf8').split('\n')[0]!) as { record: ChildRecord }).record;
}

describe('a child whose host was killed', () => {
  it.each([
    ['floods', (m: string) => `touch up; sleep 0.3; yes ${m}`],
    [
      'floods and ignores SIGTERM',
      (m: string) => `touch up; sleep 0.3; trap '' TERM; while :; do yes ${m}; done`,
    ],
    [
      'floods from a session of its own',
      (m: string) => `touch up; sleep 0.3; setsid yes ${m} & setsid sleep ${m}`,
    ],
  ])(
    'and that %s is ended by its guard, and the next host says so',
    async (_name, command) => {
      const record = await orphan(command(mark), 4 * MB);
      await until(() => existsSync(join(record.spool, 'flooded')));
      await until(() => alivePids(mark).length === 0, 8_000);
      // Bounded by the limit and what is written between two looks of the guard, not by the disk.
      expect(statSync(join(record.spool, 'stdout')).size).toBeLessThan(400 * MB);
      const turn = unwrap(await room.runner.adopt(record, { stdout: 0, stderr: 0 }, createCollector()));
      expect(await turn.ended).toMatchObject({ class: 'flooded' });
    },
    20_000,
  );

  it('is ended by its guard when its folder is gone, since no host can take it up', async () => {
    const record = await orphan(`touch up; trap '' TERM; while :; do sleep ${mark}; done`, 4 * MB);
    rmSync(record.spool, { recursive: true });
    await until(() => alivePids(mark).length === 0, 8_000);
  });

  it('goes on when it stays within its bounds, and leaves no guard behind', async () => {
    const record = await orphan(`touch up; sleep 2.5; echo ${mark}; echo "TASK_STATE: DONE"`, 4 * MB);
    await until(() => existsSync(join(record.spool, 'ending.json')));
    await until(() => alivePids(record.spool).length === 0, 2_000);
    const seen = createCollector();
    const turn = unwrap(await room.runner.adopt(record, { stdout: 0, stderr: 0 }, seen));
    expect(await turn.ended).toMatchObject({ class: 'ok', taskState: 'done' });
    expect(seen.lines()).toEqual([mark, 'TASK_STATE: DONE']);
  });
});

/** The time of day moved, with timers as they are. */
function shifted(ms: number): Clock {
  const clock = createSystemClock();
  return { ...clock, now: () => clock.now() + ms };
}

describe('a turn that is taken up', () => {
  it.each([
    ['hours ahead', 8 * 3_600_000],
    ['hours back', -2 * 3_600_000],
  ])('keeps the time it had left when the clock was set %s meanwhile', async (_name, jump) => {
    const turn = unwrap(
      await room.runner.start(room.order(`sleep ${mark}`, { timeLimitMs: 1_500 }), createCollector()),
    );
    turn.detach();
    const began = performance.now();
    const other = createTestRoom({ clock: shifted(jump) });
    const adopted = unwrap(
      await other.runner.adopt(turn.record, { stdout: 0, stderr: 0 }, createCollector()),
    );
    const ending = await adopted.ended;
    expect(ending.class).toBe('timed_out');
    expect(performance.now() - began).toBeGreaterThan(1_000);
    expect(performance.now() - began).toBeLessThan(4_000);
    expect(ending.durationMs).toBeGreaterThan(1_000);
    expect(ending.durationMs).toBeLessThan(5_000);
    await other.dispose();
  });

  it('is out of time at once when that passed while no host ran', async () => {
    const turn = unwrap(
      await room.runner.start(room.order(`sleep ${mark}`, { timeLimitMs: 700 }), createCollector()),
    );
    turn.detach();
    await new Promise((resolve) => setTimeout(resolve, 800));
    expect(alivePids(mark).length).toBeGreaterThan(0);
    const adopted = unwrap(await room.runner.adopt(turn.record, { stdout: 0, stderr: 0 }, createCollector()));
    expect((await adopted.ended).class).toBe('timed_out');
  });

  it('is taken as it ended when that was before its time, however late it is found', async () => {
    const turn = unwrap(
      await room.runner.start(room.order('echo "TASK_STATE: DONE"', { timeLimitMs: 500 }), createCollector()),
    );
    turn.detach();
    await until(() => existsSync(join(turn.record.spool, 'ending.json')));
    await new Promise((resolve) => setTimeout(resolve, 600));
    const adopted = unwrap(await room.runner.adopt(turn.record, { stdout: 0, stderr: 0 }, createCollector()));
    await adopted.end('cancelled');
    expect(await adopted.ended).toMatchObject({ class: 'ok', taskState: 'done' });
  });

  it('is gone, not a fault, when its output was removed', async () => {
    const turn = unwrap(await room.runner.start(room.order(`sleep ${mark}`), createCollector()));
    await until(() => alivePids(mark).length > 0);
    turn.detach();
    rmSync(turn.record.spool, { recursive: true });
    const adopted = await room.runner.adopt(turn.record, { stdout: 0, stderr: 0 }, createCollector());
    expect(adopted).toMatchObject({ ok: false, error: { tag: 'child_gone' } });
    expect(await room.runner.sweep(turn.record)).toBeGreaterThan(0);
  });

  it('has a last line that was half written when the host died, once and whole', async () => {
    const seen = createCollector();
    const turn = unwrap(
      await room.runner.start(
        room.order(
          `echo one; printf 'TASK_STATE: BLO'; until [ -e go ]; do sleep 0.02; done; printf 'CKED: which?'`,
        ),
        seen,
      ),
    );
    await until(() => seen.lines().length === 1 && statSync(join(turn.record.spool, 'stdout')).size > 4);
    turn.detach();
    writeFileSync(join(room.worktree, 'go'), '');
    const rest = createCollector();
    const adopted = unwrap(await room.runner.adopt(turn.record, seen.offsets(), rest));
    expect(await adopted.ended).toMatchObject({ taskState: 'blocked', message: 'which?' });
    expect([...seen.lines(), ...rest.lines()]).toEqual(['one', 'TASK_STATE: BLOCKED: which?']);
  });

  it('takes no ending from a file that is not whole', async () => {
    const turn = unwrap(await room.runner.start(room.order(`echo up; sleep ${mark}`), createCollector()));
    await until(() => alivePids(mark).length > 0);
    turn.detach();
    process.kill(-turn.record.identity.group, 'SIGKILL');
    await until(() => alivePids(mark).length === 0);
    writeFileSync(join(turn.record.spool, 'ending.json'), '{"code":0');
    const adopted = await room.runner.adopt(turn.record, { stdout: 0, stderr: 0 }, createCollector());
    expect(adopted).toMatchObject({ ok: false, error: { tag: 'child_gone' } });
  });

  it('does not take a process that got the pid of its child for the child', async () => {
    const turn = unwrap(await room.runner.start(room.order(`sleep ${mark}`), createCollector()));
    turn.detach();
    const { identity } = turn.record;
    const early = { ...identity, startTime: String(Number(identity.startTime) - 1) };
    const record = { ...turn.record, identity: early };
    expect(await room.runner.adopt(record, { stdout: 0, stderr: 0 }, createCollector())).toMatchObject({
      ok: false,
      error: { tag: 'child_gone' },
    });
    const boot = { ...turn.record, identity: { ...identity, bootId: 'another boot' } };
    expect(await room.runner.adopt(boot, { stdout: 0, stderr: 0 }, createCollector())).toMatchObject({
      ok: false,
      error: { tag: 'child_gone' },
    });
  });
});

describe('a turn that prints nothing', () => {
  const limits = { outputBytes: 64 * MB, quietMs: 400, noOutputMs: 1_400 };

  it('is told of once, and again when it printed in between, and ended when it stays silent', async () => {
    const other = createTestRoom({ limits: () => limits });
    const quiet: (number | null)[] = [];
    const turn = unwrap(
      await other.runner.start(other.order(`sleep 0.9; echo up; sleep ${mark}`), {
        ...createCollector(),
        quiet: (ms) => quiet.push(ms),
      }),
    );
    const ending = await turn.ended;
    expect(ending).toMatchObject({ class: 'no_output' });
    expect(ending.message).toMatch(/^No output for 0 min, so the agent was ended\./);
    expect(quiet.map((ms) => ms !== null)).toEqual([true, false, true]);
    await other.dispose();
  });

  it('is left alone as long as it prints, on either stream', async () => {
    const other = createTestRoom({ limits: () => limits });
    const quiet: (number | null)[] = [];
    const turn = unwrap(
      await other.runner.start(
        other.order('for i in 1 2 3 4 5 6 7 8 9 10; do echo $i >&2; sleep 0.1; done'),
        { ...createCollector(), quiet: (ms) => quiet.push(ms) },
      ),
    );
    expect((await turn.ended).class).toBe('ok');
    expect(quiet).toEqual([]);
    await other.dispose();
  });

  it('counts as silent for as long as no host heard it either', async () => {
    const turn = unwrap(await room.runner.start(room.order(`echo up; sleep ${mark}`), createCollector()));
    await until(() => statSync(join(turn.record.spool, 'stdout')).size > 0);
    turn.detach();
    await new Promise((resolve) => setTimeout(resolve, 500));
    const other = createTestRoom({ limits: () => ({ ...limits, noOutputMs: 0 }) });
    // A clock that was set makes nothing older than the child.
    utimesSync(join(turn.record.spool, 'stdout'), 1, 1);
    utimesSync(join(turn.record.spool, 'stderr'), 1, 1);
    const quiet: (number | null)[] = [];
    const adopted = unwrap(
      await other.runner.adopt(
        turn.record,
        { stdout: 3, stderr: 0 },
        { ...createCollector(), quiet: (ms) => quiet.push(ms) },
      ),
    );
    await until(() => quiet.length > 0);
    expect(quiet[0]).toBeGreaterThan(450);
    expect(quiet[0]).toBeLessThan(3_000);
    await adopted.end('cancelled');
    await other.dispose();
  });
});
