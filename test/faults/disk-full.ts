import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkInThread } from '../../main/store/check-in-thread.ts';
import { connect } from '../../main/store/database.ts';
import { createScope } from '../../main/shared/scope.ts';
import { startHost, type HostHandle } from '../recovery/host-handle.ts';
import { inFolder, skipped, type FaultReport } from './report.ts';

/** Why nothing can be mounted here; null when it can. */
export function noMounts(folder: string): string | null {
  if (process.platform !== 'linux') return 'mounting is tested on Linux alone';
  if (process.getuid?.() !== 0) return 'mounting needs root';
  const made = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'homer-faults', folder]);
  if (made.status !== 0) return 'nothing may be mounted here';
  spawnSync('umount', [folder]);
  return null;
}

/** A git project and the environment a host needs to work in it. */
function makeProject(folder: string): { project: string; env: Record<string, string> } {
  const project = join(folder, 'project');
  const home = join(folder, 'home');
  for (const path of [project, home]) mkdirSync(path);
  writeFileSync(join(home, '.gitconfig'), '[user]\n\tname = Owner\n\temail = owner@example.org\n');
  const env = { PATH: process.env['PATH'] ?? '', HOME: home };
  const git = (...args: string[]): unknown =>
    execFileSync('git', args, { cwd: project, env, stdio: 'ignore' });
  git('init', '-q', '-b', 'main');
  writeFileSync(join(project, 'a.txt'), '1\n');
  git('add', '-A');
  git('commit', '-qm', 'First');
  return { project, env };
}

/**
 * A real host on a small disk that fills up while an agent works: what it acknowledged stays, what it cannot keep it refuses as
 * `disk_full`, it says so, and once there is room it goes on by itself: the run reaches its end, and writes are taken again.
 */
export async function diskFull(): Promise<FaultReport> {
  const name = 'disk full';
  return inFolder(async (folder) => {
    const data = join(folder, 'data');
    mkdirSync(data);
    const why = noMounts(data);
    if (why !== null) return skipped(name, why);
    const { project, env } = makeProject(folder);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=16m,mode=700', 'homer-faults', data]);
    const faults: string[] = [];
    const figures = { acknowledged: 0, refused: 0, goesOnAfterMs: 0 };
    let host: HostHandle | null = null;
    try {
      host = startHost(data, 'none', env);
      if ((await host.started) !== 'ready')
        return { name, skipped: null, n: 1, faults: ['the host did not start'], figures };
      const added = await host.ask('project.add', { path: project });
      if (added === 'dead' || 'refused' in added) throw new Error(`no project: ${JSON.stringify(added)}`);
      const projectId = added.value.id;
      const go = join(folder, 'go');
      const run = await host.ask('run.create', {
        projectId,
        query: 'Work',
        shellCommand: `while [ ! -e '${go}' ]; do echo working; sleep 0.05; done; echo 'TASK_STATE: DONE'`,
      });
      if (run === 'dead' || 'refused' in run) throw new Error(`no run: ${JSON.stringify(run)}`);
      const { id, status, version } = run.value.run;
      if (status === 'draft') await host.ask('run.approve', { id, version });
      await until(
        () => statusOf(host, id),
        (now) => now === 'running',
        10_000,
      );
      // All room but a little is taken at once, the rest by what Homer writes.
      const ballast = join(data, 'ballast');
      const free = Number(execFileSync('stat', ['-f', '-c', '%a', data], { encoding: 'utf8' })) * 4_096;
      writeFileSync(ballast, Buffer.alloc(Math.max(0, free - 1_500_000)));
      const acked: string[] = [];
      const tags = new Set<string>();
      for (let count = 0; count < 400 && figures.refused < 20; count += 1) {
        const title = `Idea ${String(count)}`;
        const made = await host.ask('proposal.create', { projectId, title, content: 'x'.repeat(20_000) });
        if (made === 'dead') {
          faults.push('the host died of a full disk');
          break;
        }
        if ('refused' in made) {
          figures.refused += 1;
          tags.add(made.refused);
        } else acked.push(title);
      }
      figures.acknowledged = acked.length;
      if (figures.refused === 0) faults.push('nothing was refused');
      if ([...tags].join() !== 'disk_full') faults.push(`refused with ${[...tags].join(', ')}`);
      const told = await until(
        () => problemsOf(host),
        (now) => now.includes('disk_full'),
        5_000,
      );
      if (!told.includes('disk_full')) faults.push(`the problem is not shown: ${told.join()}`);
      writeFileSync(go, '');
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      rmSync(ballast);
      const freed = performance.now();
      const again = await until(
        () => statusOf(host, id),
        (now) => ['completed', 'review'].includes(now),
        70_000,
      );
      figures.goesOnAfterMs = Math.round(performance.now() - freed);
      if (!['completed', 'review'].includes(again))
        faults.push(`the run is ${again} after there was room again`);
      const left = await until(
        () => problemsOf(host),
        (now) => !now.includes('disk_full'),
        70_000,
      );
      if (left.includes('disk_full')) faults.push('the problem stays though there is room');
      const last = await host.ask('proposal.create', { projectId, title: 'After', content: '' });
      if (last === 'dead' || 'refused' in last) faults.push('a write is refused though there is room');
      await host.close();
      const raw = connect(join(data, 'homer.sqlite'), { readonly: true });
      const rows = new Set(raw.prepare('SELECT title FROM proposal').pluck().all() as string[]);
      raw.close();
      const lost = acked.filter((title) => !rows.has(title));
      if (lost.length > 0) faults.push(`${String(lost.length)} acknowledged proposals are lost`);
      if (rows.size !== acked.length + 1)
        faults.push(`${String(acked.length + 1)} acknowledged, ${String(rows.size)} rows`);
      const scope = createScope('check');
      faults.push(...(await checkInThread(join(data, 'homer.sqlite'), scope)));
      await scope.close();
    } finally {
      host?.kill();
      await host?.dead;
      execFileSync('umount', ['-l', data]);
    }
    return { name, skipped: null, n: 1, faults, figures };
  });
}

