import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { createRuntimeRoom, type RuntimeRoom } from './runtime-room.ts';

let room: RuntimeRoom;
afterEach(() => room.dispose());

const WORK = 'head -c 3000000 /dev/zero > big.bin; echo TASK_STATE: DONE';

test('no run starts while worktrees take more than they may, and it says why until there is room again', async () => {
  room = await createRuntimeRoom();
  const first = await room.run(WORK);
  await room.reaches(first, 'review');
  await room.did('flag.set', { key: 'workspace.disk_budget_mb', value: '1' });
  const second = await room.run('echo looked');
  await room.until(async () =>
    (await room.did('overview.get', {})).problems.some(({ tag }) => tag === 'disk_budget'),
  );
  const waits = await room.did('run.get', { id: second });
  expect(waits.run.status).toBe('queued');
  expect(waits.waiting).toMatch(/The worktrees take \d+ MB of the 1 MB they may/u);
  const { worktrees, shortage } = await room.did('workspace.list', {});
  expect(worktrees).toMatchObject([
    { runId: first, advice: 'in_use', runStatus: 'review', uncommitted: false },
  ]);
  expect(shortage).not.toBeNull();
  await room.did('run.discard', { id: first });
  await room.reaches(second, 'completed');
  expect((await room.did('overview.get', {})).problems).toEqual([]);
});

test('no run starts on a disk that is nearly full', async () => {
  room = await createRuntimeRoom();
  await room.did('flag.set', { key: 'workspace.min_free_mb', value: '99999999' });
  const id = await room.run('echo looked');
  await room.until(async () =>
    (await room.did('overview.get', {})).problems.some(({ tag }) => tag === 'disk_short'),
  );
  expect((await room.did('run.get', { id })).run.status).toBe('queued');
  await room.did('flag.set', { key: 'workspace.min_free_mb', value: '0' });
  await room.reaches(id, 'completed');
});

test('a leftover is offered, goes when it is named, and its uncommitted work comes back as a branch', async () => {
  room = await createRuntimeRoom();
  const id = await room.run(WORK);
  await room.reaches(id, 'review');
  const path = join(room.project, '.workspace', 'tasks', id);
  writeFileSync(join(path, 'late.txt'), 'late\n');
  mkdirSync(join(room.project, '.workspace', 'tasks', 'notes'));
  expect(await room.did('workspace.clean', {})).toMatchObject({ removed: [], kept: [{}, {}] });
  expect(await room.did('workspace.clean', { runId: id })).toMatchObject({ removed: [] });
  expect(existsSync(path)).toBe(true);

  // The same project in a Homer that never heard of the run.
  await room.did('run.stop', { id });
  expect(room.worktrees()).toEqual(['notes']);
  const [archive] = await room.did('archive.list', {});
  expect(archive).toMatchObject({ id, files: 1, runNumber: 1 });
  const restored = await room.did('archive.restore', { id });
  expect(room.git('show', `${restored.branch}:late.txt`)).toBe('late');
  expect(room.git('status', '--porcelain')).toBe('');
  expect(await room.call('workspace.clean', { runId: 'nobody' })).toMatchObject({
    error: { tag: 'not_found' },
  });
});
