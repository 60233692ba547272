import { readdirSync, readFileSync } from 'node:fs';
import { until } from '../../main/agents/testing/test-room.ts';
import type { Run } from '../../main/domain/run/run.ts';
import type { RunEvent } from '../../main/domain/run/run-event.ts';
import { ensure, told, type At } from './story.ts';

const SHELL = {
  name: 'shell',
  command: 'cp README.md copy.md && sh -c "echo yes > allowed.txt"',
  unless: 'Not this one.',
  outside: 'It must be done outside.',
} as const;

/** What the model server says beside a call of a tool. */
const CALLS = 'I will use a tool.';

/** What programs that ask their owner do under a real host, which decides, waits, dies or stops them meanwhile. */
export const askingScenarios: Readonly<Record<string, (at: At) => Promise<string>>> = {
  asks_allowed: (at) =>
    told(at, SHELL, 'strict', async ({ host, run, asked, holds }) => {
      const ask = await asked(host);
      ensure(ask.text.includes('cp README.md'), `asked ${ask.tool}: ${ask.text}`);
      await host.call('permission.decide', { id: ask.id, choice: 'allow' });
      await host.until(run.id, ['review']);
      ensure(await holds(host, 'allowed.txt'), 'was allowed and wrote nothing');
      return `${ask.tool} asked ${ask.risk ?? 'no'} risk, wrote its file`;
    }),
  asks_denied: (at) =>
    told(at, SHELL, 'strict', async ({ host, run, asked, holds }) => {
      const ask = await asked(host);
      await host.call('permission.decide', { id: ask.id, choice: 'deny', note: 'Not this one.' });
      const ended = await host.until(run.id, ['completed', 'review']);
      ensure(!(await holds(host, 'allowed.txt')), 'was denied and wrote all the same');
      const heard = JSON.stringify(at.server.seen.at(-1)?.body).includes('Not this one.');
      ensure(heard, 'the model did not hear why');
      return `denied, went on without, ${ended.status}`;
    }),
  asks_expired: (at) =>
    told(
      at,
      { ...SHELL, unless: 'Nobody decided within' },
      'strict',
      async ({ host, run, asked, holds }) => {
        await asked(host);
        const ended = await host.until(run.id, ['completed', 'review']);
        ensure(!(await holds(host, 'allowed.txt')), 'was not allowed and wrote all the same');
        const heard = JSON.stringify(at.server.seen.at(-1)?.body).includes('Nobody decided within');
        ensure(heard, 'the model did not hear why');
        return `denied after a minute, went on without, ${ended.status}`;
      },
      { flags: { 'agents.permission_minutes': '1' } },
    ),
  asks_stopped: (at) =>
    told(at, SHELL, 'strict', async ({ host, run, asked, holds }) => {
      await asked(host);
      const { run: blocked } = await host.call<{ run: Run }>('run.get', { id: run.id });
      const began = performance.now();
      await host.call('run.stop', { id: run.id, version: blocked.version });
      await host.until(run.id, ['stopped']);
      await until(() => processesOf(run.id).length === 0, 10_000);
      ensure(!(await holds(host, 'allowed.txt')), 'was stopped and wrote all the same');
      return `nothing left after ${String(Math.round(performance.now() - began))} ms`;
    }),
  strict_edit: (at) =>
    told(
      at,
      { name: 'edit', file: 'made.txt', content: 'one\ntwo\n' },
      'strict',
      async ({ host, run, holds }) => {
        await host.until(run.id, ['review']);
        ensure(await holds(host, 'made.txt'), 'wrote nothing');
        const { events } = await host.call<{ events: RunEvent[] }>('run.events', { id: run.id });
        const types = events.map(({ type }) => type);
        ensure(!types.includes('permission'), 'asked for a file of the worktree');
        ensure(types.includes('tool_call') && types.includes('tool_result'), 'showed no tool call');
        const { run: now } = await host.call<{ run: Run }>('run.get', { id: run.id });
        ensure(
          now.tokensIn + now.tokensCached >= 2_000 && now.tokensOut >= 100,
          `told ${String(now.tokensIn)} tokens`,
        );
        return `wrote its file unasked, ${String(now.tokensIn)}+${String(now.tokensCached)} in, ${String(now.tokensOut)} out`;
      },
    ),
  strict_resumed: (at) =>
    told(
      at,
      { ...SHELL, text: 'Not yet.\n\nTASK_STATE: CONTINUE', unless: 'Not yet.' },
      'strict',
      async ({ host, run, asked }) => {
        const ask = await asked(host);
        // It names the file of a session by the minute, and begins the file anew when it goes on within that.
        if (at.program.name === 'gemini') await new Promise((resolve) => setTimeout(resolve, 61_000));
        await host.call('permission.decide', { id: ask.id, choice: 'allow' });
        const ended = await host.until(run.id, ['timeout', 'failed', 'review', 'completed']);
        const { events } = await host.call<{ events: RunEvent[] }>('run.events', { id: run.id });
        ensure(!events.some(({ type }) => type === 'retry'), 'did not know its session');
        const answers = events.filter(({ type, payload }) => type === 'message' && payload['text'] !== CALLS);
        ensure(answers.length === 2, `showed ${String(answers.length)} answers in two steps`);
        const whole = at.server.seen.some(({ body }) => {
          const text = JSON.stringify(body);
          return text.includes('Not yet.') && text.split('Do what there is to do.').length > 2;
        });
        ensure(whole, 'began the second step without the first');
        return `two steps of one session, ${ended.status}`;
      },
      { run: { runType: 'agent', maxSteps: 2 } },
    ),
  asks_over_kill: (at) =>
    told(at, SHELL, 'strict', async ({ host, run, asked, holds, crash }) => {
      const ask = await asked(host);
      const next = await crash();
      const again = await asked(next);
      ensure(again.id === ask.id, 'asked a second time');
      await next.call('permission.decide', { id: ask.id, choice: 'allow' });
      const ended = await next.until(run.id, ['review']);
      ensure(await holds(next, 'allowed.txt'), 'was allowed and wrote nothing');
      ensure(ended.step === 1, `took ${String(ended.step)} steps`);
      return 'answered by another host, in the same turn';
    }),
};

/** Processes that carry the mark of a run, wherever they went. */
function processesOf(runId: string): string[] {
  return readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/u.test(pid)) return false;
    try {
      return readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`HOMER_RUN_ID=${runId}`);
    } catch {
      // Gone meanwhile, or another owner's.
      return false;
    }
  });
}
