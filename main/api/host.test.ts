import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTestApi, type TestApi } from './testing/test-api.ts';

let api: TestApi;
beforeEach(async () => {
  api = await createTestApi();
});
afterEach(async () => {
  await api.dispose();
});

test('the headless host says what only the desktop app offers, and asks nothing', async () => {
  expect(await api.did('host.get', {})).toEqual({
    host: 'headless',
    leaving: false,
    careful: false,
    endedBadly: null,
    launchAtLogin: { state: null, notOffered: 'Only the desktop app offers it.', ask: false },
    quick: { shortcut: '', problem: null, notOffered: 'Only the desktop app offers it.' },
    tray: null,
  });
});

test.each([
  ['host.launchAtLogin', { on: true }],
  ['host.quickShortcut', { shortcut: 'Control+Alt+H' }],
  ['host.quit', { how: 'stop' }],
  ['host.restart', {}],
  ['host.stay', {}],
  ['host.begin', {}],
  ['host.open', { route: '/inbox' }],
  ['host.quick', { shown: true }],
  ['host.fitQuick', { height: 300 }],
  ['host.openFolder', { folder: 'logs' }],
  ['update.check', {}],
  ['update.download', {}],
  ['update.restart', {}],
] as const)('%s is refused in the headless host, and changes nothing', async (name, input) => {
  expect(await api.call(name, input)).toMatchObject({ ok: false, error: { tag: 'not_offered' } });
  const flags = await api.did('flag.list', {});
  expect(
    flags.filter(({ key, value, defaultValue }) => key.startsWith('desktop.') && value !== defaultValue),
  ).toEqual([]);
});

test('the headless host says what it stands on and where its data lies, and how it is updated', async () => {
  expect(await api.did('host.about', {})).toMatchObject({
    host: 'headless',
    electron: null,
    node: process.versions.node,
    sqlite: expect.stringMatching(/^3\.\d+\.\d+$/u) as string,
    folders: { data: '/data/homer', logs: '/data/homer/logs' },
    notOffered: 'Only the desktop app opens folders.',
  });
  expect(await api.did('update.get', {})).toMatchObject({
    state: 'off',
    mode: 'off',
    address: null,
    notOffered: expect.stringContaining('pull and build a checkout') as string,
  });
});

test('an address that leads out of the dashboard is refused', async () => {
  for (const route of ['inbox', '//elsewhere.example', 'https://elsewhere.example/', '/inbox#x', '/a\nb'])
    expect(await api.call('host.open', { route })).toMatchObject({
      ok: false,
      error: { tag: 'invalid_input' },
    });
});
