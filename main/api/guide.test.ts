import { afterEach, beforeEach, expect, it } from 'vitest';
import { putFoundExecutors } from '../store/executor-found-store.ts';
import { addProject, addProposal, addRun } from '../store/testing/test-store.ts';
import { createTestApi, type TestApi } from './testing/test-api.ts';

let api: TestApi;
beforeEach(async () => {
  api = await createTestApi();
});
afterEach(() => api.dispose());

const done = async (): Promise<string[]> =>
  (await api.did('guide.get', {})).steps.filter((entry) => entry.done).map(({ step }) => step);
const next = async () => {
  const guide = await api.did('guide.get', {});
  return guide.steps.find(({ step }) => step === guide.next);
};
const say = (sql: string): void => {
  api.store.write((write) => write.prepare(sql).run());
};

it('leads from nothing to the first applied diff, each step by what stands in the records', async () => {
  expect(await done()).toEqual([]);
  expect(await next()).toMatchObject({ step: 'project', route: '/board' });

  const projectId = api.store.write((write) => addProject(write, 'parser'));
  say(`UPDATE project SET default_executor = 'claude', shell_command = '', test_command = ''`);
  expect(await next()).toMatchObject({ step: 'agent', route: '/settings?section=executors' });
  api.store.write((write) => {
    putFoundExecutors(write, [
      { name: 'codex', label: 'Codex', ready: true, signedIn: 'no' },
      { name: 'gemini', label: 'Gemini CLI', ready: true, signedIn: 'yes' },
    ]);
  });
  expect(await next()).toMatchObject({
    step: 'agent',
    words: 'Found here: Gemini CLI. Say which works in parser.',
    route: `/projects?id=${projectId}`,
  });
  say(`UPDATE project SET default_executor = 'gemini'`);
  expect(await next()).toMatchObject({ step: 'tests', route: `/projects?id=${projectId}&part=check` });
  say(`UPDATE project SET test_command = 'npm test'`);
  expect(await next()).toMatchObject({ step: 'look', act: 'look' });

  const idea = api.store.write((write) => addProposal(write, { projectId, title: 'Cache the index' }));
  expect(await next()).toMatchObject({ step: 'approve', label: 'Open P-1', route: `/proposal/${idea}` });
  say(`UPDATE proposal SET stage = 'plan', planning = 'planning'`);
  expect(await next()).toMatchObject({ step: 'execute', act: 'wait' });
  say(`UPDATE proposal SET planning = 'idle'`);
  expect(await next()).toMatchObject({ step: 'execute', act: 'open', route: `/proposal/${idea}` });

  const run = api.store.write((write) => addRun(write, projectId));
  say(`UPDATE run SET status = 'draft'`);
  expect((await next())?.words).toContain('held back');
  say(`UPDATE run SET status = 'review'`);
  expect(await next()).toMatchObject({ step: 'review', route: `/run/${run}/review` });
  say(`UPDATE run SET status = 'applied'`);
  expect(await next()).toBeUndefined();
  expect(await done()).toHaveLength(8);
});

it('does not ask again for what was passed over', async () => {
  const projectId = api.store.write((write) => addProject(write, 'parser'));
  say(`UPDATE project SET default_executor = 'claude', shell_command = '', test_command = ''`);
  api.store.write((write) => addRun(write, projectId));
  say(`UPDATE run SET status = 'review'`);
  expect(await done()).toEqual(['project', 'execute']);
  expect((await next())?.step).toBe('review');
});

it('asks for an agent before a plan is executed, however far the rest has come, and for tests before an idea is approved', async () => {
  const projectId = api.store.write((write) => addProject(write, 'parser'));
  say(`UPDATE project SET default_executor = 'claude', shell_command = '', test_command = ''`);
  api.store.write((write) => addProposal(write, { projectId }));
  expect((await next())?.step).toBe('agent');
  say(`UPDATE project SET shell_command = './agent.sh', default_executor = 'shell'`);
  expect((await next())?.step).toBe('tests');
  say(`UPDATE proposal SET stage = 'plan'`);
  expect((await next())?.step).toBe('execute');
});
