import { readFileSync, writeFileSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import { createRuntimeRoom, type RuntimeRoom } from './runtime-room.ts';

let room: RuntimeRoom;
afterEach(() => room.dispose());

const soon = { count: 2, on: ['crashed' as const], firstDelayMs: 300, jitter: 'none' as const };
/** Fails until the counter file has this many lines. */
const failsBefore = (tries: number, file: string): string =>
  `echo x >> '${file}'; [ "$(wc -l < '${file}')" -ge ${String(tries)} ] || exit 9; echo TASK_STATE: DONE`;

test('work that crashes is tried again by itself after its wait, and the chain can be read from any of its runs', async () => {
  room = await createRuntimeRoom();
  const id = await room.run(failsBefore(3, room.file('tries')), { retry: soon });
  const first = await room.reaches(id, 'failed');
  expect(first.retry).toMatchObject({ attempt: 2, of: 3 });
  const second = await room.reaches(first.retry?.runId ?? '', 'failed');
  const third = await room.reaches(second.retry?.runId ?? '', 'completed');
  expect(third.attempts.map(({ attempt, status, errorTag }) => [attempt, status, errorTag])).toEqual([
    [1, 'failed', 'agent_crashed'],
    [2, 'failed', 'agent_crashed'],
    [3, 'completed', null],
  ]);
  expect(third.run).toMatchObject({ retryOfRunId: second.run.id, retryNumber: 2, triggeredBy: 'retry' });
  const waited = Date.parse(third.run.startedAt ?? '') - Date.parse(second.run.endedAt ?? '');
  expect(waited).toBeGreaterThanOrEqual(600);
});

test('a retry that waits outlives a restart, says when it comes, and starts once however often it is let go', async () => {
  room = await createRuntimeRoom();
  const id = await room.run(failsBefore(2, room.file('tries')), {
    retry: { ...soon, firstDelayMs: 240_000 },
  });
  const { retry } = await room.reaches(id, 'failed');
  await room.stop();
  await room.start();
  const waiting = await room.did('run.get', { id: retry?.runId ?? '' });
  expect(waiting.run.status).toBe('queued');
  expect(waiting.waiting).toBe('Tries again in 4 min (attempt 2 of 3).');
  const presses = await Promise.all(
    [id, retry?.runId ?? '', id].map((pressed) => room.call('run.retryNow', { id: pressed })),
  );
  expect(presses.filter(({ ok }) => ok)).toHaveLength(1);
  expect(presses.flatMap((press) => (press.ok ? [] : [press.error.tag]))).toEqual([
    'not_waiting',
    'not_waiting',
  ]);
  const ended = await room.reaches(retry?.runId ?? '', 'completed');
  expect(ended.attempts).toHaveLength(2);
  expect(ended.decisions.map(({ action }) => action)).toEqual(['retry_now']);
});

test('a cancelled retry does not start, and the owner can still retry by hand', async () => {
  room = await createRuntimeRoom();
  const id = await room.run(failsBefore(2, room.file('tries')), {
    retry: { ...soon, firstDelayMs: 3_600_000 },
  });
  const { retry } = await room.reaches(id, 'failed');
  await room.did('run.cancelRetry', { id });
  expect(await room.call('run.cancelRetry', { id })).toMatchObject({
    ok: false,
    error: { tag: 'not_waiting' },
  });
  const given = await room.did('run.get', { id: retry?.runId ?? '' });
  expect(given.run.status).toBe('stopped');
  expect(given.possible).toContain('retry');
  const by = await room.did('run.retry', { id: given.run.id });
  expect(by.run).toMatchObject({ retryNumber: 0, notBefore: null });
  await room.reaches(by.run.id, 'completed');
});

test('what the path policy refused is never tried again', async () => {
  room = await createRuntimeRoom();
  const id = await room.run('echo TOKEN=1 > .env', {
    retry: {
      count: 3,
      on: ['crashed', 'tests_failed', 'timeout', 'machine', 'setup_failed'],
      firstDelayMs: 0,
    },
  });
  const { run, retry, attempts } = await room.reaches(id, 'failed');
  expect(run.errorTag).toBe('policy_violation');
  expect([retry, attempts.length]).toEqual([null, 1]);
});

test('what was stopped can be retried by hand, until its intent is cancelled for good', async () => {
  room = await createRuntimeRoom();
  const go = room.file('go');
  const id = await room.run(`[ -e '${go}' ] || sleep 60; echo TASK_STATE: DONE`);
  await room.until(() => room.alive(id).length > 0);
  const stopped = await room.did('run.stop', { id });
  expect(stopped.possible).toEqual(['retry']);
  writeFileSync(go, '');
  const second = await room.did('run.retry', { id, version: stopped.run.version });
  expect(second.run).toMatchObject({ attempt: 2, retryOfRunId: id });
  await room.reaches(second.run.id, 'completed');

  const other = await room.run('sleep 60');
  await room.did('run.stop', { id: other });
  const { run } = await room.did('run.get', { id: other });
  const ended = await room.did('intent.cancel', { id: run.intentId });
  expect(ended.intent.status).toBe('cancelled');
  expect((await room.did('run.get', { id: other })).possible).toEqual([]);
  expect(await room.call('run.retry', { id: other })).toMatchObject({ error: { tag: 'illegal_transition' } });
});

test('a retry of what was stopped before it was approved is held again', async () => {
  room = await createRuntimeRoom();
  const { run } = await room.did('run.create', {
    projectId: room.projectId,
    query: 'Deploy to production',
    shellCommand: 'echo TASK_STATE: DONE',
  });
  expect(run.status).toBe('draft');
  await room.did('run.stop', { id: run.id });
  const held = await room.did('run.retry', { id: run.id });
  expect(held.run).toMatchObject({ status: 'draft', held: run.held });
  await room.did('run.approve', { id: held.run.id });
  await room.did('run.stop', { id: held.run.id });
  const third = await room.did('run.retry', { id: held.run.id });
  await room.reaches(third.run.id, 'completed');
});

test('a retry goes on from a checkpoint: with its files, against the same base, told what was done and how it ended', async () => {
  room = await createRuntimeRoom();
  const [prompt, again] = [room.file('prompt'), room.file('again')];
  const id = await room.run(
    `if [ -e '${again}' ]; then cat > '${prompt}'; ls > seen.txt; echo TASK_STATE: DONE; exit; fi; if [ -e third.txt ]; then exit 9; elif [ -e second.txt ]; then echo 3 > third.txt; elif [ -e first.txt ]; then echo 2 > second.txt; else echo 1 > first.txt; fi; echo TASK_STATE: CONTINUE`,
  );
  const failed = await room.reaches(id, 'failed');
  expect(failed.checkpoints).toHaveLength(4);
  expect(await room.call('run.retry', { id, fromStep: 9 })).toMatchObject({
    ok: false,
    error: { tag: 'no_checkpoint' },
  });
  await room.until(() => room.worktrees().length === 0);
  // The project goes on meanwhile: what is applied is still what the run has changed since its own base.
  writeFileSync(`${room.project}/other.txt`, 'other\n');
  room.git('add', '-A');
  room.git('commit', '-qm', 'Other');
  writeFileSync(again, '');
  const { run: queued } = await room.did('run.retry', { id, fromStep: 2 });
  expect(queued).toMatchObject({ attempt: 2, retryOfRunId: id, fromStep: 2 });
  const { run, checkpoints } = await room.reaches(queued.id, 'review');
  expect(run).toMatchObject({ baseCommit: failed.run.baseCommit, filesChanged: 3, step: 1 });
  expect(checkpoints).toHaveLength(1);
  expect(room.git('show', `${String(run.headCommit)}:seen.txt`).split('\n')).toEqual(
    expect.arrayContaining(['first.txt', 'second.txt', 'sum.txt']),
  );
  expect(room.git('show', `${String(run.headCommit)}:seen.txt`)).not.toContain('third.txt');
  const told = readFileSync(prompt, 'utf8');
  expect(told).toContain(`what run #${String(failed.run.number)} had done after its step 2`);
  expect(told).toContain(failed.run.error?.slice(0, 40) ?? '-');
  await room.did('run.apply', { id: run.id, version: run.version });
  expect(room.git('ls-tree', '--name-only', 'main').split('\n')).toEqual([
    'first.txt',
    'other.txt',
    'second.txt',
    'seen.txt',
    'sum.txt',
  ]);
});
