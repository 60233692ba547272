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
