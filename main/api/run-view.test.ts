import { afterEach, beforeEach, expect, it } from 'vitest';
import { createTestApi, type TestApi } from './testing/test-api.ts';

let api: TestApi;
beforeEach(async () => {
  api = await createTestApi();
});
afterEach(() => api.dispose());

it('keeps lists of runs under their names, and refuses a name twice and a change of what has changed', async () => {
  const stuck = await api.did('runView.create', {
    name: ' Stuck ',
    tab: 'active',
    filter: { search: 'quota', status: ['paused', 'queued'] },
  });
  expect(stuck).toMatchObject({ name: 'Stuck', version: 1, tab: 'active' });
  const all = await api.did('runView.create', { name: 'Again' });
  expect(await api.did('runView.list', {})).toEqual([stuck, all]);
  const renamed = await api.did('runView.update', { id: stuck.id, version: 1, fields: { name: 'Waiting' } });
  expect(renamed).toMatchObject({ name: 'Waiting', version: 2, filter: stuck.filter });
  expect(await api.call('runView.create', { name: 'waiting' })).toMatchObject({
    error: { tag: 'name_taken' },
  });
  expect(await api.call('runView.remove', { id: stuck.id, version: 1 })).toMatchObject({
    error: { tag: 'stale_version' },
  });
  await api.did('runView.remove', { id: stuck.id, version: 2 });
  expect((await api.did('runView.list', {})).map(({ name }) => name)).toEqual(['Again']);
  expect(await api.call('runView.create', { name: 'Odd', tab: 'asleep' } as never)).toMatchObject({
    error: { tag: 'invalid_input' },
  });
});
