import { afterEach, beforeEach, expect, it } from 'vitest';
import { refuseAccount } from '../runtime/charge-account.ts';
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

it('says since when an account is signed out, until it is enabled again', async () => {
  const { id } = await api.did('account.add', { executor: 'shell', label: 'a' });
  const find = async () => (await api.did('account.list', {}))[0];
  expect((await find())?.signedOutAt).toBeNull();
  const now = api.store.write((write) => {
    refuseAccount(write, id, 'The key was refused: 401.');
    return write.now;
  });
  const refused = await find();
  expect(refused).toMatchObject({ status: 'error', signedOutAt: now });
  await api.did('account.decide', { id, version: refused?.version ?? 0, action: 'enable' });
  expect((await find())?.signedOutAt).toBeNull();
});
