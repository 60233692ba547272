import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { unwrap } from '../../main/shared/result.ts';
import { RUN_ID, createTestRepository, type TestRepository } from '../../main/workspace/test-repository.ts';
import { inChild } from './doomed-child.ts';
import { act, type GitTask } from './git-task.ts';
import { leftovers, look, readable, worktreeOf } from './look-at-repository.ts';

/** Before these a lock exists that did not a moment ago, is half written, or is about to go. */
const CALLS = ['write', 'link', 'rename', 'unlink', 'mkdir', 'rmdir'] as const;
const MOST_OF_A_CALL = 3;
const WATCHED = 'update-ref symbolic-ref read-tree update-index write-tree commit-tree bundle worktree';
const WHATS = [
  'apply',
  'roll_back',
  'worktree',
  'archive',
  'checkpoint',
  'keep',
  'forget',
  'restore',
] as const;
const OWN = 'my own unsaved work\n';

export interface EachKillReport {
  /** Why nothing was killed; null when it was. */
  readonly skipped: string | null;
  readonly kills: number;
  /** Kills by the locks that stood there afterwards; `none` where there was none. */
  readonly locks: Record<string, number>;
  readonly faults: string[];
  readonly durationMs: number;
}

/**
 * Kills git with SIGKILL just before each system call by which it makes, fills or drops a lock, by strace, alone and together with its
 * host, in each kind of task that writes; and looks whether the next try does the task and leaves nothing behind.
 */
export async function killGitAtEachCall(options: {
  whats?: readonly GitTask['what'][];
  say?: (line: string) => void;
}): Promise<EachKillReport> {
  const began = performance.now();
  const faults: string[] = [];
  const locks: Record<string, number> = {};
  let kills = 0;
  const report = (skipped: string | null): EachKillReport => ({
    skipped,
    kills,
    locks,
    faults,
    durationMs: Math.round(performance.now() - began),
  });
  if (spawnSync('strace', ['-qq', '-o', '/dev/null', 'true']).status !== 0)
    return report('strace is not installed, or may not trace here');
  const repository = createTestRepository();
  const { path: projectPath, sh } = repository;
  try {
    const base = sh(['rev-parse', 'HEAD']);
    sh(['switch', '-qc', 'work']);
    repository.write('gone.txt', 'x\n');
    const head = repository.commit('Work', { 'README.md': 'one\nTWO\n', 'new/a.txt': 'a\n' });
    sh(['switch', '-q', 'main']);
    const archive = join(repository.folder, 'archive');
    for (const what of options.whats ?? WHATS) {
      const task: GitTask = { what, projectPath, runId: RUN_ID, base, head, method: 'merge', archive };
      await prepare(repository, task);
      const points = await survey(repository, task);
      for (const point of points) {
        for (const withHost of [false, true]) {
          await prepare(repository, task);
          const before = look(repository);
          await inChild(repository, task, undefined, wrap(repository, { ...point, withHost }));
          kills += 1;
          const left = leftovers(projectPath).filter((name) => name.endsWith('.lock'));
          for (const lock of left.length === 0 ? ['none'] : left) {
            const kind = kindOf(lock);
            locks[kind] = (locks[kind] ?? 0) + 1;
          }
          const name = `${what}, ${withHost ? 'host and git' : 'git alone'}, before ${point.call} ${String(point.count)} of ${point.command} (${left.join(' ') || 'no lock'})`;
          const fault = (words: string): void => {
            faults.push(`${name}: ${words}`);
            options.say?.(`FAULT ${name}: ${words}`);
          };
          try {
            if (what === 'archive' && !readable(repository, task)) fault('the uncommitted work is lost');
            unwrap(await act(repository.git, task));
            const after = look(repository);
            if (after.status !== before.status) fault(`the status became ${after.status.slice(0, 200)}`);
            if (repository.read('own.txt') !== OWN) fault('unsaved work of the owner was lost');
            if (what === 'apply' && sh(['rev-parse', 'main^{tree}']) !== sh(['rev-parse', `${head}^{tree}`]))
              fault('the next try did not apply it');
            for (const file of leftovers(projectPath)) fault(`${file} was left behind`);
            sh(['fsck', '--no-dangling', '--no-progress']);
          } catch (error) {
            const { message, failure } = error as Error & { failure?: { details?: unknown } };
            fault(`${message} ${JSON.stringify(failure?.details ?? null)}`);
          }
        }
      }
      options.say?.(`${what}: ${String(points.length)} points, ${String(faults.length)} faults so far`);
    }
  } finally {
    repository.dispose();
  }
  return report(null);
}

