import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createSystemClock } from '../shared/clock.ts';
import { createSilentLog } from '../shared/log.ts';
import { ok, unwrap } from '../shared/result.ts';
import type { Result } from '../shared/result.ts';
import type { PathPolicy } from '../domain/risk/path-policy.ts';
import { defaultPathPolicy } from '../domain/risk/path-policy.ts';
import { changedPaths } from './changed-paths.ts';
import { createWorktree } from './create-worktree.ts';
import type { Worktree } from './create-worktree.ts';
import { createGit } from './git.ts';
import type { Git } from './git.ts';
import { judgeChanges } from './judge-changes.ts';
import type { Verdict } from './judge-changes.ts';
import { takeMarker } from './take-marker.ts';
import type { Marker } from './take-marker.ts';

/** A real repository in a temp folder, for the tests of this room. */
export interface TestRepository {
  readonly git: Git;
  readonly folder: string;
  readonly path: string;
  /** Plain git, as an owner or an agent uses it; gives its output. */
  sh(args: readonly string[], cwd?: string): string;
  write(file: string, text: string, root?: string): void;
  read(file: string, root?: string): string;
  commit(message: string, files: Readonly<Record<string, string>>): string;
  dispose(): void;
}

export const RUN_ID = '0190c8b2-6f00-7000-8000-00000000abcd';

export function createTestRepository(name = 'project'): TestRepository {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'homer-git-')));
  const home = join(folder, 'home');
  const path = join(folder, name);
  mkdirSync(home);
  mkdirSync(path);
  writeFileSync(
    join(home, '.gitconfig'),
    '[user]\n\tname = Owner\n\temail = owner@example.org\n[init]\n\tdefaultBranch = main\n[protocol "file"]\n\tallow = always\n',
  );
  const env = { PATH: process.env['PATH'], HOME: home };
  const sh = (args: readonly string[], cwd = path): string =>
    execFileSync('git', args, { cwd, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
  const write = (file: string, text: string, root = path): void => {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  };
  const repository: TestRepository = {
    git: createGit({ env, clock: createSystemClock(), log: createSilentLog() }),
    folder,
    path,
    sh,
    write,
    read: (file, root = path) => readFileSync(join(root, file), 'utf8'),
    commit(message, files) {
      for (const [file, text] of Object.entries(files)) write(file, text);
      sh(['add', '-A']);
      sh(['commit', '-q', '--allow-empty', '-m', message]);
      return sh(['rev-parse', 'HEAD']);
    },
    dispose: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
  sh(['init', '-q', '--template=']);
  mkdirSync(join(path, '.git/hooks'));
  writeFileSync(join(path, '.git/hooks/pre-push.sample'), '#!/bin/sh\n', { mode: 0o644 });
  repository.commit('First', {
    'README.md': 'one\ntwo\nthree\nfour\nfive\n',
    'src/app.ts': 'export const a = 1;\n',
    '.gitignore': 'ignored/\n*.log\n.env\n',
  });
  return repository;
}

export interface TestTurn {
  readonly worktree: Worktree;
  readonly marker: Marker;
  /** What the turn changed, judged. */
  verdict(policy?: PathPolicy): Promise<Verdict>;
  /** The same, with a failure to judge as an answer. */
  judge(policy?: PathPolicy): Promise<Result<Verdict>>;
}

export async function beginTurn(repository: TestRepository, runId = RUN_ID): Promise<TestTurn> {
  const { git, path: projectPath } = repository;
  const worktree = unwrap(await createWorktree(git, { projectPath, runId, number: 1, base: 'HEAD' }));
  const marker = unwrap(await takeMarker(git, { projectPath, runId, commit: worktree.baseCommit }));
  const judge = async (policy = defaultPathPolicy): Promise<Result<Verdict>> => {
    const changes = await changedPaths(git, { projectPath, runId, marker });
    return changes.ok ? ok(await judgeChanges(changes.value, { worktree: worktree.path, policy })) : changes;
  };
  return { worktree, marker, judge, verdict: async (policy) => unwrap(await judge(policy)) };
}
