import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { createRuntimeRoom, type RuntimeRoom } from './runtime-room.ts';

let room: RuntimeRoom;
afterEach(async () => {
  await room.dispose();
});

const WORK = 'echo done > out.txt; echo "TASK_STATE: DONE"';

it('takes an applied run out again, keeps it applied with the fact, and applies it once more', async () => {
  room = await createRuntimeRoom();
  const id = await room.run(WORK);
  await room.reaches(id, 'review');
  const applied = await room.did('run.apply', { id, strategy: 'rebase' });
  expect(applied.possible).toEqual(['roll_back']);
  expect(await room.call('run.rollBack', { id, version: applied.run.version - 1 })).toMatchObject({
    error: { tag: 'stale_version' },
  });
  const undone = await room.did('run.rollBack', { id, version: applied.run.version, reason: 'Slow' });
  expect(existsSync(join(room.project, 'out.txt'))).toBe(false);
  expect(undone.run).toMatchObject({
    status: 'applied',
    rolledBackCommit: room.git('rev-parse', 'main'),
    rolledBackAt: expect.any(String) as string,
  });
  expect(undone.possible).toEqual(['apply_again']);
  expect(undone.decisions.map(({ action, reason }) => [action, reason])).toEqual([
    ['apply', null],
    ['roll_back', 'Slow'],
  ]);
  expect((await room.events(id)).at(-1)).toMatchObject({ type: 'rolled_back', payload: { target: 'main' } });
  expect(await room.call('run.rollBack', { id })).toMatchObject({ error: { tag: 'already_decided' } });
  const again = await room.did('run.apply', { id, strategy: 'merge' });
  expect(again.run).toMatchObject({ status: 'applied', rolledBackCommit: null, rolledBackAt: null });
  expect(again.run.appliedCommit).toBe(room.git('rev-parse', 'main'));
  expect(existsSync(join(room.project, 'out.txt'))).toBe(true);
});

it('keeps a run in review when the merged result fails the tests that it passed alone', async () => {
  room = await createRuntimeRoom({ testCommand: 'test ! -e out.txt || test ! -e owner.txt' });
  const id = await room.run(WORK);
  await room.reaches(id, 'review');
  writeFileSync(join(room.project, 'owner.txt'), 'x\n');
  room.git('add', '-A');
  room.git('commit', '-qm', 'Owner');
  const before = room.git('rev-parse', 'main');
  await room.did('flag.set', { key: 'workspace.test_before_apply', value: 'on' });
  expect(await room.call('run.apply', { id })).toMatchObject({
    ok: false,
    error: { tag: 'merged_tests_failed', details: { exitCode: 1 } },
  });
  expect([room.git('rev-parse', 'main'), (await room.did('run.get', { id })).run.status]).toEqual([
    before,
    'review',
  ]);
  expect((await room.events(id)).at(-1)).toMatchObject({ type: 'test_ended', payload: { when: 'merged' } });
  expect((await room.did('run.apply', { id, test: false })).run.status).toBe('applied');
});

it('tests what is left of a result when files are left out, and keeps what stayed away with the decision', async () => {
  room = await createRuntimeRoom({ testCommand: 'test -e needed.txt' });
  const id = await room.run('echo a > needed.txt; echo b > extra.txt; echo "TASK_STATE: DONE"');
  const { run } = await room.reaches(id, 'review');
  const without = (path: string) => ({ id, leftOut: { head: run.headCommit ?? '', files: [{ path }] } });
  expect(await room.call('run.apply', without('needed.txt'))).toMatchObject({
    error: { tag: 'merged_tests_failed' },
  });
  expect(await room.did('run.previewApply', without('extra.txt'))).toMatchObject({ files: 1, blocked: null });
  const { decisions } = await room.did('run.apply', without('extra.txt'));
  expect([existsSync(join(room.project, 'needed.txt')), existsSync(join(room.project, 'extra.txt'))]).toEqual(
    [true, false],
  );
  const leftOut = [{ path: 'extra.txt', hunks: null }];
  expect(decisions.at(-1)).toMatchObject({ action: 'apply', snapshot: { leftOut } });
  const applied = (await room.events(id)).find(({ type }) => type === 'applied');
  expect(applied).toMatchObject({ payload: { leftOut } });
  expect(await room.did('run.previewRollBack', { id })).toMatchObject({ changedSince: [], deletions: 1 });
  expect(await room.did('run.lines', { id, path: 'extra.txt', from: 1, to: 5 })).toEqual({
    lines: ['b'],
    total: 1,
  });
  expect((await room.did('run.story', { id })).steps).toMatchObject([
    { step: 1, paths: ['extra.txt', 'needed.txt'] },
  ]);
});
