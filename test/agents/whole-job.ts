import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import type { Run } from '../../main/domain/run/run.ts';
import type { RunEvent } from '../../main/domain/run/run-event.ts';
import type { ModelServer } from '../fakes/model-server/start-model-server.ts';
import { FAKE_KEY, type AgentProgram } from './agent-program.ts';
import { startHost } from './real-host.ts';
import { NO_NETWORK } from './room.ts';

/**
 * The whole story with a real agent program and a real headless host: a project whose test fails, a run with this executor, the change in
 * its worktree, the test that passes, the review and the apply. The program is signed in as its owner would be, by the host's environment.
 */
export async function wholeJob(
  program: AgentProgram,
  homeVariable: string | undefined,
  bin: string,
  server: ModelServer,
): Promise<string> {
  const cache = join(homedir(), '.cache');
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'homer-whole-job-'));
  const project = join(folder, 'project');
  const home = join(folder, 'home');
  const agentHome = join(folder, 'agent-home');
  for (const path of [project, home, agentHome]) mkdirSync(path);
  writeFileSync(join(project, 'test.sh'), 'grep -qx 42 answer.txt\n');
  const git = (...args: string[]): Promise<{ stdout: string }> =>
    execa('git', ['-c', 'user.name=Test', '-c', 'user.email=test@localhost', ...args], { cwd: project });
  await git('init', '-q', '-b', 'trunk');
  await git('add', '-A');
  await git('commit', '-q', '-m', 'Ask for an answer');
  const base = server.base({ name: 'shell', command: 'echo 42 > answer.txt' }, `whole-${program.name}`);
  const host = await startHost(join(folder, 'data'), {
    PATH: process.env['PATH'] ?? '',
    HOME: home,
    ...NO_NETWORK,
    [`HOMER_${program.name.toUpperCase()}_PATH`]: bin,
    ...program.account(base, agentHome).env,
    ...(homeVariable === undefined ? {} : { [homeVariable]: agentHome }),
  });
  try {
    const { id: projectId } = await host.call<{ id: string }>('project.add', {
      name: 'answers',
      path: project,
      testCommand: 'sh test.sh',
      riskProfile: 'trusted',
    });
    const listed = await host.call<{ name: string; found: boolean; signedIn: string }[]>('executor.list', {});
    const info = listed.find(({ name }) => name === program.name);
    ensure(info?.found === true, `the host does not list ${program.name}`);
    const created = await host.call<{ run: Run }>('run.create', {
      projectId,
      name: 'Answer',
      query: 'Write the answer to answer.txt.',
      executor: program.name,
    });
    const run = await host.until(created.run.id, ['review']);
    ensure(run.testBefore?.exitCode !== 0, 'the test passed before the work');
    ensure(run.testAfter?.exitCode === 0, 'the test fails after the work');
    ensure(run.tokensIn + run.tokensCached > 0 && run.tokensOut > 0, 'the run counts no tokens');
    const { events } = await host.call<{ events: RunEvent[] }>('run.events', { id: run.id });
    const types = new Set(events.map(({ type }) => type));
    for (const type of ['message', 'tool_call', 'tool_result', 'usage', 'checkpoint'] as const)
      ensure(types.has(type), `the timeline has no ${type}`);
    ensure(!JSON.stringify([events, run]).includes(FAKE_KEY), 'the key is shown');
    await host.call('run.apply', { id: run.id, version: run.version });
    await host.until(run.id, ['applied']);
    const { stdout } = await git('show', 'trunk:answer.txt');
    ensure(stdout === '42', `the project holds ${stdout}`);
    return `applied; ${String(run.tokensIn)}+${String(run.tokensCached)} in, ${String(run.tokensOut)} out, signed in: ${info.signedIn}`;
  } finally {
    await host.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

function ensure(holds: boolean, otherwise: string): asserts holds {
  if (!holds) throw new Error(otherwise);
}
