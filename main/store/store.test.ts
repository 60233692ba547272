import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FailureError, unwrap } from '../shared/result.ts';
import { createScope } from '../shared/scope.ts';
import { connect, type Committed } from './database.ts';
import { writeFlag } from './flag-store.ts';
import {
  addProject,
  addProposal,
  createFolder,
  createTestStore,
  openAt,
  type TestStore,
} from './testing/test-store.ts';

let bench: TestStore;
beforeEach(async () => {
  bench = await createTestStore();
});
afterEach(() => bench.dispose());

describe('a write', () => {
  it('publishes its events after the commit, in order, with consecutive numbers', () => {
    const heard: Committed[] = [];
    bench.store.onCommit((committed) => {
      expect(bench.events()).toBe(committed.events.at(-1)?.seq);
      heard.push(committed);
    });
    bench.store.write((write) => {
      addProject(write);
      addProposal(write);
    });
    expect(heard.flatMap(({ events }) => events.map(({ seq, type }) => [seq, type]))).toEqual([
      [1, 'projectAdded'],
      [2, 'proposalDiscovered'],
    ]);
  });

  it('that fails leaves no row, no event and no word to listeners', () => {
    const heard: Committed[] = [];
    bench.store.onCommit((committed) => heard.push(committed));
    const refused = bench.store.tryWrite((write) => {
      addProject(write);
      throw new FailureError({ tag: 'not_now', message: 'Not now.' });
    });
    expect(refused).toMatchObject({ ok: false, error: { tag: 'not_now' } });
    expect([bench.events(), heard.length]).toEqual([0, 0]);
    expect(bench.store.read((read) => read.prepare('SELECT COUNT(*) AS n FROM project').get())).toEqual({
      n: 0,
    });
  });

  it('goes through though a listener throws, and the next listener hears it', () => {
    let heard = 0;
    bench.store.onCommit(() => {
      throw new Error('a broken listener');
    });
    bench.store.onCommit(() => (heard += 1));
    bench.store.write((write) => writeFlag(write, 'runtime.hold', 'on', 'tester'));
    expect([heard, bench.events()]).toEqual([1, 1]);
  });

  it('inside a write is a bug', () => {
    expect(() => bench.store.write(() => bench.store.write(() => 1))).toThrow(/inside another/u);
  });
});

describe('a damaged database', () => {
  it.each([
    ['whose pages were smashed', (bytes: Buffer) => bytes.fill(0xa5, 4_096 * 3 + 100, 4_096 * 12)],
    ['that is no database at all', () => Buffer.from('This was a database once.\n'.repeat(400))],
  ])('%s is noticed at the start and not touched', async (_what, smash) => {
    bench.store.write((write) => {
      for (let count = 0; count < 50; count += 1) addProposal(write);
    });
    await bench.scope.close();
    const path = join(bench.folder, 'homer.sqlite');
    const smashed = smash(readFileSync(path));
    writeFileSync(path, smashed);
    const scope = createScope('after the damage');
    const opened = await openAt(bench.folder, scope);
    await scope.close();
    expect(opened).toMatchObject({
      ok: false,
      error: { tag: 'database_damaged', hint: expect.stringContaining('backup') },
    });
    expect(readFileSync(path).equals(smashed)).toBe(true);
  });
});

describe('a backup', () => {
  it('is whole and readable though rows are written while it is made', async () => {
    bench.store.write((write) => {
      for (let count = 0; count < 3_000; count += 1) addProposal(write, { content: 'x'.repeat(2_000) });
    });
    let written = 0;
    const ending = new AbortController();
    const making = bench.store.backup('manual').finally(() => ending.abort());
    while (!ending.signal.aborted) {
      bench.store.write((write) => addProposal(write));
      written += 1;
      await new Promise((resolve) => setImmediate(resolve));
    }
    const backup = unwrap(await making);
    expect(written).toBeGreaterThan(1);
    expect(bench.store.backups().map(({ path }) => path)).toEqual([backup.path]);
    const copy = connect(backup.path, { readonly: true });
    expect(copy.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(copy.prepare('SELECT COUNT(*) FROM proposal').pluck().get()).toBeGreaterThanOrEqual(3_000);
    copy.close();
  });

  it('that cannot be written says so and leaves nothing half done', async () => {
    writeFileSync(join(bench.folder, 'backups'), 'a file in the way');
    expect(await bench.store.backup('manual')).toMatchObject({
      ok: false,
      error: { tag: 'backup_failed', hint: expect.stringContaining('backups') },
    });
    rmSync(join(bench.folder, 'backups'));
    expect(bench.store.backups()).toEqual([]);
    expect((await bench.store.backup('manual')).ok).toBe(true);
  });
});

it('refuses a data folder it cannot write to, with what to do', async () => {
  const folder = createFolder();
  const scope = createScope('read-only');
  writeFileSync(join(folder, 'data'), 'a file where the folder should be');
  const opened = await openAt(join(folder, 'data'), scope);
  expect(opened).toMatchObject({
    ok: false,
    error: { tag: 'read_only', hint: expect.stringContaining('--data') },
  });
  await scope.close();
  rmSync(folder, { recursive: true });
});
