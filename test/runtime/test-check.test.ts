import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { createRuntimeRoom, type RuntimeRoom } from './runtime-room.ts';

let room: RuntimeRoom;
afterEach(() => room.dispose());

const check = async (id: string) =>
  (await room.did('project.check', { id })) ?? { state: 'none', output: '' };
const projectWith = async (testCommand: string) => {
  room = await createRuntimeRoom();
  const [project] = await room.did('project.list', {});
  if (!project) throw new Error('The room has no project.');
  return room.did('project.update', {
    id: project.id,
    version: project.version,
    settings: { testCommand, setupCommand: 'echo set up > made.txt' },
  });
};

test('a check shows what the tests print while they run, and how they ended, without touching the checkout', async () => {
  const { id } = await projectWith(
    'cat made.txt; echo first; while [ ! -e "$HOMER_PROJECT_PATH/go" ]; do sleep 0.05; done; exit 3',
  );
  expect(await room.did('project.startCheck', { id })).toMatchObject({ state: 'preparing', exitCode: null });
  await room.until(async () => (await check(id)).output.includes('first'));
  expect(await check(id)).toMatchObject({
    state: 'testing',
    output: 'set up\nfirst\n',
    setupOutput: '',
    exitCode: null,
  });
  expect(await room.call('project.startCheck', { id })).toMatchObject({ error: { tag: 'check_running' } });
  room.git('branch', 'aside');
  expect([room.git('status', '--porcelain'), existsSync(join(room.project, 'made.txt'))]).toEqual([
    '',
    false,
  ]);
  expect(room.worktrees()).toHaveLength(1);

  const stopped = await room.did('project.stopCheck', { id });
  expect(stopped).toMatchObject({ state: 'stopped', exitCode: null });
  expect(room.worktrees()).toEqual([]);
});

test('a check says by its exit code whether the tests pass, and what broke before they began', async () => {
  const project = await projectWith('echo two failed; exit 3');
  await room.did('project.startCheck', { id: project.id });
  await room.until(async () => (await check(project.id)).state === 'failed');
  expect(await check(project.id)).toMatchObject({ exitCode: 3, output: 'two failed\n', problem: null });
  await room.did('project.update', {
    id: project.id,
    version: project.version,
    settings: { setupCommand: 'echo no such tool; exit 9' },
  });
  await room.did('project.startCheck', { id: project.id });
  await room.until(async () => (await check(project.id)).state === 'broken');
  expect(await check(project.id)).toMatchObject({
    exitCode: null,
    problem: expect.stringContaining('exit code 9') as string,
  });
});
