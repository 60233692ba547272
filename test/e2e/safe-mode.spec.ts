import { createHash } from 'node:crypto';
import { closeSync, openSync, readdirSync, readFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from '@playwright/test';
import { barriers } from './barriers.ts';
import { startRealHost, type RealHost } from './real-host.ts';

let host: RealHost;
test.beforeEach(async () => {
  host = await startRealHost();
});
test.afterEach(async () => {
  await host.end();
});

const hashOf = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');

/** Overwrites much of a closed database, as a failing disk would. */
function smash(file: string): void {
  const open = openSync(file, 'r+');
  writeSync(open, Buffer.alloc(60_000, 0xa5), 0, 60_000, 4_096);
  closeSync(open);
}

/** As a Homer of another version would leave it; gives what it was before. */
function setSchema(file: string, schema: number): number {
  const raw = new DatabaseSync(file);
  const before = Number(raw.prepare('PRAGMA user_version').get()?.['user_version']);
  raw.exec(`PRAGMA user_version = ${String(schema)}`);
  raw.close();
  return before;
}

test('a damaged database brings up safe mode, which goes back to a backup and keeps the damaged file', async ({
  page,
}) => {
  const goal = (title: string) => host.call('goal.create', { title });
  await goal('Before the backup');
  await host.call('backup.create', {});
  await goal('After the backup');
  const database = path.join(host.dataDir, 'homer.sqlite');
  await host.stop();
  smash(database);
  const damaged = hashOf(database);
  await host.start();

  await host.signIn(page);
  await expect(page.getByRole('heading', { name: 'Homer is in safe mode' })).toBeVisible();
  await expect(page.getByText(database)).toBeVisible();
  await expect(page.getByRole('radio', { checked: true })).toHaveCount(1);
  await expect(host.call('goal.list', {})).rejects.toThrow(/safe mode/);
  expect(await barriers(page, undefined, 'all')).toEqual([]);

  await page.getByRole('button', { name: 'Restore…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Restore this backup?' });
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  expect(hashOf(database)).toBe(damaged);
  await page.getByRole('button', { name: 'Restore…' }).click();
  await dialog.getByRole('button', { name: 'Restore' }).click();
  await expect(page.getByText('The backup was restored.')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Board' })).toBeVisible();

  const goals = await host.call<{ title: string }[]>('goal.list', {});
  expect(goals.map(({ title }) => title)).toEqual(['Before the backup']);
  const aside = readdirSync(host.dataDir).filter((name) => /set-aside-[\dTZ-]+$/.test(name));
  expect(aside).toHaveLength(1);
  expect(hashOf(path.join(host.dataDir, aside[0] ?? ''))).toBe(damaged);
  await expect(host.call('safeMode.restore', { backup: 'any' })).rejects.toThrow(/not in safe mode/);

  // From then on the settings go back to a backup under the running host, after a look at what would be lost.
  await goal('After the restore');
  await page.goto(`${host.home()}#/settings?section=backups`);
  await page.getByRole('button', { name: /^Restore homer-/ }).click();
  const again = page.getByRole('dialog', { name: 'Go back to this backup?' });
  await expect(again.getByText(/changes since .* 0 runs/)).toBeVisible();
  await expect(again.getByRole('button', { name: 'Back up and restore' })).toBeDisabled();
  await again.getByText('Take me back').click();
  await again.getByRole('button', { name: 'Back up and restore' }).click();
  await expect(page.getByText('The backup is restored.')).toBeVisible();
  await expect(page.getByText(/made before a restore/)).toBeVisible();
  await expect(page.getByText(/^Homer went back to a backup of/)).toBeVisible();
  const left = await host.call<{ title: string }[]>('goal.list', {});
  expect(left.map(({ title }) => title)).toEqual(['Before the backup']);
});

test('a browser that was open learns of safe mode and of its end, and is told what to do without a good backup', async ({
  page,
}) => {
  await host.signIn(page);
  await expect(page.getByRole('link', { name: 'Board' })).toBeVisible();
  await host.stop();
  const database = path.join(host.dataDir, 'homer.sqlite');
  const was = setSchema(database, 999_999);
  await host.start();
  await expect(page.getByText('written by a newer Homer 0')).toBeVisible({ timeout: 20_000 });
  setSchema(database, was);
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('link', { name: 'Board' })).toBeVisible();
  await host.stop();
  smash(database);
  await host.start();
  await expect(page.getByRole('heading', { name: 'There is no good backup' })).toBeVisible({
    timeout: 20_000,
  });
  await expect(page.getByRole('button', { name: 'Restore…' })).toHaveCount(0);
});
