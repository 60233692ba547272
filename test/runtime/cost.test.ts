import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { builtInPrices } from '../../main/domain/cost/price-table.ts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createRuntimeRoom, type RuntimeRoom } from './runtime-room.ts';

let room: RuntimeRoom;
beforeEach(async () => {
  room = await createRuntimeRoom();
});
afterEach(() => room.dispose());

/** A run of one turn that tells of these figures. */
const used = async (figures: Record<string, unknown>) => {
  const line = JSON.stringify({ homer: 'usage', tokensIn: 1_000_000, tokensOut: 100_000, ...figures });
  const id = await room.run(`echo '${line}'; echo 'TASK_STATE: DONE'`);
  await room.reaches(id, 'completed');
  return room.did('run.get', { id });
};

it('says of each run and sum how much is known of its cost, and never zero for what nobody knows', async () => {
  expect((await used({ costMicroUsd: 250_000 })).run).toMatchObject({
    costMicroUsd: 250_000,
    costState: 'known',
  });
  const unknown = await used({ model: 'a-model-of-tomorrow' });
  expect(unknown.run).toMatchObject({ costMicroUsd: 0, costState: 'unknown' });
  const { pieces } = await room.did('run.evidence', { id: unknown.run.id });
  expect(pieces.find(({ part }) => part === 'cost')?.what).toContain('cost unknown');
  const report = await room.did('cost.report', { by: 'run' });
  expect(report.total).toMatchObject({ state: 'partly', words: '$0.25 or more', tokensIn: 2_000_000 });
  expect(report.rows.map(({ words }) => words)).toEqual(['$0.25', 'unknown']);
});

it('tells in the figures of each executor what is known of its cost, and of how many runs it is not', async () => {
  await used({ costMicroUsd: 250_000 });
  await used({ model: 'a-model-of-tomorrow' });
  const { executors } = await room.did('metrics.get', {});
  expect(executors).toMatchObject([
    { executor: 'shell', costMicroUsd: 250_000, costState: 'partly', runsCostUnknown: 1 },
  ]);
});

it('says of each price how it is known, and of what was never compared that it was not', async () => {
  const { date, prices } = await room.did('cost.prices', {});
  expect(prices.length).toBeGreaterThan(10);
  for (const { source, checkedOn } of prices) expect(checkedOn === null).toBe(source === 'unchecked');
  expect(prices.some(({ source }) => source === 'unchecked')).toBe(true);
  const own = { model: 'a-model-*', input: 2, output: 10, cached: 0.2 };
  writeFileSync(
    join(room.dataDir, 'prices.json'),
    JSON.stringify({ v: 1, date: '2026-12-01', prices: [own] }),
  );
  const after = await room.did('cost.prices', {});
  expect(after.prices.find(({ model }) => model === own.model)).toMatchObject({
    source: 'owner',
    checkedOn: '2026-12-01',
  });
  // What the owner did not name keeps the day on which it was looked up.
  expect(after.prices.find(({ model }) => model === 'gpt-5-codex')?.checkedOn).toBe(date);
});

it('shows of a subscription its tokens and no money, whatever its program tells', async () => {
  await room.did('account.add', { executor: 'shell', label: 'max' });
  expect((await used({ costMicroUsd: 250_000 })).run).toMatchObject({
    costMicroUsd: 0,
    tokensIn: 1_000_000,
    costState: 'plan',
  });
  expect((await room.did('cost.today', {})).total.words).toBe('subscription');
});

it("takes prices from the owner's file as it stands, and goes on without one that cannot be read", async () => {
  const prices = join(room.dataDir, 'prices.json');
  const price = { model: 'a-model-*', input: 2, output: 10, cached: 0.2 };
  writeFileSync(prices, JSON.stringify({ v: 1, date: '2026-12-01', prices: [price] }));
  expect((await used({ model: 'a-model-of-tomorrow' })).run).toMatchObject({
    costMicroUsd: 3_000_000,
    costState: 'known',
  });
  expect((await room.did('cost.today', {})).prices).toMatchObject({
    // Most rows are still those of the built-in table.
    date: builtInPrices.date,
    overridden: true,
  });
  writeFileSync(prices, '{"v":1,"date":"tomorrow"}');
  const { prices: status } = await room.did('cost.today', {});
  expect(status).toMatchObject({ overridden: false });
  expect(status.problem).toContain('date');
});

it('tells at 80 % of a daily cap, and holds one project back without the others', async () => {
  await room.did('cost.cap', { id: room.projectId, capMicroUsd: 1_000_000 });
  await used({ costMicroUsd: 850_000 });
  await room.did('worker.process', {});
  const problems = async () => (await room.did('overview.get', {})).problems.map(({ tag }) => tag);
  expect(await problems()).toEqual(['budget_near']);
  await used({ costMicroUsd: 200_000 });
  await room.did('worker.process', {});
  expect(await problems()).toEqual(['budget_spent']);
  const id = await room.run('true');
  await room.did('worker.process', {});
  const held = await room.did('run.get', { id });
  expect(held).toMatchObject({ run: { status: 'queued' } });
  expect(held.waiting).toContain('daily cap of $1.00');
  await room.did('cost.cap', { id: room.projectId, capMicroUsd: null });
  await room.reaches(id, 'completed');
});

it('keeps a run that waits for an account in line through a restart, and starts it at its time', async () => {
  await room.did('account.add', { executor: 'shell', label: 'only' });
  const resetsAt = new Date(Date.now() + 3_000).toISOString();
  const limited = JSON.stringify({ homer: 'ending', class: 'rate_limited', resetsAt });
  const mark = room.file('limited');
  const id = await room.run(
    `if [ ! -e '${mark}' ]; then touch '${mark}'; echo '${limited}'; exit 1; fi; echo 'TASK_STATE: DONE'`,
  );
  await room.until(async () => (await room.did('account.list', {}))[0]?.status === 'rate_limited');
  await room.reaches(id, 'queued');
  await room.stop();
  await room.start();
  expect((await room.did('run.get', { id })).waiting).toContain(resetsAt);
  const { run } = await room.reaches(id, 'completed');
  expect(run.attempt).toBe(1);
  expect(run.recoveries).toBe(0);
  expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(resetsAt));
});
