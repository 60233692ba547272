import { writeFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createRuntimeRoom, type RuntimeRoom } from './runtime-room.ts';

let room: RuntimeRoom;
beforeEach(async () => {
  room = await createRuntimeRoom();
});
afterEach(() => room.dispose());

const soon = (ms: number): string => new Date(Date.now() + ms).toISOString();
const add = (label: string) =>
  room.did('account.add', { executor: 'shell', label, key: `key of ${label}`, keyVariable: 'KEY' });
const account = async (label: string) => {
  const found = (await room.did('account.list', {})).find((it) => it.label === label);
  if (!found) throw new Error(`no account ${label}`);
  return found;
};
/** A script that is refused as the account `limited`, and works as any other. */
const script = (limited: string, ending: string): string => {
  writeFileSync(
    room.file('agent.sh'),
    `echo "as $HOMER_ACCOUNT with $KEY" >>'${room.file('asked')}'
echo '{"homer":"usage","tokensIn":100,"tokensOut":10,"costMicroUsd":5000}'
if [ "$HOMER_ACCOUNT" = '${limited}' ]; then echo '${ending}'; exit 1; fi
echo 2 >sum.txt
echo 'TASK_STATE: DONE'\n`,
  );
  return `sh '${room.file('agent.sh')}'`;
};
const limit = (resetsAt: string): string =>
  JSON.stringify({ homer: 'ending', class: 'rate_limited', resetsAt });

it('goes on with the other account within the step when the first is rate limited, and brings the first back when its time has come', async () => {
  await add('first');
  await add('second');
  const resetsAt = soon(5_000);
  const id = await room.run(script('first', limit(resetsAt)));
  const { run } = await room.reaches(id, 'review');
  expect(run).toMatchObject({ attempt: 1, step: 1, tokensIn: 200, costMicroUsd: 10_000 });
  const events = await room.events(id);
  expect(
    events.filter(({ type }) => type === 'child_started').map(({ payload }) => payload['account']),
  ).toEqual(['first', 'second']);
  expect(events.find(({ type }) => type === 'retry')?.payload['reason']).toContain('another account');
  expect(await account('first')).toMatchObject({
    status: 'rate_limited',
    cooldownUntil: resetsAt,
    consecutiveFailures: 1,
  });
  expect(await account('second')).toMatchObject({ status: 'active', consecutiveFailures: 0 });
  await room.until(async () => (await account('first')).status === 'active');
  expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(resetsAt));
});

it('waits as queued until the only account is back, says so, and starts by itself', async () => {
  await add('only');
  const resetsAt = soon(3_000);
  writeFileSync(
    room.file('agent.sh'),
    `if [ ! -e '${room.file('limited')}' ]; then touch '${room.file('limited')}'; echo '${limit(resetsAt)}'; exit 1; fi
echo 2 >sum.txt; echo 'TASK_STATE: DONE'\n`,
  );
  const id = await room.run(`sh '${room.file('agent.sh')}'`);
  const waiting = await room
    .reaches(id, 'queued')
    .then(() =>
      room
        .until(async () => (await account('only')).status === 'rate_limited')
        .then(() => room.reaches(id, 'queued')),
    );
  expect(waiting.waiting).toContain(`only is rate limited. It starts at ${resetsAt}`);
  const ticks = (await room.did('worker.status', {})).ticks;
  await room.reaches(id, 'review');
  expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(resetsAt));
  // It slept for the time between.
  expect((await room.did('worker.status', {})).ticks - ticks).toBeLessThan(15);
});

it('disables an account whose key is refused, tells its owner, and works on with another', async () => {
  await add('first');
  await add('second');
  const ending = JSON.stringify({ homer: 'ending', class: 'auth' });
  const id = await room.run(script('first', ending));
  await room.reaches(id, 'review');
  expect(await account('first')).toMatchObject({ status: 'error' });
  await room.did('worker.process', {});
  const { problems } = await room.did('overview.get', {});
  expect(problems.find(({ tag }) => tag === 'account_refused')?.hint).toContain('new key');
  const { id: accountId, version } = await account('first');
  await room.did('account.decide', { id: accountId, version, action: 'enable' });
  await room.did('worker.process', {});
  expect((await room.did('overview.get', {})).problems).toEqual([]);
});

it('keeps what was used through a restart, and gives it to the account that used it', async () => {
  await add('only');
  const { id: accountId, version } = await account('only');
  await room.did('account.edit', {
    id: accountId,
    version,
    quotas: [
      {
        name: 'day',
        period: 'day',
        hours: null,
        zone: 'UTC',
        at: null,
        weekday: null,
        tokens: 440,
        requests: null,
        costMicroUsd: null,
      },
      {
        name: 'five_hour',
        period: 'rolling',
        hours: 5,
        zone: null,
        at: null,
        weekday: null,
        tokens: null,
        requests: 4,
        costMicroUsd: null,
      },
    ],
  });
  await room.reaches(await room.run(script('none', '')), 'review');
  await room.stop();
  await room.start();
  expect((await account('only')).windows).toMatchObject([
    { name: 'day', used: 0.25, tokens: 110, requests: 1 },
    { name: 'five_hour', used: 0.25, requests: 1, costMicroUsd: 5_000 },
  ]);
});

it('claims nothing more once the day is spent, says so everywhere, and goes on when the cap is raised', async () => {
  await room.did('flag.set', { key: 'cost.daily_cap_usd', value: '0.004' });
  await room.reaches(await room.run(script('none', '')), 'review');
  await room.did('worker.process', {});
  expect((await room.did('overview.get', {})).problems.map(({ tag }) => tag)).toEqual(['budget_spent']);
  const id = await room.run('echo 3 >sum.txt; echo "TASK_STATE: DONE"');
  await room.did('worker.process', {});
  const held = await room.did('run.get', { id });
  expect(held).toMatchObject({ run: { status: 'queued' } });
  expect(held.waiting).toContain('daily cap');
  await room.did('flag.set', { key: 'cost.daily_cap_usd', value: '100' });
  await room.reaches(id, 'review');
});

it('keeps a key out of the database, the timeline and every answer', async () => {
  await add('first');
  const id = await room.run(script('none', ''));
  await room.reaches(id, 'review');
  const { readFileSync, readdirSync } = await import('node:fs');
  expect(readFileSync(room.file('asked'), 'utf8')).toBe('as first with key of first\n');
  const answers = JSON.stringify([
    await room.did('account.list', {}),
    await room.did('run.get', { id }),
    await room.events(id),
  ]);
  expect(answers).not.toContain('key of first');
  for (const name of readdirSync(room.dataDir).filter((it) => it.startsWith('homer.sqlite')))
    expect(readFileSync(`${room.dataDir}/${name}`, 'latin1')).not.toContain('key of first');
});
