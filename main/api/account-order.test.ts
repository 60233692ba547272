import { afterEach, beforeEach, expect, it } from 'vitest';
import { createTestApi, type TestApi } from './testing/test-api.ts';

let api: TestApi;
beforeEach(async () => {
  api = await createTestApi();
});
afterEach(() => api.dispose());

it('keeps the order of accounts, puts a new one last, and gives the order up again', async () => {
  const add = (label: string) => api.did('account.add', { executor: 'shell', label });
  const [a, b] = [await add('a'), await add('b')];
  const labels = async (): Promise<string[]> =>
    (await api.did('account.list', {})).map(({ label, place }) => `${label} ${String(place)}`);
  expect(await labels()).toEqual(['a null', 'b null']);
  await api.did('account.order', { executor: 'shell', ids: [b.id, a.id] });
  expect(await labels()).toEqual(['b 0', 'a 1']);
  const c = await add('c');
  expect(await labels()).toEqual(['b 0', 'a 1', 'c null']);
  // One that was added meanwhile is not lost.
  for (const ids of [
    [a.id, b.id],
    [a.id, a.id, c.id],
  ])
    expect(await api.call('account.order', { executor: 'shell', ids })).toMatchObject({
      ok: false,
      error: { tag: 'stale_version' },
    });
  await api.did('account.order', { executor: 'shell', ids: [] });
  expect(await labels()).toEqual(['a null', 'b null', 'c null']);
});
