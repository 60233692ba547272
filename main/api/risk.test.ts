import { afterEach, beforeEach, expect, it } from 'vitest';
import { addProject } from '../store/testing/test-store.ts';
import { createTestApi, type TestApi } from './testing/test-api.ts';

let api: TestApi;
let projectId: string;
beforeEach(async () => {
  api = await createTestApi();
  projectId = api.store.write((write) => addProject(write));
});
afterEach(() => api.dispose());

it('previews what the gate then does, rule by rule, and creates nothing', async () => {
  for (const query of ['Mend the parser', 'Deploy it with sudo']) {
    const before = api.events();
    const preview = await api.did('gate.preview', { projectId, query });
    expect(api.events()).toBe(before);
    const { run } = await api.did('run.create', { projectId, query });
    expect(run.status).toBe(preview.start);
    expect(run.held.map(({ rule }) => rule)).toEqual(
      preview.rules.filter(({ outcome }) => outcome === 'held').map(({ rule }) => rule),
    );
    expect(await api.did('gate.explain', { id: run.id })).toEqual(preview);
  }
});

it('shows under another profile and with other budgets what would change', async () => {
  const asked = { projectId, query: 'Deploy it', maxSteps: 40 };
  const strict = await api.did('gate.preview', asked);
  expect(strict.rules.find(({ rule }) => rule === 'sensitive:deployment')).toMatchObject({
    outcome: 'held',
    matched: expect.stringContaining('Deploy'),
    fix: expect.stringContaining('deployment'),
  });
  expect(strict.rules.find(({ rule }) => rule === 'budget_steps')?.outcome).toBe('held');
  expect((await api.did('gate.preview', { ...asked, profile: 'trusted' })).start).toBe('queued');
});

it('tries a path policy on paths, of the project or of globs that are not saved', async () => {
  const paths = ['.env', 'src/a.ts'];
  const allowed = async (more: { deny?: string[] }): Promise<boolean[]> =>
    (await api.did('policy.preview', { projectId, paths, ...more })).paths.map((path) => path.allowed);
  expect(await allowed({})).toEqual([false, true]);
  expect(await allowed({ deny: ['src/**'] })).toEqual([true, false]);
  expect(await api.call('policy.preview', { paths })).toMatchObject({
    ok: false,
    error: { tag: 'invalid_input' },
  });
});

it('refuses a budget, priority, retry policy or context file that cannot be', async () => {
  for (const wrong of [
    { maxMinutes: 0 },
    { maxTokens: -1 },
    { maxCostMicroUsd: 1.5 },
    { priority: 101 },
    { retry: { count: 21 } },
    { retry: { count: 1, factor: 0.5 } },
    { model: '' },
    { executor: 'auto', model: 'gpt-5' },
    { contextFiles: ['../outside.md'] },
    { contextFiles: ['/etc/passwd'] },
  ])
    expect(await api.call('run.create', { projectId, query: 'x', ...wrong })).toMatchObject({
      ok: false,
      error: { tag: 'invalid_input' },
    });
  const { run } = await api.did('run.create', {
    projectId,
    query: 'x',
    maxMinutes: 5,
    maxTokens: 1_000,
    maxCostMicroUsd: 2_000_000,
    contextFiles: ['docs/format.md'],
    retry: { count: 2 },
  });
  expect(run.execution.budget).toEqual({
    steps: 8,
    durationMs: 300_000,
    tokens: 1_000,
    costMicroUsd: 2_000_000,
  });
});

it('counts by the work of the last weeks how often each profile would ask', async () => {
  for (const query of ['Mend the parser', 'Deploy it', 'Write a test'])
    await api.did('run.create', { projectId, query });
  await api.did('run.create', { projectId, query: 'Tidy up', maxSteps: 40 });
  const history = await api.did('gate.history', {});
  expect(history).toMatchObject({ days: 7, cut: false, permissions: { asked: 0 } });
  expect(history.projects).toMatchObject([
    { projectId, profile: 'strict', runs: 4, asks: { strict: 2, balanced: 1, trusted: 0 } },
  ]);
});
