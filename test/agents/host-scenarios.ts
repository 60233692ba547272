import type { RunEvent } from '../../main/domain/run/run-event.ts';
import type { AgentProgram } from './agent-program.ts';
import { askingScenarios } from './asking-scenarios.ts';
import { ensure, told, type At } from './story.ts';
import { twoAccounts } from './two-accounts.ts';

export function skipOf({ name }: AgentProgram, scenario: string): string | undefined {
  const tools = scenario === 'homer_tools' || scenario === 'asks_owner';
  if (scenario.startsWith('two_accounts'))
    return name === 'claude' || name === 'codex'
      ? undefined
      : 'Two accounts are tried with Claude Code and Codex.';
  if (scenario === 'strict_edit' && name === 'qwen')
    return 'Its tool wants an absolute path, and the model server does not know the worktree.';
  if (!tools && name === 'kimi')
    return 'Over the protocol it would reach the network without asking, which its own agent for strict runs does not.';
  if (!tools && !ASKING.includes(name)) return 'It does not ask without a terminal.';
  return undefined;
}

const ASKING = ['claude', 'codex', 'gemini', 'opencode', 'qwen'];

/** What programs do together with a host, by name. */
export const hostScenarios: Readonly<Record<string, (at: At) => Promise<string>>> = {
  two_accounts_429: (at) => twoAccounts(at, 'limited'),
  two_accounts_401: (at) => twoAccounts(at, 'unauthorised'),
  homer_tools: (at) =>
    told(at, { name: 'tool', tool: 'report_progress' }, 'strict', async ({ host, run }) => {
      const ended = await host.until(run.id, ['completed', 'review', 'blocked']);
      const { events } = await host.call<{ events: RunEvent[] }>('run.events', { id: run.id });
      const said = events.find(({ payload }) => payload['text'] === 'Progress: x');
      ensure(said !== undefined, `reported no progress: ${JSON.stringify(events.slice(-6))}`);
      return `told its progress, ${ended.status}`;
    }),
  asks_owner: (at) =>
    told(at, { name: 'tool', tool: 'ask_owner' }, 'balanced', async ({ host, run }) => {
      const blocked = await host.until(run.id, ['blocked']);
      ensure(blocked.question === 'x', `asked ${blocked.question ?? 'nothing'}`);
      await host.call('run.answer', { id: run.id, version: blocked.version, text: 'The answer is blue.' });
      const ended = await host.until(run.id, ['completed', 'review']);
      const heard = JSON.stringify(at.server.seen.at(-1)?.body).includes('The answer is blue.');
      ensure(heard, 'the model did not hear the answer');
      return `heard the answer in step ${String(ended.step)}`;
    }),
  ...askingScenarios,
};
