import { spawnSync } from 'node:child_process';
import { closeSync, copyFileSync, existsSync, openSync, readdirSync, rmSync, writeSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { unwrap } from '../shared/result.ts';
import { createScope } from '../shared/scope.ts';
import { connect } from './database.ts';
import { listProjects } from './project-store.ts';
import { findReplacement, incomingPath } from './replace-database.ts';
import { stageRestore } from './restore.ts';
import { addProject, addProposal, createFolder, MIGRATIONS, openAt } from './testing/test-store.ts';

let folder: string;
let backup: string;

/** A data folder whose backup knows one project, and whose database, not closed in order, knows two. */
beforeEach(async () => {
  folder = createFolder();
  const scope = createScope('before');
  const store = unwrap(await openAt(folder, scope));
  store.write((write) => addProject(write, 'Old'));
  backup = unwrap(await store.backup('manual')).path;
  store.write((write) => addProject(write, 'New'));
  // As a killed host leaves it: what is newest stands in the write-ahead log alone.
  for (const part of ['', '-wal', '-shm']) copyFileSync(store.path + part, `${store.path}${part}.left`);
  await scope.close();
  for (const part of ['', '-wal', '-shm']) {
    copyFileSync(`${store.path}${part}.left`, store.path + part);
    rmSync(`${store.path}${part}.left`);
  }
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const names = async (): Promise<string[]> => {
  const scope = createScope('after');
  try {
    const store = unwrap(await openAt(folder, scope));
    expect(store.check(true)).toEqual([]);
    return store.read(listProjects).map(({ name }) => name);
  } finally {
    await scope.close();
  }
};
const stage = async (chosen: string | null = null) => {
  const scope = createScope('stage');
  const staged = await stageRestore({ folder, migrationsFolder: MIGRATIONS, chosen, scope });
  await scope.close();
  return staged;
};
const replace = (killAfter: number): string => {
  const script = resolve(import.meta.dirname, 'testing/second-process.ts');
  const done = spawnSync(process.execPath, [script, 'replace', folder, String(killAfter)], {
    encoding: 'utf8',
  });
  return done.signal ?? done.stdout.trim();
};
const setAside = (): string[] => readdirSync(folder).filter((name) => /set-aside-[\dTZ-]+$/u.test(name));

it('leaves the old or the new database, whole, wherever it is killed, and never loses the old one', async () => {
  const seen: string[] = [];
  for (let kill = 0; kill < 20; kill += 1) {
    const before = await names();
    unwrap(await stage(backup));
    const ended = replace(kill);
    const after = await names();
    seen.push(after.join('+'));
    expect([before, ['Old']]).toContainEqual(after);
    expect(existsSync(incomingPath(folder))).toBe(false);
    if (after.join() === 'Old') {
      const kept = setAside().map((name) => {
        const raw = connect(join(folder, name));
        const rows = raw.prepare('SELECT name FROM project ORDER BY name').pluck().all();
        raw.close();
        return rows.join('+');
      });
      expect(kept).toContain('New+Old');
      expect(findReplacement(folder)).toMatchObject({ kind: 'restore', setAside: expect.any(String) });
    }
    if (ended === 'replaced') break;
    expect(ended).toBe('SIGKILL');
  }
  // Killed before the plan was written it is the old one, after that the new one, and both happened.
  expect(seen[0]).toBe('New+Old');
  expect(seen.at(-1)).toBe('Old');
  expect(seen.length).toBeGreaterThan(5);
});

it('names what would be lost before anything is changed', async () => {
  expect(unwrap(await stage())).toMatchObject({
    from: backup,
    backup: { runs: 0, newest: { seq: 1 } },
    present: { newest: { seq: 2 } },
    refused: [],
  });
  expect(await names()).toEqual(['New', 'Old']);
});

it('passes over a newer backup that is damaged, and refuses one that was named', async () => {
  const scope = createScope('newer');
  const store = unwrap(await openAt(folder, scope));
  store.write((write) => {
    for (let count = 0; count < 200; count += 1) addProposal(write, { content: 'x'.repeat(500) });
  });
  await scope.close();
  const newer = join(folder, 'backups', 'homer-2026-03-03T00-00-00-000Z-manual.sqlite');
  copyFileSync(join(folder, 'homer.sqlite'), newer);
  const file = openSync(newer, 'r+');
  writeSync(file, Buffer.alloc(9_000, 0xa5), 0, 9_000, 4_096 * 20);
  closeSync(file);
  expect(unwrap(await stage())).toMatchObject({ from: backup, refused: [{ path: newer }] });
  expect(await stage(newer)).toMatchObject({ ok: false, error: { tag: 'backup_damaged' } });
  expect(await stage('/nowhere/at.all')).toMatchObject({ ok: false, error: { tag: 'not_found' } });
});
