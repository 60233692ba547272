import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSilentLog } from '../shared/log.ts';
import { createAppHandler } from './app-files.ts';

let folder: string;
let get: (url: string, method?: string) => Promise<Response>;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'homer-app-'));
  mkdirSync(path.join(folder, 'renderer/assets'), { recursive: true });
  writeFileSync(path.join(folder, 'renderer/index.html'), 'the application');
  writeFileSync(path.join(folder, 'renderer/assets/main.js'), 'code');
  writeFileSync(path.join(folder, 'secret.js'), 'secret');
  mkdirSync(path.join(folder, 'renderer-other'));
  writeFileSync(path.join(folder, 'renderer-other/near.js'), 'secret');
  symlinkSync(path.join(folder, 'secret.js'), path.join(folder, 'renderer/link.js'));
  const handle = createAppHandler({ rendererDir: path.join(folder, 'renderer'), log: createSilentLog() });
  get = (url, method = 'GET') => handle({ url, method });
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

test('serves a file of the renderer with its type and the content policy', async () => {
  const answer = await get('app://homer/assets/main.js');
  expect(await answer.text()).toBe('code');
  expect(answer.headers.get('content-type')).toContain('text/javascript');
  expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self'");
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
});

test('serves the application for an address that names no file', async () => {
  for (const address of ['app://homer/', 'app://homer/proposal/12', 'app://homer'])
    expect(await (await get(address)).text()).toBe('the application');
});

test('says 404 for a file that is not there, and not the application', async () => {
  expect((await get('app://homer/assets/gone.js')).status).toBe(404);
});

test.each([
  'app://homer/../secret.js',
  'app://homer/%2e%2e/secret.js',
  'app://homer/..%2fsecret.js',
  'app://homer/assets/..%2f..%2fsecret.js',
  'app://homer/..%5csecret.js',
  'app://homer/%2e%2e%2frenderer-other/near.js',
  'app://homer/secret.js%00.html',
  'app://homer/%E0%A4%A.js',
  'app://homer/link.js',
  'app://elsewhere/assets/main.js',
  'file:///etc/passwd.js',
])('serves nothing from outside its folder: %s', async (address) => {
  const answer = await get(address);
  expect(answer.status).toBe(404);
  expect(await answer.text()).not.toContain('secret');
});

test('only reads', async () => {
  expect((await get('app://homer/', 'POST')).status).toBe(405);
  expect(await (await get('app://homer/', 'HEAD')).text()).toBe('');
});
