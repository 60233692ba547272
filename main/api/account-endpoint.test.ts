import { afterEach, beforeEach, expect, it } from 'vitest';
import { listAccounts } from '../store/account-store.ts';
import { modelPlaces } from './model-places.ts';
import { createTestApi, type TestApi } from './testing/test-api.ts';

let api: TestApi;
beforeEach(async () => {
  api = await createTestApi();
});
afterEach(() => api.dispose());

it('keeps several endpoints as accounts, each with its address and key, and asks each as its turns would', async () => {
  const desk = await api.did('account.add', { executor: 'local', label: 'desk', baseUrl: '127.0.0.1:11434' });
  expect(desk).toMatchObject({ kind: 'program', baseUrl: 'http://127.0.0.1:11434/v1', hasKey: false });
  const rack = await api.did('account.add', {
    executor: 'local',
    label: 'rack',
    baseUrl: 'https://models.example/v1/',
    key: 'sk-of-the-rack',
  });
  expect(rack).toMatchObject({ kind: 'key', hasKey: true, keyVariable: 'HOMER_LOCAL_API_KEY' });
  await api.did('account.add', { executor: 'local', label: 'default' });
  const off = await api.did('account.add', {
    executor: 'local',
    label: 'off',
    baseUrl: 'http://127.0.0.1:9',
  });
  await api.did('account.decide', { id: off.id, version: off.version, action: 'disable' });
  const accounts = api.store.read((read) => listAccounts(read, api.clock.iso(), 'local'));
  const ports = { addressVariable: () => 'HOMER_LOCAL_BASE_URL', homeVariable: () => null };
  const places = await modelPlaces({ ports, secrets: api.secrets }, 'local', accounts);
  expect(places.map(({ label, env }) => [label, env])).toEqual([
    ['desk', { HOMER_LOCAL_BASE_URL: 'http://127.0.0.1:11434/v1' }],
    ['rack', { HOMER_LOCAL_BASE_URL: 'https://models.example/v1', HOMER_LOCAL_API_KEY: 'sk-of-the-rack' }],
    ['default', {}],
  ]);
  expect(JSON.stringify(await api.did('account.list', {}))).not.toContain('sk-of-the-rack');
  const moved = await api.did('account.edit', { id: desk.id, version: desk.version, baseUrl: null });
  expect(moved.baseUrl).toBeNull();
});

it('finds the models of accounts that have a folder each by that folder', async () => {
  const home = api.repository.folder;
  await api.did('account.add', { executor: 'local', label: 'work', home });
  const accounts = api.store.read((read) => listAccounts(read, api.clock.iso(), 'local'));
  const ports = { addressVariable: () => null, homeVariable: () => 'CODEX_HOME' };
  const [place] = await modelPlaces({ ports, secrets: api.secrets }, 'local', accounts);
  expect([place?.label, place?.env]).toEqual(['work', { CODEX_HOME: home }]);
});

it('refuses an address that is none, holds a password, or that the executor would not use', async () => {
  const add = (executor: string, baseUrl: string) =>
    api.call('account.add', { executor, label: 'x', baseUrl });
  for (const wrong of ['ftp://127.0.0.1', 'http://me:secret@127.0.0.1/v1', 'http://127.0.0.1/v1?key=1'])
    expect(await add('local', wrong)).toMatchObject({ ok: false, error: { tag: 'invalid_input' } });
  expect(await add('shell', 'http://127.0.0.1:1')).toMatchObject({
    ok: false,
    error: { message: 'An account of shell has no address of its own.' },
  });
  expect(await api.did('account.list', {})).toEqual([]);
});
