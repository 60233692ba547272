import { afterEach, beforeEach, expect, it } from 'vitest';
import { createRuntimeRoom, type RuntimeRoom } from './runtime-room.ts';

let room: RuntimeRoom;
beforeEach(async () => {
  room = await createRuntimeRoom();
});
afterEach(() => room.dispose());

const DONE = "echo 2 >sum.txt; echo 'TASK_STATE: DONE'";
const table = (value: string) => room.did('flag.set', { key: 'agents.by_task', value });
const claims = async (id: string) =>
  (await room.events(id))
    .filter(({ type, payload }) => type === 'status_changed' && payload['on'] === 'claim')
    .map(({ payload }) => payload['reason']);

it('gives a run without an executor the first of the table that is there, and says why on its timeline', async () => {
  await table('code: no-such-program, shell');
  const id = await room.run(DONE, { executor: 'auto' });
  const { run } = await room.reaches(id, 'review');
  expect(run.executor).toBe('shell');
  expect(run.executorLabel).not.toBe('Automatic');
  const [why] = await claims(id);
  expect(why).toContain('chosen because it is the first for code that can take it');
  expect(why).toContain('no-such-program: not found');
});

it('goes by the kind of task', async () => {
  await table('code: no-such-program; research: shell');
  const id = await room.run(DONE, { executor: 'auto', taskType: 'research' });
  await room.reaches(id, 'review');
  expect(await claims(id)).toEqual([expect.stringContaining('the first for research')]);
});

it('lets a run wait while nothing can be used, says what to do, and starts it once the table is changed', async () => {
  await table('code: no-such-program');
  const id = await room.run(DONE, { executor: 'auto' });
  await room.until(async () =>
    ((await room.did('run.get', { id })).waiting ?? '').includes('no-such-program: not found'),
  );
  expect((await room.did('run.get', { id })).waiting).toContain('agents.by_task');
  // It keeps nobody else from work.
  await room.reaches(await room.run(DONE), 'review');
  expect((await room.did('run.get', { id })).run).toMatchObject({ status: 'queued', executor: 'auto' });
  await table('code: shell');
  await room.did('worker.process', {});
  await room.reaches(id, 'review');
});

it('waits for the account of the only program it may take, and takes it when the account is enabled', async () => {
  await table('code: shell');
  const account = await room.did('account.add', { executor: 'shell', label: 'only' });
  await room.did('account.decide', { id: account.id, version: account.version, action: 'disable' });
  const id = await room.run(DONE, { executor: 'auto' });
  await room.until(async () =>
    ((await room.did('run.get', { id })).waiting ?? '').includes('only is disabled'),
  );
  const [{ version } = { version: 0 }] = await room.did('account.list', {});
  await room.did('account.decide', { id: account.id, version, action: 'enable' });
  await room.reaches(id, 'review');
});

it('chooses once for an attempt, and anew for the run after it', async () => {
  await table('code: shell');
  await room.did('project.list', {});
  const intent = await room.did('intent.create', {
    projectId: room.projectId,
    query: 'Work',
    trigger: { type: 'manual' },
    executor: 'auto',
    shellCommand: DONE,
  });
  expect(intent.intent.executor).toBe('auto');
  const first = await room.did('intent.runNow', { id: intent.intent.id });
  const { run } = await room.reaches(first.activeRun?.id ?? '', 'review', 'draft');
  if (run.status === 'draft') await room.did('run.approve', { id: run.id, version: run.version });
  await room.reaches(run.id, 'review');
  expect((await room.did('intent.get', { id: intent.intent.id })).intent.executor).toBe('auto');
});

it('refuses a kind of task beside a named executor, a model beside none, and a table it cannot read', async () => {
  expect(
    await room.call('run.create', {
      projectId: room.projectId,
      query: 'Work',
      executor: 'shell',
      shellCommand: 'true',
      taskType: 'research',
    }),
  ).toMatchObject({ ok: false, error: { tag: 'invalid_input' } });
  expect(
    await room.call('intent.create', {
      projectId: room.projectId,
      query: 'Work',
      trigger: { type: 'manual' },
      executor: 'auto',
      model: 'some-model',
    }),
  ).toMatchObject({ ok: false, error: { tag: 'invalid_input' } });
  expect(await room.call('flag.set', { key: 'agents.by_task', value: 'poetry: claude' })).toMatchObject({
    ok: false,
    error: { tag: 'invalid_input' },
  });
});
