import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RUN_ID, beginTurn, createTestRepository } from './test-repository.ts';
import type { TestRepository } from './test-repository.ts';

let repository: TestRepository;
beforeEach(() => {
  repository = createTestRepository();
  repository.sh(['branch', 'side']);
});
afterEach(() => {
  repository.dispose();
});

describe('what changes outside of the worktree', () => {
  it('is told but not held against the run where the owner may have done it', async () => {
    const turn = await beginTurn(repository);
    repository.commit('By the owner', { 'owner.txt': 'x\n' });
    repository.sh(['tag', 'v1']);
    repository.sh(['branch', '-D', 'side']);
    repository.sh(['switch', '-qc', 'another']);
    repository.write('README.md', 'by the owner\n');
    const verdict = await turn.verdict();
    expect(verdict.violations).toEqual([]);
    expect(verdict.notices.map(({ path }) => path).sort()).toEqual([
      '.git/HEAD',
      'README.md',
      'refs/heads/another',
      'refs/heads/main',
      'refs/heads/side',
      'refs/tags/v1',
    ]);
  });

  it('is nothing when only another run works', async () => {
    const turn = await beginTurn(repository);
    await beginTurn(repository, `${RUN_ID.slice(0, -1)}e`);
    expect(await turn.verdict()).toMatchObject({ ok: true, notices: [] });
  });

  it('breaks a rule when the checked-out branch was moved from elsewhere', async () => {
    const turn = await beginTurn(repository);
    const root = turn.worktree.path;
    repository.sh(['commit', '-q', '--allow-empty', '-m', 'Mine'], root);
    repository.sh(['update-ref', 'refs/heads/main', 'HEAD'], root);
    expect((await turn.verdict()).violations).toEqual([
      { path: 'refs/heads/main', rule: 'the checked-out branch was moved from outside of its own folder' },
    ]);
  });

  it('is held against nobody while git has moved the branch and not yet written it down', async () => {
    const turn = await beginTurn(repository);
    const log = join(repository.path, '.git/logs/HEAD');
    const earlier = fs.readFileSync(log);
    repository.commit('Applied from another run', { 'other.txt': 'x\n' });
    const whole = fs.readFileSync(log);
    fs.writeFileSync(log, earlier);
    const verdict = turn.verdict();
    setTimeout(() => {
      fs.writeFileSync(log, whole);
    }, 300);
    expect((await verdict).violations).toEqual([]);
  });

  it('breaks a rule when another branch was pointed at work nobody has judged', async () => {
    const turn = await beginTurn(repository);
    const root = turn.worktree.path;
    repository.sh(['commit', '-q', '--allow-empty', '-m', 'Mine'], root);
    repository.sh(['branch', '-f', 'side', 'HEAD'], root);
    expect((await turn.verdict()).violations).toEqual([
      { path: 'refs/heads/side', rule: 'was pointed at work of the run that nobody has judged' },
    ]);
  });

  it('breaks a rule when the record of what stood there before was changed', async () => {
    const turn = await beginTurn(repository);
    const record = join(repository.path, '.git/worktrees', RUN_ID, 'homer-before.json');
    fs.appendFileSync(record, ' ');
    expect((await turn.verdict()).violations.map(({ path }) => path)).toEqual(['.git/worktrees']);
  });
});
