import { execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';
import path from 'node:path';
import { findInstallation } from '../../main/boot/folders.ts';
import { startRuntime } from '../../main/boot/start-runtime.ts';
import { createSystemClock } from '../../main/shared/clock.ts';
import { createSilentLog } from '../../main/shared/log.ts';
import { unwrap } from '../../main/shared/result.ts';
import { createScope } from '../../main/shared/scope.ts';
import { figure, type Figure } from './figure.ts';
import { scratch, seed } from './host.ts';

const TIMES = 12;
const run = promisify(execFile);

/** From the owner's word to a process that runs, beside the bare acts: one spawn, and one worktree with a spawn. */
export async function benchApproveToProcess(): Promise<Figure[]> {
  const place = scratch('approve');
  const projectId = await seed(place.folder, 10);
  const scope = createScope('bench');
  const runtime = unwrap(
    await startRuntime({
      host: 'cli',
      version: '0',
      dataDir: place.folder,
      installation: findInstallation(),
      env: process.env,
      clock: createSystemClock(),
      log: createSilentLog(),
      scope,
    }),
  );
  runtime.work();
  const call = async <T>(name: string, input: unknown): Promise<T> => {
    const reply = await runtime.dispatch(name, input, { actor: { name: 'bench', channel: 'cli' } });
    if (!reply.ok) throw new Error(reply.error.message);
    return reply.value as T;
  };
  const whole: number[] = [];
  const worked: number[] = [];
  const bareSpawns: number[] = [];
  const bareWorktrees: number[] = [];
  for (let time = 0; time <= TIMES; time += 1) {
    const began = Date.now();
    const made = await call<{ run: { id: string } }>('run.create', {
      projectId,
      query: 'bench',
      shellCommand: 'sleep 0.05',
    });
    for (;;) {
      const detail = await call<{ run: { status: string } }>('run.get', { id: made.run.id });
      if (!['queued', 'running', 'validating'].includes(detail.run.status)) break;
      await new Promise((resolve) => setTimeout(resolve, 40));
    }
    // When the child was let past its gate, as the run's own timeline has it: looking for it meanwhile would slow it down.
    const { events } = await call<{ events: { type: string; createdAt: string }[] }>('run.events', {
      id: made.run.id,
    });
    const started = events.find((event) => event.type === 'child_started');
    if (!started) throw new Error('the run started no child');
    const took = Date.parse(started.createdAt) - began;
    const spawned = await bareSpawn();
    const repository = path.join(place.folder, 'repository');
    const worktree = path.join(place.folder, `bare-${String(time)}`);
    const at = performance.now();
    await run('git', ['worktree', 'add', '--detach', worktree], { cwd: repository });
    const withTree = performance.now() - at + spawned;
    await run('git', ['worktree', 'remove', '--force', worktree], { cwd: repository });
    if (time === 0) continue;
    whole.push(took);
    worked.push(took);
    bareSpawns.push(spawned);
    bareWorktrees.push(withTree);
  }
  await runtime.stop();
  await scope.close();
  place.remove();
  return [
    figure({
      name: 'approve to running process',
      unit: 'ms',
      values: whole,
      baselines: bareSpawns,
      against: 'bare spawn of the same program',
      goal: 'at most 2x',
      met: (value, baseline) => value <= 2 * baseline,
      note: 'Homer makes a guarded git worktree first; the next line compares like with like.',
    }),
    figure({
      name: 'approve to running process, worktree included in both',
      unit: 'ms',
      values: worked,
      baselines: bareWorktrees,
      against: 'bare `git worktree add` and spawn',
      goal: 'at most 2x',
      met: (value, baseline) => value <= 2 * baseline,
    }),
  ];
}

function bareSpawn(): Promise<number> {
  const began = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn('/bin/sh', ['-c', 'sleep 0.05'], { stdio: 'ignore' });
    child.once('error', reject);
    child.once('spawn', () => {
      const took = performance.now() - began;
      child.once('exit', () => {
        resolve(took);
      });
    });
  });
}
