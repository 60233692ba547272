import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findInstallation } from '../../main/boot/folders.ts';
import type { RunningHomer } from '../../main/boot/running-homer.ts';
import { startRuntime } from '../../main/boot/start-runtime.ts';
import { createDirectCall } from '../../main/headless/direct-call.ts';
import { createSystemClock } from '../../main/shared/clock.ts';
import { createSilentLog, type Log } from '../../main/shared/log.ts';
import { unwrap } from '../../main/shared/result.ts';
import { createScope } from '../../main/shared/scope.ts';
import type { RunDetail } from '../../preload/contract/run.ts';
import type { Call, InputOf, OperationName, OutputOf } from '../../preload/contract/operations.ts';

/** The whole runtime on a data folder and a git project of its own, driven by the operations an owner has. */
export interface RuntimeRoom {
  readonly dataDir: string;
  readonly project: string;
  readonly projectId: string;
  call: Call;
  did<N extends OperationName>(name: N, input: InputOf<N>): Promise<OutputOf<N>>;
  /** A run of a shell command, not held back by the risk gate. */
  run(shellCommand: string, more?: Partial<InputOf<'run.create'>>): Promise<string>;
  /** Waits until a run is in one of these statuses; fails when it ends in another. */
  reaches(id: string, ...statuses: string[]): Promise<RunDetail>;
  events(id: string): Promise<{ type: string; payload: Record<string, unknown> }[]>;
  until(what: () => boolean | Promise<boolean>, limitMs?: number): Promise<void>;
  git(...args: string[]): string;
  file(name: string): string;
  /** Pids of living processes that carry this run's tag. */
  alive(runId: string): number[];
  worktrees(): string[];
  stop(): Promise<void>;
  start(): Promise<void>;
  dispose(): Promise<void>;
}

export async function createRuntimeRoom(
  settings: { testCommand?: string; setupCommand?: string; log?: Log; env?: Record<string, string> } = {},
): Promise<RuntimeRoom> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'homer runtime ')));
  const dataDir = join(folder, 'data');
  const project = join(folder, 'project');
  const home = join(folder, 'home');
  for (const path of [home, project]) mkdirSync(path);
  writeFileSync(join(home, '.gitconfig'), '[user]\n\tname = Owner\n\temail = owner@example.org\n');
  const env = { PATH: process.env['PATH'], HOME: home, ...settings.env };
  const git = (...args: string[]): string =>
    execFileSync('git', args, {
      cwd: project,
      env,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    }).trim();
  git('init', '-q', '-b', 'main');
  writeFileSync(join(project, 'sum.txt'), '1\n');
  git('add', '-A');
  git('commit', '-qm', 'First');

  let scope = createScope('room');
  let homer: RunningHomer;
  const clock = createSystemClock();
  const begin = async (): Promise<void> => {
    scope = createScope('room');
    homer = unwrap(
      await startRuntime({
        host: 'headless',
        version: '0.0.0',
        dataDir,
        installation: findInstallation(),
        env,
        clock,
        log: settings.log ?? createSilentLog(),
        scope,
      }),
    );
    homer.work();
    room.call = createDirectCall(homer.dispatch, { name: 'owner', channel: 'cli' });
  };
  const room: RuntimeRoom & { projectId: string } = {
    dataDir,
    project,
    projectId: '',
    call: () => Promise.reject(new Error('not started')),
    async did(name, input) {
      const reply = await room.call(name, input);
      if (!reply.ok) throw new Error(`${name}: ${reply.error.tag}: ${reply.error.message}`);
      return reply.value;
    },
    async run(shellCommand, more = {}) {
      const { run } = await room.did('run.create', {
        projectId: room.projectId,
        query: 'Work',
        shellCommand,
        ...more,
      });
      if (run.status === 'draft') await room.did('run.approve', { id: run.id, version: run.version });
      return run.id;
    },
    async reaches(id, ...statuses) {
      let seen = '';
      for (const end = performance.now() + 15_000; performance.now() < end;) {
        const detail = await room.did('run.get', { id });
        seen = `${detail.run.status} ${detail.run.errorTag ?? ''} ${detail.run.error ?? ''}`;
        if (statuses.includes(detail.run.status)) return detail;
        if (detail.run.endedAt !== null) break;
        await new Promise((resolve) => setTimeout(resolve, 15));
      }
      throw new Error(`the run is ${seen}, not ${statuses.join(' or ')}`);
    },
    events: async (id) => (await room.did('run.events', { id, limit: 5_000 })).events,
    async until(what, limitMs = 10_000) {
      for (const end = performance.now() + limitMs; !(await what());) {
        if (performance.now() > end) throw new Error(`still not: ${what.toString()}`);
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    },
    git,
    file: (name) => join(folder, name),
    alive: (runId) => tagged(`HOMER_TAG=${runId}`),
    worktrees() {
      try {
        return readdirSync(join(project, '.workspace', 'tasks'));
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
        throw error;
      }
    },
    stop: () => scope.close(),
    start: begin,
    async dispose() {
      for (const { id, status } of (await room.did('run.list', { filter: 'active' })).rows)
        if (status === 'running' || status === 'validating') await room.call('run.stop', { id });
      await scope.close();
      chmodSync(dataDir, 0o700);
      rmSync(folder, { recursive: true, force: true });
    },
  };
  await begin();
  await room.did('flag.set', { key: 'runtime.discovery_enabled', value: 'off' });
  const added = await room.did('project.add', {
    path: project,
    testCommand: settings.testCommand ?? '',
    setupCommand: settings.setupCommand ?? '',
  });
  room.projectId = added.id;
  return room;
}

/** Pids, zombies aside, whose environment holds `mark`. */
export function tagged(mark: string): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && pid !== process.pid)
    .filter((pid) => {
      try {
        const stat = readFileSync(`/proc/${String(pid)}/stat`, 'latin1');
        if (stat.slice(stat.lastIndexOf(')') + 2).startsWith('Z')) return false;
        return readFileSync(`/proc/${String(pid)}/environ`, 'utf8').includes(mark);
      } catch {
        // Gone while it was looked at, or another user's.
        return false;
      }
    });
}
