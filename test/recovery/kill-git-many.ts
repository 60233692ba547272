import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { unwrap } from '../../main/shared/result.ts';
import { applyStrategy } from '../../main/domain/run/apply-strategy.ts';
import { settleMoves } from '../../main/workspace/settle-moves.ts';
import { RUN_ID, createTestRepository, type TestRepository } from '../../main/workspace/test-repository.ts';
import { inChild } from './doomed-child.ts';
import { act, type GitTask } from './git-task.ts';
import { leftovers, look, readable, worktreeOf } from './look-at-repository.ts';

export interface GitKillReport {
  readonly kills: number;
  /** Of the kills, how many met the task before it was done. */
  readonly cutOff: number;
  /** What the next look found: taken back, or brought to its end. */
  readonly found: Record<string, number>;
  /** Sentences, one for each promise that was broken; empty when all held. */
  readonly faults: string[];
  readonly durationMs: number;
}

const FILES = 400;
const OWN = 'my own unsaved work\n';

/**
 * Kills git with SIGKILL at random points of an apply, a roll-back, the making of a worktree and its archiving, now and then together
 * with the host that started it, and looks each time with plain git whether the owner's repository is whole, its status what it was
 * or all of what was to come, and whether the next try does it.
 */
export async function killGitMany(options: {
  kills: number;
  seed: number;
  say?: (line: string) => void;
}): Promise<GitKillReport> {
  const began = performance.now();
  const random = mulberry(options.seed);
  const repository = createTestRepository();
  const { path: projectPath, sh } = repository;
  const archive = join(repository.folder, 'archive');
  const faults: string[] = [];
  const found: Record<string, number> = {};
  let cutOff = 0;
  const text = (mark: string, index: number): string => `${mark} ${String(index)}\n`.repeat(400);
  const many = (mark: string, from: number): Record<string, string> =>
    Object.fromEntries(
      Array.from({ length: FILES }, (_, index) => [
        `d${String(index % 7)}/f${String(index + from)}.txt`,
        text(mark, index),
      ]),
    );
  try {
    const base = repository.commit('Many files', many('before', 0));
    sh(['switch', '-qc', 'homer/run-1-x']);
    for (let index = 0; index < 40; index += 1)
      rmSync(join(projectPath, `d${String(index % 7)}/f${String(index)}.txt`));
    repository.commit('Step 1', {});
    const head = repository.commit('Step 2', many('after', 60));
    sh(['switch', '-q', 'main']);
    const whats = ['apply', 'roll_back', 'worktree', 'archive'] as const;
    const longest: Record<string, number> = {};
    for (let kill = 1; kill <= options.kills; kill += 1) {
      const what = whats[kill % 2 === 0 ? Math.floor(random() * 4) : Math.floor(random() * 2)] ?? 'apply';
      const method = applyStrategy.values[Math.floor(random() * 3)] ?? 'merge';
      const task: GitTask = { what, projectPath, runId: RUN_ID, base, head, method, archive };
      await prepare(repository, task);
      const alone = random() < 0.5;
      const key = `${what} ${method}`;
      const span = (longest[key] ??= await timeOf(repository, task));
      const before = look(repository);
      const cut = await killAt(repository, task, { alone, afterMs: random() * span * 1.1 });
      if (cut) cutOff += 1;
      const fault = (words: string): void => {
        faults.push(`kill ${String(kill)} (${key}, ${alone ? 'git alone' : 'host and git'}): ${words}`);
      };
      try {
        sh(['fsck', '--no-dangling', '--no-progress']);
        const kept = what !== 'archive' || readable(repository, task);
        if (!kept) fault('the uncommitted work is neither in the worktree nor in a whole archive');
        unwrap(await settleMoves(repository.git, projectPath));
        const after = look(repository);
        const same = after.tip === before.tip;
        if (after.status !== before.status) fault(`the status became ${after.status.slice(0, 300)}`);
        if (!same && what !== 'apply' && what !== 'roll_back') fault('the branch moved');
        if (!same) {
          const whole = what === 'apply' ? head : base;
          if (sh(['rev-parse', 'main^{tree}']) !== sh(['rev-parse', `${whole}^{tree}`]))
            fault('the branch holds a part');
        }
        found[same ? 'as before' : 'done'] = (found[same ? 'as before' : 'done'] ?? 0) + 1;
        unwrap(await act(repository.git, task));
        const last = look(repository);
        if (last.status !== before.status)
          fault(`after the next try the status is ${last.status.slice(0, 300)}`);
        if (what === 'apply' && sh(['diff', '--name-only', head, 'main']) !== '')
          fault('the next try did not apply it');
        if (what === 'roll_back' && sh(['diff', '--name-only', base, 'main']) !== '')
          fault('the next try did not roll it back');
        if (what === 'archive' && existsSync(worktreeOf(projectPath))) fault('the worktree still stands');
        if (repository.read('README.md') !== OWN) fault('unsaved work of the owner was lost');
        for (const left of leftovers(projectPath)) fault(`${left} was left behind`);
        sh(['fsck', '--no-dangling', '--no-progress']);
      } catch (error) {
        fault(
          error instanceof Error
            ? `${error.message} ${JSON.stringify((error as { failure?: { details?: unknown } }).failure?.details ?? null)}`
            : String(error),
        );
        for (const left of leftovers(projectPath)) rmSync(join(projectPath, '.git', left), { force: true });
      }
      options.say?.(
        `${String(kill)}/${String(options.kills)} ${key}: ${cut ? 'cut off' : 'was done'}, ${String(faults.length)} faults`,
      );
    }
  } finally {
    repository.dispose();
  }
  return { kills: options.kills, cutOff, found, faults, durationMs: Math.round(performance.now() - began) };
}

