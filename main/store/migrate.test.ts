import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { unwrap } from '../shared/result.ts';
import { createScope, type Scope } from '../shared/scope.ts';
import { connect } from './database.ts';
import { loadMigrations } from './migrate.ts';
import { listProjects } from './project-store.ts';
import { addProject, createFolder, MIGRATIONS, openAt } from './testing/test-store.ts';

const newest = unwrap(loadMigrations(MIGRATIONS)).at(-1)?.number ?? 0;
let folder: string;
let scope: Scope;

beforeEach(() => {
  folder = createFolder();
  scope = createScope('test');
});
afterEach(async () => {
  await scope.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The shipped migrations and one more, pinned; the last unless another file is named. */
function withOneMore(sql: string, file = '9000-more.sql'): string {
  const migrations = join(folder, 'migrations');
  cpSync(MIGRATIONS, migrations, { recursive: true });
  const hashes = JSON.parse(readFileSync(join(migrations, 'hashes.json'), 'utf8')) as Record<string, string>;
  hashes[file] = createHash('sha256').update(sql).digest('hex');
  writeFileSync(join(migrations, file), sql);
  writeFileSync(join(migrations, 'hashes.json'), JSON.stringify(hashes));
  return migrations;
}

/** A database of today's schema with a row in it, closed. */
async function shipped(): Promise<void> {
  const own = createScope('shipped');
  unwrap(await openAt(folder, own)).write((write) => addProject(write, 'Kept'));
  await own.close();
}

const names = async (migrations?: string): Promise<string[]> =>
  unwrap(await openAt(folder, scope, migrations))
    .read(listProjects)
    .map(({ name }) => name);

describe('migrations', () => {
  it('make a whole database from nothing, sound and at the newest schema, without a backup of nothing', async () => {
    const store = unwrap(await openAt(folder, scope));
    expect(store.schema).toBe(newest);
    expect(store.check(true)).toEqual([]);
    expect(store.backups()).toEqual([]);
  });

  it('are applied once: a second start changes nothing', async () => {
    await shipped();
    expect(await names()).toEqual(['Kept']);
  });

  it('keep the rows, and back them up first', async () => {
    await shipped();
    const migrations = withOneMore('ALTER TABLE project ADD COLUMN colour TEXT;');
    const store = unwrap(await openAt(folder, scope, migrations));
    expect(store.schema).toBe(9000);
    expect(store.read(listProjects).map(({ name }) => name)).toEqual(['Kept']);
    const [backup] = store.backups();
    expect(backup?.reason).toBe('before-migration-9000');
    const copy = connect(backup?.path ?? '', { readonly: true });
    expect(copy.pragma('user_version', { simple: true })).toBe(newest);
    expect(copy.prepare('SELECT name FROM project').pluck().all()).toEqual(['Kept']);
    copy.close();
  });

  it('apply one that comes after others were applied and has a lower number, and keep the highest', async () => {
    await shipped();
    const migrations = withOneMore('ALTER TABLE project ADD COLUMN colour TEXT;', '0002-late.sql');
    const store = unwrap(await openAt(folder, scope, migrations));
    expect(store.schema).toBe(newest);
    expect(store.read((read) => read.prepare('SELECT colour FROM project').pluck().all())).toEqual([null]);
    expect(store.backups()[0]?.reason).toBe('before-migration-2');
  });

  it('refuse a database of a newer Homer and leave it as it is', async () => {
    await shipped();
    const raw = connect(join(folder, 'homer.sqlite'));
    raw.pragma('user_version = 9999');
    raw.close();
    const opened = await openAt(folder, scope);
    expect(opened).toMatchObject({
      ok: false,
      error: { tag: 'newer_database', message: expect.stringContaining('9999') },
    });
    const after = connect(join(folder, 'homer.sqlite'), { readonly: true });
    expect(after.pragma('user_version', { simple: true })).toBe(9999);
    after.close();
  });

  it('refuse a file that is not the one that was pinned', async () => {
    const migrations = withOneMore('SELECT 1;');
    writeFileSync(join(migrations, '9000-more.sql'), 'SELECT 2;');
    expect(await openAt(folder, scope, migrations)).toMatchObject({
      ok: false,
      error: { tag: 'migration_changed', message: expect.stringContaining('9000-more.sql') },
    });
  });

  it('leave the old schema when one fails halfway', async () => {
    await shipped();
    const migrations = withOneMore('CREATE TABLE half (id TEXT) STRICT; INSERT INTO nowhere VALUES (1);');
    const broken = createScope('broken');
    expect(await openAt(folder, broken, migrations)).toMatchObject({
      ok: false,
      error: { tag: 'database_failed' },
    });
    await broken.close();
    expect(await names()).toEqual(['Kept']);
  });

  it('leave the old schema when the process is killed halfway, and then go through', async () => {
    await shipped();
    const broken = withOneMore('CREATE TABLE half (id TEXT) STRICT; SELECT halt();');
    const script = resolve(import.meta.dirname, 'testing/second-process.ts');
    const child = spawn(process.execPath, [script, 'migrate', folder, broken], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    expect(String((await once(child.stdout, 'data'))[0])).toContain('halfway');
    child.kill('SIGKILL');
    await once(child, 'close');
    const raw = connect(join(folder, 'homer.sqlite'));
    expect(raw.pragma('user_version', { simple: true })).toBe(newest);
    expect(raw.prepare(`SELECT name FROM sqlite_schema WHERE name = 'half'`).get()).toBeUndefined();
    expect(raw.pragma('integrity_check', { simple: true })).toBe('ok');
    raw.close();
    expect(await names(withOneMore('CREATE TABLE half (id TEXT) STRICT;'))).toEqual(['Kept']);
  });
});
