import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ok, unwrap } from '../shared/result.ts';
import { applyRun } from './apply.ts';
import { moveTarget } from './move-target.ts';
import { deadJournals, dropJournal, writeJournal } from './move-journal.ts';
import { openRepository } from './repository.ts';
import { settleMoves } from './settle-moves.ts';
import { HOMER } from './identity.ts';
import { RUN_ID, createTestRepository } from './test-repository.ts';
import type { TestRepository } from './test-repository.ts';

let repository: TestRepository;
let from: string;
let to: string;
beforeEach(() => {
  repository = createTestRepository();
  from = repository.sh(['rev-parse', 'HEAD']);
  repository.sh(['switch', '-qc', 'homer/run-1-x']);
  fs.rmSync(join(repository.path, 'src'), { recursive: true });
  to = repository.commit('Work', { 'README.md': 'one\nTWO\n', 'new/a.txt': 'a\n', src: 'now a file\n' });
  repository.sh(['switch', '-q', 'main']);
});
afterEach(() => {
  repository.dispose();
});

/** A journal as a host leaves it that is gone. */
function journal(lock: boolean, more: Record<string, unknown> = {}): string {
  const id = '00000000-0000-4000-8000-000000000001';
  const file = join(repository.path, '.git', `homer-move-${id}.json`);
  const at = '2026-01-01T00:00:00.000Z';
  const locks = ['refs/heads/main.lock'];
  fs.writeFileSync(
    file,
    JSON.stringify({ id, target: 'main', from, to, checkedOut: true, locks, pid: 1, at, ...more }),
  );
  if (lock) fs.linkSync(file, join(repository.path, '.git/index.lock'));
  return file;
}
const settle = () => settleMoves(repository.git, repository.path);
const status = (): string => repository.sh(['status', '--porcelain', '--untracked-files=all']);
const left = (): string[] =>
  fs.readdirSync(join(repository.path, '.git')).filter((name) => /homer|lock/u.test(name));

describe('a move that was cut off', () => {
  it('is taken back before its branch moved: half-written, written, removed and new files alike', async () => {
    journal(true);
    repository.write('README.md', 'one\nTW');
    repository.write('new/a.txt', '');
    fs.rmSync(join(repository.path, 'src'), { recursive: true });
    repository.write('src', 'now a file\n');
    expect(await settle()).toEqual(ok(1));
    expect([status(), left()]).toEqual(['', []]);
    expect(repository.read('src/app.ts')).toBe('export const a = 1;\n');
    expect(fs.existsSync(join(repository.path, 'new'))).toBe(false);
  });

  it('is not taken for one by whoever looks while it ends in this very process', async () => {
    const place = unwrap(await openRepository(repository.git, repository.path));
    const move = { target: 'main', from, to, checkedOut: true, locks: [] };
    const seen: unknown[] = [];
    for (let round = 0; round < 100; round += 1) {
      const { id } = await writeJournal(place, repository.git.clock, move);
      let ended = false;
      const ending = dropJournal(place, id).finally(() => {
        ended = true;
      });
      const look = async (): Promise<void> => {
        while (!ended) {
          seen.push(...(await deadJournals(place, repository.git.clock)));
          // A look at a folder without journals waits for nothing: the files would never go.
          await new Promise((resolve) => setImmediate(resolve));
        }
      };
      await Promise.all([ending, look(), look(), look(), look()]);
    }
    expect(seen).toEqual([]);
  });

  it('leaves alone what the owner wrote there since', async () => {
    journal(true);
    repository.write('README.md', 'the owner’s own words\n');
    repository.write('new/a.txt', 'mine\n');
    unwrap(await settle());
    expect(repository.read('README.md')).toBe('the owner’s own words\n');
    expect(repository.read('new/a.txt')).toBe('mine\n');
  });

  it('is brought to its end once its branch has moved', async () => {
    const file = journal(true);
    const index = file.replace('.json', '.index');
    fs.copyFileSync(join(repository.path, '.git/index'), index);
    fs.rmSync(join(repository.path, '.git/index.lock'));
    const place = { ...unwrap(await openRepository(repository.git, repository.path)).place, index };
    unwrap(await repository.git.run(place, ['read-tree', '-m', '-u', from, to]));
    repository.sh(['update-ref', 'refs/heads/main', to]);
    fs.linkSync(file, join(repository.path, '.git/index.lock'));
    unwrap(await settle());
    expect([status(), left()]).toEqual(['', []]);
  });

  it('does not take the lock of the owner’s git for its own', async () => {
    journal(false);
    fs.writeFileSync(join(repository.path, '.git/index.lock'), '');
    expect(await settle()).toMatchObject({ ok: false, error: { tag: 'repository_locked' } });
    expect(fs.existsSync(join(repository.path, '.git/index.lock'))).toBe(true);
  });

  it('gives up its locks on refs, and no others', async () => {
    journal(true);
    const lock = join(repository.path, '.git/refs/heads/main.lock');
    fs.writeFileSync(lock, `${to}\n`);
    fs.writeFileSync(join(repository.path, '.git/HEAD.lock'), 'ref: refs/heads/other\n');
    unwrap(await settle());
    expect(left()).toEqual(['HEAD.lock']);
    expect(fs.existsSync(lock)).toBe(false);
  });

  it('is left to the host that has it in hand', async () => {
    journal(true, { pid: process.ppid, at: new Date().toISOString() });
    expect(await settle()).toEqual(ok(0));
    expect(left()).toHaveLength(2);
  });

  it('is settled before the next apply, which then goes through', async () => {
    journal(true);
    repository.write('README.md', 'one\n');
    const run = { runId: RUN_ID, number: 1, title: 'Work', base: from, head: to, target: 'main' };
    unwrap(await applyRun(repository.git, { projectPath: repository.path, method: 'squash', ...run }));
    expect([repository.read('README.md'), status(), left()]).toEqual(['one\nTWO\n', '', []]);
  });
});

it('takes back what it had written when the branch cannot be moved', async () => {
  const opened = unwrap(await openRepository(repository.git, repository.path));
  fs.writeFileSync(join(repository.path, '.git/refs/heads/main.lock'), 'somebody else\n');
  const moved = await moveTarget(repository.git, opened, {
    target: 'main',
    from,
    to,
    identity: HOMER,
    reflog: 'x',
  });
  expect(moved).toMatchObject({
    ok: false,
    error: { tag: 'repository_locked', message: expect.stringContaining('.git/refs/heads/main.lock') },
  });
  expect([status(), left()]).toEqual(['', []]);
  expect(repository.read('src/app.ts')).toBe('export const a = 1;\n');
});
