import { ensure, told, type At } from './story.ts';

const SHELL = {
  name: 'shell',
  command: 'cp README.md copy.md && sh -c "echo yes > allowed.txt"',
  unless: 'Not this one.',
  outside: 'It must be done outside.',
} as const;

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
