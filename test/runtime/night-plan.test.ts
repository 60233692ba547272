import { afterEach, beforeEach, expect, it } from 'vitest';
import { createRuntimeRoom, type RuntimeRoom } from './runtime-room.ts';

let room: RuntimeRoom;
beforeEach(async () => {
  room = await createRuntimeRoom();
  await room.did('flag.set', { key: 'cost.zone', value: 'UTC' });
});
afterEach(() => room.dispose());

it('forecasts queued work from what ran before, and says with whom it would start', async () => {
  await room.did('account.add', {
    executor: 'shell',
    label: 'only',
    key: 'a key of one',
    keyVariable: 'KEY',
    baseUrl: null,
  });
  const usage = `echo '{"homer":"usage","tokensIn":900,"tokensOut":100}'`;
  await room.reaches(await room.run(`${usage}; echo 'TASK_STATE: DONE'`), 'completed');
  await room.did('worker.hold', { held: true });
  const queued = await room.run(`${usage}; echo 'TASK_STATE: DONE'`);
  const { number } = (await room.did('run.get', { id: queued })).run;
  const [account] = await room.did('account.list', {});
  const plan = await room.did('account.plan', {});
  expect(plan.fits).toMatchObject([
    { number, accountId: account?.id, forecast: { basis: 'project', runs: 1, costMicroUsd: null } },
  ]);
  expect(plan.leftOut).toEqual([]);
  await room.did('account.decide', {
    id: account?.id ?? '',
    version: account?.version ?? 0,
    action: 'disable',
  });
  expect((await room.did('account.plan', {})).leftOut).toMatchObject([
    { number, why: 'No account of shell can take turns.' },
  ]);
});