/** As the task needs it: nothing applied, or all; no worktree, or one with uncommitted work. */
async function prepare(repository: TestRepository, task: GitTask): Promise<void> {
  const { sh, git } = repository;
  sh(['reset', '-q', '--hard', task.base]);
  sh(['clean', '-fdq']);
  const clear = { ...task, what: 'archive' } as const;
  if (existsSync(worktreeOf(task.projectPath))) unwrap(await act(git, clear));
  rmSync(task.archive, { recursive: true, force: true });
  repository.write('README.md', OWN);
  if (task.what === 'roll_back') unwrap(await act(git, { ...task, what: 'apply' }));
  if (task.what !== 'archive') return;
  unwrap(await act(git, { ...task, what: 'worktree' }));
  for (let index = 0; index < 50; index += 1)
    repository.write(
      `work/w${String(index)}.txt`,
      `precious ${String(index)}\n`,
      worktreeOf(task.projectPath),
    );
}

/** How long the task takes when nobody kills it, measured in a child like the ones that are killed; all is as before afterwards. */
async function timeOf(repository: TestRepository, task: GitTask): Promise<number> {
  const beginning = { at: performance.now() };
  await inChild(repository, task, () => {
    beginning.at = performance.now();
    return Promise.resolve();
  });
  const took = performance.now() - beginning.at;
  await prepare(repository, task);
  return took;
}

async function killAt(
  repository: TestRepository,
  task: GitTask,
  at: { alone: boolean; afterMs: number },
): Promise<boolean> {
  return inChild(repository, task, async (pid) => {
    await sleep(at.afterMs);
    if (at.alone) {
      for (const child of childrenOf(pid)) kill(child);
      // The host that saw its git die goes on to put things right, and is killed a moment later in half of the cases.
      if (Math.round(at.afterMs) % 2 === 0) return;
      await sleep(5);
    }
    kill(-pid);
  });
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function childrenOf(pid: number): number[] {
  try {
    return readFileSync(`/proc/${String(pid)}/task/${String(pid)}/children`, 'utf8')
      .split(' ')
      .filter(Boolean)
      .map(Number);
  } catch {
    // Ended meanwhile.
    return [];
  }
}

function mulberry(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
