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
 * Two accounts of a real program, each a folder of its own that leads to another address: the first is refused, for good, and the second must
 * do the work in the same attempt and step.
 */
export async function twoAccounts(
  { program, bin, server }: { program: AgentProgram; bin: string; server: ModelServer },
  refusal: 'limited' | 'unauthorised',
): Promise<string> {
  const cache = join(homedir(), '.cache');
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'homer-two-accounts-'));
  const project = join(folder, 'project');
  const home = join(folder, 'home');
  for (const path of [project, home]) mkdirSync(path);
  writeFileSync(join(project, 'README.md'), '# A project\n');
  const git = (...args: string[]): Promise<unknown> =>
    execa('git', ['-c', 'user.name=Test', '-c', 'user.email=test@localhost', ...args], { cwd: project });
  await git('init', '-q', '-b', 'trunk');
  await git('add', '-A');
  await git('commit', '-q', '-m', 'Begin');
  const key = `two-${program.name}-${refusal}`;
  const host = await startHost(join(folder, 'data'), {
    PATH: process.env['PATH'] ?? '',
    HOME: home,
    ...NO_NETWORK,
    [`HOMER_${program.name.toUpperCase()}_PATH`]: bin,
  });
  try {
    const { id: projectId } = await host.call<{ id: string }>('project.add', {
      name: 'two',
      path: project,
      riskProfile: 'trusted',
    });
    for (const [label, base] of [
      ['first', server.base({ name: refusal, retryAfter: 1 }, `${key}-first`)],
      ['second', server.base({ name: 'shell', command: 'echo 42 > answer.txt' }, `${key}-second`)],
    ] as const) {
      const own = join(folder, label);
      mkdirSync(own);
      signIn(program, base, own);
      await host.call('account.add', { executor: program.name, label, home: own, billing: 'use' });
    }
    const created = await host.call<{ run: Run }>('run.create', {
      projectId,
      query: 'Write the answer to answer.txt.',
      executor: program.name,
    });
    const run = await host.until(created.run.id, ['review']);
    const { events } = await host.call<{ events: RunEvent[] }>('run.events', { id: run.id });
    const took = events.flatMap(({ type, payload }) =>
      type === 'child_started' ? [JSON.stringify(payload['account'])] : [],
    );
    ensure(took.join(' ') === '"first" "second"', `went to ${took.join(', ')}`);
    ensure(
      run.attempt === 1 && run.step === 1,
      `took attempt ${String(run.attempt)}, step ${String(run.step)}`,
    );
    const accounts = await host.call<{ label: string; status: string }[]>('account.list', {});
    const stands = (label: string): string => accounts.find((it) => it.label === label)?.status ?? 'gone';
    // One that was limited is back after the second it told of; one whose sign-in was refused is its owner's to mend.
    ensure(
      refusal === 'limited' ? stands('first') !== 'error' : stands('first') === 'error',
      `the refused account is ${stands('first')}`,
    );
    const why = events.find(
      ({ type, payload }) => type === 'retry' && JSON.stringify(payload).includes('another account'),
    );
    ensure(why !== undefined, 'the timeline does not say that another account went on');
    ensure(stands('second') === 'active', `the other account is ${stands('second')}`);
    ensure(!JSON.stringify([events, run]).includes(FAKE_KEY), 'the key is shown');
    return `first ${stands('first')}, second did it in step ${String(run.step)}`;
  } finally {
    await host.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Signs a program in inside a folder, as its owner would have done: the address and the key are in its own files. */
function signIn(program: AgentProgram, base: string, home: string): void {
  if (program.name === 'claude') {
    const env = { ANTHROPIC_BASE_URL: base, ANTHROPIC_API_KEY: FAKE_KEY };
    writeFileSync(join(home, 'settings.json'), JSON.stringify({ env }), { mode: 0o600 });
    return;
  }
  const config = [
    `model = ${JSON.stringify(program.model)}`,
    'model_provider = "test"',
    '[model_providers.test]',
    'name = "test"',
    `base_url = ${JSON.stringify(`${base}/v1`)}`,
    `experimental_bearer_token = ${JSON.stringify(FAKE_KEY)}`,
    'wire_api = "responses"',
  ];
  writeFileSync(join(home, 'config.toml'), config.join('\n') + '\n', { mode: 0o600 });
}

function ensure(holds: boolean, otherwise: string): asserts holds {
  if (!holds) throw new Error(otherwise);
}
