import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { unwrap } from '../shared/result.ts';
import { readBranchFiles } from './branch-files.ts';
import { chooseStart } from './choose-start.ts';
import { openRepository } from './repository.ts';
import { RUN_ID, createTestRepository } from './test-repository.ts';
import type { TestRepository } from './test-repository.ts';

let repository: TestRepository;
beforeEach(() => {
  repository = createTestRepository();
});
afterEach(() => {
  repository.dispose();
});
const open = async () => unwrap(await openRepository(repository.git, repository.path));
const head = () => repository.sh(['rev-parse', 'HEAD']);
const start = async (base: string) =>
  unwrap(
    await chooseStart(repository.git, await open(), { runId: RUN_ID, number: 7, base, name: 'Mend it' }),
  );

it('starts at the tip of the branch, loose, packed, and moved since it was packed', async () => {
  for (const act of [[], ['pack-refs', '--all'], ['commit', '--allow-empty', '-qm', 'more']]) {
    if (act.length > 0) repository.sh(act);
    expect(await readBranchFiles(await open(), 'refs/heads/main', 'refs/heads/x')).toMatchObject({
      tip: head(),
    });
    expect(await start('refs/heads/main')).toEqual({ base: head(), branch: 'homer/run-7-mend-it' });
  }
});

it('takes no name that a loose or a packed branch has, or that branches stand below', async () => {
  repository.sh(['branch', 'homer/run-7-mend-it']);
  repository.sh(['pack-refs', '--all']);
  repository.sh(['branch', 'homer/run-7-mend-it-2']);
  repository.sh(['branch', 'homer/run-7-mend-it-3/below']);
  expect((await start('refs/heads/main')).branch).toBe('homer/run-7-mend-it-4');
});

it('leaves to git what is not one plain branch with a commit', async () => {
  repository.sh(['symbolic-ref', 'refs/heads/other-name', 'refs/heads/main']);
  const opened = await open();
  writeFileSync(join(opened.commonDir, 'outside'), head());
  const cut = join(opened.commonDir, 'refs/heads/cut');
  mkdirSync(dirname(cut), { recursive: true });
  writeFileSync(cut, head().slice(0, 12));
  for (const base of [
    'HEAD',
    head(),
    'refs/tags/x',
    'refs/heads/../../outside',
    'refs/heads/none',
    'refs/heads/main.lock',
    'refs/heads/other-name',
    'refs/heads/cut',
  ])
    expect([base, await readBranchFiles(opened, base, 'refs/heads/x')]).toEqual([base, null]);
  expect((await start('refs/heads/other-name')).base).toBe(head());
  expect((await start('HEAD')).base).toBe(head());
});

it('leaves references that are kept in tables to git', async () => {
  const opened = await open();
  mkdirSync(join(opened.commonDir, 'reftable'));
  expect(await readBranchFiles(opened, 'refs/heads/main', 'refs/heads/x')).toBeNull();
});
