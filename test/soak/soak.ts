import { execFileSync } from 'node:child_process';
import {
  existsSync,
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
import { startHost, type HostHandle } from '../recovery/host-handle.ts';

export interface SoakReport {
  readonly runs: number;
  readonly durationMs: number;
  readonly runsPerSecond: number;
  /** Samples of the host, evenly over the runs: open handles, heap and resident megabytes. */
  readonly samples: { runs: number; handles: number; heapMb: number; residentMb: number }[];
  readonly zombies: number;
  /** Sentences, one for each promise that was broken; empty when all held. */
  readonly faults: string[];
}

const AT_ONCE = 8;
const SAMPLES = 20;

/** Lets one host carry out run after run and looks from outside whether it grows: handles, heap, processes, worktrees. */
export async function soak(options: { runs: number; say?: (line: string) => void }): Promise<SoakReport> {
  const began = performance.now();
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'homer-soak-')));
  const [dataDir, project, home] = ['data', 'project', 'home'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  for (const path of [project, home]) mkdirSync(path);
  writeFileSync(join(home, '.gitconfig'), '[user]\n\tname = Owner\n\temail = owner@example.org\n');
  const env = { PATH: process.env['PATH'] ?? '', HOME: home };
  for (const args of [
    ['init', '-q', '-b', 'main'],
    ['commit', '-q', '--allow-empty', '-m', 'First'],
  ])
    execFileSync('git', args, { cwd: project, env, stdio: 'ignore' });
  const faults: string[] = [];
  const samples: SoakReport['samples'] = [];
  const host = startHost(dataDir, 'none', env);
  try {
    if ((await host.started) !== 'ready') throw new Error('the host did not start');
    await must(host.ask('flag.set', { key: 'runtime.discovery_enabled', value: 'off' }));
    await must(host.ask('flag.set', { key: 'runtime.max_concurrent_runs', value: String(AT_ONCE) }));
    const added = await must(
      host.ask('project.add', {
        path: project,
        testCommand: '',
        shellCommand: 'echo TASK_STATE: DONE',
        riskProfile: 'trusted',
      }),
    );
    let created = 0;
    let done = 0;
    let due = 0;
    while (done < options.runs) {
      const { counts } = await must(host.ask('run.list', { filter: 'active', limit: 1 }));
      done = created - counts.active;
      while (created < options.runs && created - done < 2 * AT_ONCE) {
        await must(host.ask('run.create', { projectId: added.id, query: `Work ${String(created)}` }));
        created += 1;
      }
      if (done >= due) {
        samples.push({ runs: done, ...(await look(host)) });
        due += options.runs / SAMPLES;
        if (samples.length % 5 === 0) options.say?.(`${String(done)} of ${String(options.runs)} runs`);
      }
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    samples.push({ runs: done, ...(await look(host)) });
    const { runs } = await must(host.ask('metrics.get', { window: '24h' }));
    if (runs.ended.completed !== options.runs)
      faults.push(`${String(options.runs)} runs were asked for; they ended as ${JSON.stringify(runs.ended)}`);
    const zombies = childrenOf(host.pid).filter(({ state }) => state === 'Z').length;
    if (zombies > 0) faults.push(`${String(zombies)} children were not waited for`);
    flat('handles', (sample) => sample.handles, 4);
    flat('heapMb', (sample) => sample.heapMb, 8);
    const tasks = join(project, '.workspace', 'tasks');
    const worktrees = existsSync(tasks) ? readdirSync(tasks).length : 0;
    if (worktrees > 0) faults.push(`${String(worktrees)} worktrees are left`);
    await host.close();
    for (const line of host.logged)
      if (line.startsWith('stderr:') || line.startsWith('error:')) faults.push(line.slice(0, 400));
    const durationMs = Math.round(performance.now() - began);
    return {
      runs: done,
      durationMs,
      runsPerSecond: Math.round((done / durationMs) * 10_000) / 10,
      samples,
      zombies,
      faults,
    };
  } finally {
    if (!host.isDead()) host.kill();
    await host.dead;
    rmSync(folder, { recursive: true, force: true });
  }

  /** The least of the last quarter is no more than the least of the second one and `slack`: the first quarter warms up. */
  function flat(name: string, of: (sample: SoakReport['samples'][number]) => number, slack: number): void {
    const quarter = Math.ceil(samples.length / 4);
    const least = (part: SoakReport['samples']): number => Math.min(...part.map(of));
    const early = least(samples.slice(quarter, 2 * quarter));
    const late = least(samples.slice(-quarter));
    if (late > early + slack) faults.push(`${name} grew from ${String(early)} to ${String(late)}`);
  }
}

async function look(host: HostHandle): Promise<{ handles: number; heapMb: number; residentMb: number }> {
  const { memory } = await must(host.ask('metrics.get', { window: '1h' }));
  return {
    handles: readdirSync(`/proc/${String(host.pid)}/fd`).length,
    heapMb: Math.round(memory.heapBytes / 1e6),
    residentMb: Math.round(memory.residentBytes / 1e6),
  };
}

function childrenOf(pid: number): { pid: number; state: string }[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/u.test(name)) return [];
    try {
      const [, state = '', parent = ''] =
        /\) (\S) (\d+)/u.exec(readFileSync(`/proc/${name}/stat`, 'utf8')) ?? [];
      return Number(parent) === pid ? [{ pid: Number(name), state }] : [];
    } catch {
      // It ended while the list was read.
      return [];
    }
  });
}

async function must<T>(asked: Promise<{ value: T } | { refused: string } | 'dead'>): Promise<T> {
  const answer = await asked;
  if (answer === 'dead') throw new Error('the host died');
  if ('refused' in answer) throw new Error(`refused: ${answer.refused}`);
  return answer.value;
}