/** A folder, and a database, that cannot be written: each start says so in the same words, and changes nothing. */
export async function readOnly(): Promise<FaultReport> {
  const name = 'read-only folder and database';
  return inFolder(async (folder) => {
    const data = join(folder, 'data');
    mkdirSync(data);
    const why = noMounts(data);
    if (why !== null) return skipped(name, why);
    const { env } = makeProject(folder);
    const first = startHost(data, 'none', env);
    if ((await first.started) !== 'ready')
      return { name, skipped: null, n: 0, faults: ['the host did not start'], figures: {} };
    await first.close();
    const faults: string[] = [];
    let n = 0;
    for (const what of [data, join(data, 'homer.sqlite')]) {
      const before = readFileSync(join(data, 'homer.sqlite'));
      execFileSync('mount', ['--bind', what, what]);
      try {
        execFileSync('mount', ['-o', 'remount,ro,bind', what]);
        for (let time = 0; time < 2; time += 1) {
          const host = startHost(data, 'none', env);
          const started = await host.started;
          n += 1;
          if (typeof started === 'string' || started.refused !== 'read_only')
            faults.push(`${what}: ${JSON.stringify(started)}`);
          await host.close();
        }
      } finally {
        execFileSync('umount', ['-l', what]);
      }
      if (!readFileSync(join(data, 'homer.sqlite')).equals(before))
        faults.push(`${what}: the database was changed`);
    }
    const last = startHost(data, 'none', env);
    if ((await last.started) !== 'ready') faults.push('it does not start once it can be written again');
    await last.close();
    if (existsSync(join(data, 'homer.sqlite-wal'))) faults.push('the last host did not end in order');
    return { name, skipped: null, n, faults, figures: {} };
  });
}

async function statusOf(host: HostHandle | null, id: string): Promise<string> {
  const got = await host?.ask('run.get', { id });
  return got === undefined || got === 'dead' || 'refused' in got ? 'unknown' : got.value.run.status;
}

async function problemsOf(host: HostHandle | null): Promise<string[]> {
  const got = await host?.ask('overview.get', {});
  return got === undefined || got === 'dead' || 'refused' in got
    ? []
    : got.value.problems.map(({ tag }) => tag);
}

async function until<T>(ask: () => Promise<T>, good: (now: T) => boolean, limitMs: number): Promise<T> {
  const end = performance.now() + limitMs;
  for (;;) {
    const now = await ask();
    if (good(now) || performance.now() > end) return now;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