interface Point {
  /** Which of the watched commands of the task. */
  readonly at: number;
  readonly command: string;
  readonly call: string;
  readonly count: number;
}

async function prepare(repository: TestRepository, task: GitTask): Promise<void> {
  const { sh, git, write, path } = repository;
  for (const left of leftovers(path)) rmSync(join(path, '.git', left), { recursive: true, force: true });
  sh(['reset', '-q', '--hard', task.base]);
  sh(['clean', '-fdq']);
  if (existsSync(worktreeOf(path))) unwrap(await act(git, { ...task, what: 'archive' }));
  rmSync(task.archive, { recursive: true, force: true });
  for (const ref of sh(['for-each-ref', '--format=%(refname)', 'refs/homer', 'refs/heads/restored'])
    .split('\n')
    .filter(Boolean))
    sh(['update-ref', '-d', ref]);
  write('own.txt', OWN);
  const first = async (...whats: GitTask['what'][]): Promise<void> => {
    for (const what of whats) unwrap(await act(git, { ...task, what }));
  };
  if (task.what === 'roll_back') await first('apply');
  if (task.what === 'forget') await first('keep');
  if (task.what === 'archive' || task.what === 'checkpoint' || task.what === 'restore')
    await first('worktree');
  if (task.what === 'archive' || task.what === 'restore')
    for (let index = 0; index < 50; index += 1)
      write(`work/w${String(index)}.txt`, `precious ${String(index)}\n`, worktreeOf(path));
  if (task.what === 'restore') await first('archive');
  // What lies among the packed ones takes another way to go.
  sh(['pack-refs', '--all']);
}

/** The calls that each watched command makes when nobody kills it. */
async function survey(repository: TestRepository, task: GitTask): Promise<Point[]> {
  const path = wrap(repository, { at: -1, call: CALLS.join(','), count: 0, withHost: false });
  if (await inChild(repository, task, undefined, path))
    throw new Error(`${task.what} does not work when traced`);
  const points: Point[] = [];
  for (const at of readdirSync(countsOf(repository))
    .map(Number)
    .toSorted((a, b) => a - b)) {
    const [command = '', ...lines] = readFileSync(
      join(countsOf(repository), String(at), 'log'),
      'utf8',
    ).split('\n');
    for (const call of CALLS) {
      const count = lines.filter((line) => new RegExp(`^\\d+ +${call}\\(`, 'u').test(line)).length;
      for (let nth = 1; nth <= Math.min(count, MOST_OF_A_CALL); nth += 1)
        points.push({ at, command, call, count: nth });
    }
  }
  return points;
}

/** A PATH on which git is one that is killed at the point; at -1 it only writes down its calls. */
function wrap(
  repository: TestRepository,
  point: { at: number; call: string; count: number; withHost: boolean },
): string {
  const bin = join(repository.folder, 'bin');
  const counts = countsOf(repository);
  rmSync(counts, { recursive: true, force: true });
  mkdirSync(counts, { recursive: true });
  mkdirSync(bin, { recursive: true });
  const git = execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();
  const { at, call, count, withHost } = point;
  writeFileSync(
    join(bin, 'git'),
    [
      '#!/bin/sh',
      'for command; do case $command in -*) ;; *) break ;; esac; done',
      `case " ${WATCHED} " in *" $command "*) ;; *) exec ${git} "$@" ;; esac`,
      `n=0; while ! mkdir ${counts}/$n 2>/dev/null; do n=$((n + 1)); done`,
      `[ ${String(at)} -ge 0 ] || { echo "$command" >${counts}/$n/log; strace -qq -f -A -o ${counts}/$n/log -e trace=${call} ${git} "$@"; exit; }`,
      `[ $n = ${String(at)} ] || exec ${git} "$@"`,
      `strace -qq -f -o ${counts}/$n/log -e trace=${call} -e inject=${call}:signal=KILL:when=${String(count)} ${git} "$@"`,
      'code=$?',
      `grep -q 'killed by SIGKILL' ${counts}/$n/log || exit $code`,
      ...(withHost ? ['kill -KILL $PPID'] : []),
      'kill -KILL $$',
    ].join('\n'),
  );
  chmodSync(join(bin, 'git'), 0o755);
  return `${bin}:${process.env['PATH'] ?? ''}`;
}

function countsOf(repository: TestRepository): string {
  return join(repository.folder, 'counts');
}

function kindOf(lock: string): string {
  return lock.replace(RUN_ID, 'RUN').replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/gu, 'ID');
}
