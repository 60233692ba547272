import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ok, unwrap } from '../shared/result.ts';
import { deleteRef } from './delete-ref.ts';
import { dropKeptCommits } from './drop-kept-commits.ts';
import { keepCommits } from './keep-commits.ts';
import { openRepository } from './repository.ts';
import { settleMoves } from './settle-moves.ts';
import { RUN_ID, createTestRepository } from './test-repository.ts';
import type { TestRepository } from './test-repository.ts';

const REF = `refs/homer/runs/${RUN_ID}`;
const JOURNAL = 'homer-move-00000000-0000-4000-8000-000000000001';
let repository: TestRepository;
let dotGit: string;
let head: string;
beforeEach(() => {
  repository = createTestRepository();
  dotGit = join(repository.path, '.git');
  head = repository.sh(['rev-parse', 'HEAD']);
});
afterEach(() => {
  repository.dispose();
});

/** A journal of a host that is gone: no process has this pid, or the one that has it began at another time. */
function leave(more: Record<string, unknown> = {}): string {
  const file = join(dotGit, `${JOURNAL}.json`);
  const journal = {
    id: JOURNAL.slice('homer-move-'.length),
    target: REF,
    from: '',
    to: '',
    checkedOut: false,
    locks: ['packed-refs.lock', `${REF}.lock`],
    pid: 4_194_304,
    at: new Date().toISOString(),
    ...more,
  };
  fs.writeFileSync(file, JSON.stringify(journal));
  return file;
}
const locks = (): string[] =>
  fs
    .readdirSync(dotGit, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.lock$|homer-/u.test(name) && !name.startsWith('objects'));
const refs = (): string[] => repository.sh(['for-each-ref', '--format=%(refname)']).split('\n');
const keep = async () =>
  unwrap(await keepCommits(repository.git, { projectPath: repository.path, runId: RUN_ID, head }));
const forget = () => dropKeptCommits(repository.git, { projectPath: repository.path, runIds: [RUN_ID] });

describe('a host that was killed while it deleted a reference', () => {
  it.each([
    ['its locks', false],
    ['its locks and half of the new list', true],
  ])('leaves %s, which the next try takes away', async (_what, half) => {
    await keep();
    const journal = leave({ linked: true });
    fs.linkSync(journal, join(dotGit, 'packed-refs.lock'));
    fs.linkSync(journal, join(dotGit, `${REF}.lock`));
    if (half) fs.writeFileSync(join(dotGit, `${JOURNAL}.index`), '# pack-refs with: pee');
    expect(await forget()).toEqual(ok(1));
    expect([locks(), refs()]).toEqual([[], ['refs/heads/main']]);
  });

  it.runIf(process.platform === 'linux')(
    'is known as gone also when its number belongs to another process by now',
    async () => {
      await keep();
      fs.linkSync(
        leave({ linked: true, pid: process.ppid, born: 'an earlier boot 1' }),
        join(dotGit, 'packed-refs.lock'),
      );
      expect(await forget()).toEqual(ok(1));
      expect(locks()).toEqual([]);
    },
  );
});

describe('the lock of another git', () => {
  it('on the packed references is waited for, named, and never taken away', async () => {
    await keep();
    const lock = join(dotGit, 'packed-refs.lock');
    fs.writeFileSync(lock, '');
    leave({ linked: true });
    const refused = await forget();
    expect(refused).toMatchObject({ ok: false, error: { tag: 'repository_locked' } });
    expect(refused.ok ? '' : refused.error.message).toContain(lock);
    expect(fs.existsSync(lock)).toBe(true);
    fs.rmSync(lock);
    expect(await forget()).toEqual(ok(1));
    expect(locks()).toEqual([]);
  }, 15_000);

  it.runIf(process.platform === 'linux')(
    'is left alone while any git works in the repository, and taken away once none can have it',
    async () => {
      const lock = join(dotGit, `${REF}.lock`);
      fs.mkdirSync(join(lock, '..'), { recursive: true });
      fs.writeFileSync(lock, '');
      // As of a shell of the owner's: no child of this process.
      const owners = spawn('sh', ['-c', 'git cat-file --batch; true'], {
        cwd: repository.path,
        stdio: 'pipe',
      });
      const ended = new Promise((resolve) => owners.once('close', resolve));
      try {
        await new Promise((resolve) => setTimeout(resolve, 300));
        leave({ at: new Date(Date.now() - 60_000).toISOString() });
        unwrap(await settleMoves(repository.git, repository.path));
        expect(fs.existsSync(lock)).toBe(true);
      } finally {
        owners.stdin.end();
        await ended;
      }
      leave({ at: new Date(Date.now() - 60_000).toISOString() });
      unwrap(await settleMoves(repository.git, repository.path));
      expect(locks()).toEqual([]);
    },
  );
});

describe('deleting a reference', () => {
  const drop = async (ref: string, old?: string) =>
    deleteRef(repository.git, unwrap(await openRepository(repository.git, repository.path)), ref, old);

  it('takes it from the packed ones, with what its tag stands for, and leaves the others', async () => {
    repository.sh(['tag', '-a', '-m', 'kept', 'kept']);
    repository.sh(['tag', '-a', '-m', 'gone', 'gone']);
    repository.sh(['branch', 'homer/run-1-x']);
    repository.sh(['pack-refs', '--all']);
    const second = repository.commit('Second', { 'b.txt': 'b\n' });
    repository.sh(['branch', '-f', 'homer/run-1-x', second]);
    unwrap(await drop('refs/tags/gone'));
    unwrap(await drop('refs/heads/homer/run-1-x'));
    expect(refs()).toEqual(['refs/heads/main', 'refs/tags/kept']);
    expect(repository.sh(['rev-parse', 'kept^{commit}', 'main'])).toBe(`${head}\n${second}`);
    expect(fs.existsSync(join(dotGit, 'logs/refs/heads/homer'))).toBe(false);
    repository.sh(['fsck', '--strict']);
    expect(repository.sh(['show-ref', '--dereference', 'kept'])).toContain(`${head} refs/tags/kept^{}`);
  });

  it('leaves one that stands elsewhere, and one that is not there', async () => {
    repository.sh(['branch', 'homer/run-1-x']);
    unwrap(await drop('refs/heads/homer/run-1-x', '1'.repeat(40)));
    unwrap(await drop('refs/heads/homer/run-2-y'));
    expect(refs()).toEqual(['refs/heads/homer/run-1-x', 'refs/heads/main']);
    expect(locks()).toEqual([]);
  });
});

it('what a kill left aside in the git folder goes after a while, and what is in use does not', async () => {
  const old = join(dotGit, `homer-worktree-${RUN_ID}`);
  const young = join(dotGit, 'homer-worktree-0190c8b2-6f00-7000-8000-00000000ffff');
  for (const folder of [old, young]) {
    fs.mkdirSync(folder);
    fs.writeFileSync(join(folder, 'locked'), 'Homer run #1');
  }
  const bundle = join(dotGit, `homer-${RUN_ID}.bundle.lock`);
  fs.writeFileSync(bundle, '');
  const ahead = { ...repository.git.clock, now: () => Date.now() + 11 * 60_000 };
  unwrap(await settleMoves(repository.git, repository.path));
  expect([old, young, bundle].map((path) => fs.existsSync(path))).toEqual([true, true, true]);
  fs.utimesSync(young, Date.now() / 1_000 + 660, Date.now() / 1_000 + 660);
  unwrap(await settleMoves({ ...repository.git, clock: ahead }, repository.path));
  expect([old, young, bundle].map((path) => fs.existsSync(path))).toEqual([false, true, false]);
});
