import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSystemClock } from '../../shared/clock.ts';
import { createSilentLog } from '../../shared/log.ts';
import { unwrap } from '../../shared/result.ts';
import type { ChildIdentity } from '../runner.ts';
import { alivePids, createTestRoom, until, type TestRoom } from '../testing/test-room.ts';
import { childEnvironment } from './child-environment.ts';
import { createRunCommand, type CommandRequest } from './run-command.ts';

let room: TestRoom;
let mark: string;
const run = createRunCommand({ clock: createSystemClock(), log: createSilentLog() });
const request = (command: string, more: Partial<CommandRequest> = {}): CommandRequest => ({
  command,
  cwd: room.worktree,
  timeoutMs: 10_000,
  env: childEnvironment(process.env, [], {}),
  tag: `test-${mark}:1:1`,
  scope: room.scope,
  graceMs: 200,
  ...more,
});
beforeEach(() => {
  room = createTestRoom();
  mark = `6${String(process.pid)}${String(Math.floor(Math.random() * 1_000))}`;
});
afterEach(async () => {
  expect(alivePids(mark)).toEqual([]);
  expect(room.scope.held()).toEqual([]);
  await room.dispose();
});

describe('a test or set-up command', () => {
  it('tells its exit code and both streams in the order they came', async () => {
    const outcome = unwrap(await run(request('echo one; echo two >&2; echo three; exit 4')));
    expect(outcome).toMatchObject({
      exitCode: 4,
      signal: null,
      timedOut: false,
      output: 'one\ntwo\nthree\n',
    });
    expect(unwrap(await run(request('kill -KILL $$')))).toMatchObject({ exitCode: null, signal: 'SIGKILL' });
    expect(unwrap(await run(request('no-such-program'))).exitCode).toBe(127);
  });

  it('keeps the end of a long output, without colours and secrets', async () => {
    const outcome = unwrap(
      await run(request(`seq 1 400000; printf '\\033[31mtoken=${'s3cret'.repeat(3)}\\033[0m\\nlast\\n'`)),
    );
    expect(outcome.output).toMatch(/^\[\d+ bytes before this left out\]\n\d+\n/);
    expect(outcome.output).toMatch(/\n400000\ntoken=\[redacted\]\nlast\n$/);
    expect(Buffer.byteLength(outcome.output)).toBeLessThanOrEqual(64 * 1024);
    expect(Buffer.byteLength(outcome.output)).toBeGreaterThan(60 * 1024);
  });

  it.each([
    ['that hangs', (m: string) => `echo up; sleep ${m}`],
    ['that ignores SIGTERM', (m: string) => `echo up; trap '' TERM; sleep ${m}; sleep ${m}`],
    ['with a daemon', (m: string) => `echo up; (setsid sh -c 'sleep ${m} & sleep ${m} &' &); sleep ${m}`],
  ])('%s is ended with its whole tree when its time is up', async (_name, command) => {
    const began = performance.now();
    const outcome = unwrap(await run(request(command(mark), { timeoutMs: 300 })));
    expect(outcome).toMatchObject({ timedOut: true, exitCode: null, output: 'up\n' });
    expect(alivePids(mark)).toEqual([]);
    expect(performance.now() - began).toBeLessThan(2_500);
  });

  it('does not wait for a child that keeps its output open, and ends it', async () => {
    const began = performance.now();
    const outcome = unwrap(await run(request(`sleep ${mark} & setsid sleep ${mark} & sleep 0.1; echo done`)));
    expect(outcome).toMatchObject({ exitCode: 0, output: 'done\n' });
    expect(performance.now() - began).toBeLessThan(2_000);
  });

  it('is ended when it is called off, and when the host shuts down', async () => {
    const abort = new AbortController();
    const work = run(request(`touch up; sleep ${mark}`, { abort: abort.signal }));
    await until(() => existsSync(join(room.worktree, 'up')));
    abort.abort();
    expect(unwrap(await work)).toMatchObject({ aborted: true, timedOut: false });

    // Called off between the making of the process and its gate: nothing runs.
    const early = new AbortController();
    const never = run(request('touch early', { abort: early.signal }));
    early.abort();
    expect(await never).toMatchObject({ ok: false, error: { tag: 'command_not_started' } });
    expect(existsSync(join(room.worktree, 'early'))).toBe(false);

    const scope = room.scope.child('host');
    const other = run(request(`trap '' TERM; touch up2; sleep ${mark}; sleep ${mark}`, { scope }));
    await until(() => existsSync(join(room.worktree, 'up2')));
    await scope.close();
    expect(alivePids(mark)).toEqual([]);
    expect(unwrap(await other).aborted).toBe(true);
  });

  it('is known before it runs, and does not run when it cannot be recorded', async () => {
    const seen: [ChildIdentity, string][] = [];
    let ranBefore = true;
    const onStarted = (identity: ChildIdentity, tag: string): void => {
      const from = performance.now();
      while (performance.now() - from < 80);
      ranBefore = existsSync(join(room.worktree, 'ran'));
      seen.push([identity, tag]);
    };
    expect(unwrap(await run(request('touch ran; echo $HOMER_TAG $$', { onStarted }))).output).toBe(
      `test-${mark}:1:1 ${String(seen[0]![0].pid)}\n`,
    );
    expect(ranBefore).toBe(false);
    const refused = await run(
      request('touch again', {
        onStarted() {
          throw new Error('disk full');
        },
      }),
    );
    expect(refused).toMatchObject({ ok: false, error: { tag: 'child_not_recorded' } });
    expect(existsSync(join(room.worktree, 'again'))).toBe(false);
  });

  it('is refused in a folder that is not there, and where children cannot be run yet', async () => {
    const gone = await run(request('true', { cwd: join(room.folder, 'gone') }));
    expect(gone).toMatchObject({ ok: false, error: { tag: 'folder_missing' } });
    const other = createRunCommand({ clock: createSystemClock(), log: createSilentLog(), platform: 'win32' });
    expect(await other(request('true'))).toMatchObject({ ok: false, error: { tag: 'unsupported_platform' } });
  });
});
