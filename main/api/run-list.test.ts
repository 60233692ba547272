import { afterEach, beforeEach, expect, it } from 'vitest';
import type { InputOf } from '../../preload/contract/operations.ts';
import { writeFlag } from '../store/flag-store.ts';
import { addProject, addProposal, addRun } from '../store/testing/test-store.ts';
import { createTestApi, type TestApi } from './testing/test-api.ts';

let api: TestApi;
beforeEach(async () => {
  api = await createTestApi();
});
afterEach(() => api.dispose());

const names = async (asked: InputOf<'run.list'>): Promise<string[]> =>
  (await api.did('run.list', asked)).rows.map(({ name }) => name);

function set(id: string, columns: Record<string, string>): void {
  api.store.write((write) => {
    for (const [column, value] of Object.entries(columns))
      write.prepare(`UPDATE run SET ${column} = ? WHERE id = ?`).run(value, id);
  });
}

it('finds runs by everything that a row of the list says, each word somewhere', async () => {
  const [broken, asking] = api.store.write((write) => {
    const parser = addProject(write);
    const proposalId = addProposal(write, { projectId: parser, title: 'Read 100% of the grammar' });
    return [
      addRun(write, parser, { name: 'Stream the parser' }),
      addRun(write, addProject(write, 'Shop'), { name: 'Retry on 429' }),
      addRun(write, parser, { name: 'Cache the index', sourceProposalId: proposalId }),
    ];
  });
  set(broken, { status: 'failed', error: '3 tests failed: drains on shutdown' });
  set(asking, { status: 'blocked', question: 'Which port?' });
  expect(await names({ search: 'STREAM' })).toEqual(['Stream the parser']);
  expect(await names({ search: 'shutdown drains' })).toEqual(['Stream the parser']);
  expect(await names({ search: 'which port' })).toEqual(['Retry on 429']);
  expect(await names({ search: 'needs an answer shop' })).toEqual(['Retry on 429']);
  expect(await names({ search: '#2' })).toEqual(['Retry on 429']);
  expect(await names({ search: '3' })).toEqual(['Cache the index', 'Stream the parser']);
  expect(await names({ search: 'grammar' })).toEqual(['Cache the index']);
  // Signs of a pattern stand for themselves.
  expect(await names({ search: '100%' })).toEqual(['Cache the index']);
  expect(await names({ search: '%' })).toEqual(['Cache the index']);
  expect(await names({ search: 'stream shop' })).toEqual([]);
});

it('finds a queued run by what it waits for', async () => {
  api.store.write((write) => {
    const id = addProject(write);
    addRun(write, id, { name: 'First' });
    addRun(write, id, { name: 'Second' });
    writeFlag(write, 'runtime.max_concurrent_runs', '1', 'tester');
  });
  expect(await names({ search: 'next in line' })).toEqual(['First']);
  expect(await names({ search: 'ahead queue' })).toEqual(['Second']);
});

it('counts in each tab what was asked for, and no more', async () => {
  const [broken, , other] = api.store.write((write) => {
    const parser = addProject(write);
    const shop = addProject(write, 'Shop');
    return [
      addRun(write, parser, { name: 'Stream the parser' }),
      addRun(write, parser, { name: 'Cache the index' }),
      shop,
    ];
  });
  set(broken, { status: 'failed', error: 'no disk' });
  const all = await api.did('run.list', { search: 'parser', filter: 'failed' });
  expect(all.counts).toEqual({ active: 1, needs_me: 0, failed: 1, all: 2 });
  expect(all.rows.map(({ name }) => name)).toEqual(['Stream the parser']);
  const failed = await api.did('run.list', { status: ['failed'] });
  expect(failed.counts).toEqual({ active: 0, needs_me: 0, failed: 1, all: 1 });
  expect(await names({ project: [other] })).toEqual([]);
  expect(await names({ status: ['failed', 'queued'], limit: 1 })).toEqual(['Cache the index']);
  expect(await api.call('run.list', { status: ['asleep'] } as never)).toMatchObject({
    ok: false,
    error: { tag: 'invalid_input' },
  });
});
