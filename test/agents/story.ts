import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import type { Ask } from '../../main/domain/run/ask.ts';
import type { Run } from '../../main/domain/run/run.ts';
import type { ModelServer } from '../fakes/model-server/start-model-server.ts';
import type { Scenario } from '../fakes/model-server/scenario.ts';
import type { AgentProgram } from './agent-program.ts';
import { startHost, type Host } from './real-host.ts';
import { NO_NETWORK } from './room.ts';

/** A program, and the model server it speaks to. */
export interface At {
  readonly program: AgentProgram;
  readonly homeVariable: string | undefined;
  readonly bin: string;
  readonly server: ModelServer;
}

/** A run of a real program under a real host, and what is asked of both. */
export interface Story {
  readonly host: Host;
  readonly run: Run;
  /** Ends the host as a crash would, and starts another on the same data. */
  crash(): Promise<Host>;
  /** Whether the run's result holds a file. */
  holds(host: Host, file: string): Promise<boolean>;
  /** What its agent waits for. */
  asked(host: Host): Promise<Ask>;
}

/** Where programs without a variable of their own keep what is theirs. */
const HOMES = (home: string): Record<string, string> => ({
  GEMINI_CLI_HOME: home,
  XDG_DATA_HOME: join(home, 'data'),
  XDG_STATE_HOME: join(home, 'state'),
  XDG_CACHE_HOME: join(home, 'cache'),
});

/** Starts a run of the program under a host of its own, and hands both over. */
export async function told(
  { program, homeVariable, bin, server }: At,
  scenario: Partial<Scenario> & { name: Scenario['name'] },
  riskProfile: string,
  story: (of: Story) => Promise<string>,
  more: { readonly flags?: Readonly<Record<string, string>>; readonly run?: object } = {},
): Promise<string> {
  const cache = join(homedir(), '.cache');
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'homer-host-story-'));
  const [project, home, agentHome] = ['project', 'home', 'agent-home'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  for (const path of [project, home, agentHome]) mkdirSync(path);
  writeFileSync(join(project, 'README.md'), '# A project\n');
  const git = (...args: string[]): Promise<{ stdout: string }> =>
    execa('git', ['-c', 'user.name=Test', '-c', 'user.email=test@localhost', ...args], { cwd: project });
  await git('init', '-q', '-b', 'trunk');
  await git('add', '-A');
  await git('commit', '-q', '-m', 'Begin');
  const key = `${scenario.name}-${program.name}-${riskProfile}-${String(performance.now())}`;
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: home,
    ...NO_NETWORK,
    [`HOMER_${program.name.toUpperCase()}_PATH`]: bin,
    ...program.account(server.base(scenario, key), agentHome).env,
    ...(homeVariable === undefined ? HOMES(agentHome) : { [homeVariable]: agentHome }),
  };
  let host = await startHost(join(folder, 'data'), env);
  try {
    const { id: projectId } = await host.call<{ id: string }>('project.add', {
      name: 'story',
      path: project,
      riskProfile,
    });
    for (const [key, value] of Object.entries(more.flags ?? {})) await host.call('flag.set', { key, value });
    const { run } = await host.call<{ run: Run }>('run.create', {
      projectId,
      name: 'Story',
      query: 'Do what there is to do.',
      executor: program.name,
      runType: 'task',
      ...more.run,
    });
    if (run.status === 'draft') await host.call('run.approve', { id: run.id, version: run.version });
    return await story({
      host,
      run,
      async crash() {
        await host.kill();
        host = await startHost(join(folder, 'data'), env);
        return host;
      },
      async holds(of, file) {
        const { run: now } = await of.call<{ run: Run }>('run.get', { id: run.id });
        if (now.headCommit === null) return false;
        const { stdout } = await git('ls-tree', '--name-only', now.headCommit);
        return stdout.split('\n').includes(file);
      },
      async asked(of) {
        const blocked = await of.until(run.id, ['blocked', 'review', 'completed']);
        ensure(blocked.status === 'blocked', `asked nothing and is ${blocked.status}`);
        const asks = await of.call<Ask[]>('permission.list', { runId: run.id });
        const open = asks.find(({ status }) => status === 'open');
        ensure(open !== undefined, 'nothing waits');
        return open;
      },
    });
  } finally {
    await host.stop();
    ensure(!existsSync(join(folder, 'data', 'homer.sock')), 'left its socket');
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

export function ensure(holds: boolean, otherwise: string): asserts holds {
  if (!holds) throw new Error(otherwise);
}
