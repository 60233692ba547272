import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { autostartFile } from './autostart-file.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'homer-login-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

test('is off until set, on while the file is there, and leaves nothing when set off again', async () => {
  const login = autostartFile({ command: ['/opt/homer'], configHome: folder });
  expect(await login.read()).toBe('off');
  expect(await login.set(true)).toEqual({ ok: true, value: 'on' });
  expect(await login.set(false)).toEqual({ ok: true, value: 'off' });
  expect(await login.set(false)).toEqual({ ok: true, value: 'off' });
});

test('starts hidden, and quotes a path with spaces and signs as the format wants', async () => {
  const login = autostartFile({ command: ['/opt/my "apps"/100%/$home'], configHome: folder });
  await login.set(true);
  const entry = readFileSync(path.join(folder, 'autostart/homer.desktop'), 'utf8');
  expect(entry).toContain(String.raw`Exec="/opt/my \\"apps\\"/100%%/\\$home" --hidden`);
});

test('says what to check when the folder cannot be written', async () => {
  writeFileSync(path.join(folder, 'a-file'), '');
  const login = autostartFile({ command: ['/opt/homer'], configHome: path.join(folder, 'a-file') });
  expect(await login.set(true)).toMatchObject({ ok: false, error: { tag: 'login_item_refused' } });
});
