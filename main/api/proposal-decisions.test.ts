import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { InputOf } from '../../preload/contract/operations.ts';
import type { Plan } from '../domain/proposal/plan.ts';
import { addProject as storeProject } from '../store/testing/test-store.ts';
import { createTestApi, type TestApi } from './testing/test-api.ts';

let api: TestApi;
beforeEach(async () => {
  api = await createTestApi();
});
afterEach(() => api.dispose());

const plan: Plan = {
  steps: ['Do it.'],
  effort: 'small',
  risk: 'low',
  files: [],
  testCommand: '',
  proposedTestCommand: '',
  costMicroUsd: null,
  tokens: null,
  durationMs: null,
};
type Decision = InputOf<'proposal.decide'>;

const create = async (title = 'Mend the parser', projectId: string | null = null): Promise<string> =>
  (await api.did('proposal.create', { title, projectId })).proposal.id;
/** Decides on the newest version. */
const decide = async (
  id: string,
  action: Decision['action'],
  more: Partial<Decision> = {},
): ReturnType<typeof api.call<'proposal.decide'>> =>
  api.call('proposal.decide', {
    id,
    version: (await api.did('proposal.get', { id })).proposal.version,
    action,
    ...more,
  });
const planned = async (projectId: string | null): Promise<string> => {
  const id = await create('Mend the parser', projectId);
  const { proposal } = await api.did('proposal.decide', { id, version: 1, action: 'approve' });
  await api.did('proposal.editPlan', { id, version: proposal.version, plan });
  return id;
};
const refused = async (
  id: string,
  action: Decision['action'],
  tag: string,
  more: Partial<Decision> = {},
): Promise<string> => {
  const before = [api.events(), await api.did('proposal.get', { id })];
  const reply = await decide(id, action, more);
  expect(reply).toMatchObject({ ok: false, error: { tag, hint: expect.any(String) } });
  expect([api.events(), await api.did('proposal.get', { id })]).toEqual(before);
  return reply.ok ? '' : reply.error.message;
};

describe('deciding on a proposal', () => {
  it('refuses a second press of Approve as stale, and decides once', async () => {
    const id = await create();
    const press = { id, version: 1, action: 'approve' } as const;
    const [first, second] = await Promise.all([
      api.call('proposal.decide', press),
      api.call('proposal.decide', press),
    ]);
    expect(first).toMatchObject({ ok: true, value: { proposal: { stage: 'plan', planning: 'planning' } } });
    expect(second).toMatchObject({ ok: false, error: { tag: 'stale_version' } });
    expect((await api.did('proposal.get', { id })).decisions).toMatchObject([
      { action: 'approve', actor: 'owner', channel: 'dashboard', snapshot: { stage: 'idea' } },
    ]);
  });

  it('says what is possible when something is not', async () => {
    const id = await create();
    expect(await refused(id, 'execute', 'no_plan')).toContain('no plan');
    expect(await refused(id, 'restore', 'illegal_transition')).toContain('idea');
  });

  it('rejects only for a reason, and keeps it', async () => {
    const id = await create();
    await refused(id, 'reject', 'reason_required');
    await refused(id, 'reject', 'reason_required', { reason: '   ' });
    expect(await decide(id, 'reject', { reason: 'Not now.' })).toMatchObject({
      ok: true,
      value: { proposal: { stage: 'rejected' }, decisions: [{ reason: 'Not now.' }], possible: ['restore'] },
    });
  });

  it('suggests only with words', async () => {
    const id = await planned(null);
    await refused(id, 'suggest', 'feedback_required');
    expect(await decide(id, 'suggest', { feedback: 'Use a table.' })).toMatchObject({
      ok: true,
      value: { proposal: { stage: 'plan', planning: 'planning', planVersion: 1 } },
    });
  });

  it('is held up by required questions, named, until they are answered', async () => {
    const id = await create();
    await decide(id, 'details');
    await api.did('proposal.ask', { id, question: 'Which parser?', required: true });
    const { questions } = await api.did('proposal.ask', { id, question: 'How fast?', required: true });
    await api.did('proposal.ask', { id, question: 'Any wishes?', required: false });
    const message = await refused(id, 'generate_plan', 'questions_open');
    expect(message).toContain('“Which parser?”, “How fast?”');
    expect(message).not.toContain('wishes');
    for (const { id: questionId } of questions)
      await api.did('proposal.answer', { id, questionId, answer: 'Any.' });
    expect((await decide(id, 'generate_plan')).ok).toBe(true);
  });

  it('keeps its project once a plan is written for it, and its goal can still change', async () => {
    const projectId = api.store.write((write) => storeProject(write, 'first'));
    const second = api.store.write((write) => storeProject(write, 'second'));
    const id = await create();
    const { proposal } = await api.did('proposal.update', { id, version: 1, fields: { projectId } });
    expect((await decide(id, 'approve')).ok).toBe(true);
    const { version } = (await api.did('proposal.get', { id })).proposal;
    expect(proposal.projectId).toBe(projectId);
    expect(await api.call('proposal.update', { id, version, fields: { projectId: second } })).toMatchObject({
      ok: false,
      error: { tag: 'project_stays' },
    });
    expect(await api.call('proposal.update', { id, version, fields: { goalId: null } })).toMatchObject({
      ok: true,
    });
  });

  it('asks questions in research alone, and answers only its own', async () => {
    const id = await create();
    expect(await api.call('proposal.ask', { id, question: 'Why?' })).toMatchObject({
      ok: false,
      error: { tag: 'not_in_research' },
    });
    const other = await create('Another');
    await decide(other, 'details');
    const { questions } = await api.did('proposal.ask', { id: other, question: 'Why?' });
    const stray = await api.call('proposal.answer', {
      id,
      questionId: questions[0]?.id ?? '',
      answer: 'Because.',
    });
    expect(stray).toMatchObject({ ok: false, error: { tag: 'not_found' } });
  });
});

describe('executing a plan', () => {
  const addProject = async (shellCommand: string): Promise<string> =>
    (await api.did('project.add', { path: api.repository.path, shellCommand })).id;

  it('needs a finished plan', async () => {
    const id = await create();
    await decide(id, 'approve');
    expect(await refused(id, 'execute', 'no_plan')).toContain('still being written');
    await api.did('proposal.cancelPlanning', { id });
    expect(await refused(id, 'execute', 'no_plan')).toContain('no plan');
  });

  it('needs a project to work in', async () => {
    await refused(await planned(null), 'execute', 'no_project');
  });

  it('needs a command for the shell executor', async () => {
    const id = await planned(await addProject(''));
    await refused(id, 'execute', 'no_shell_command');
    expect(await decide(id, 'execute', { execute: { shellCommand: './agent.sh' } })).toMatchObject({
      ok: true,
      value: { runs: [{ status: 'queued' }] },
    });
  });

  it('makes the decision, the intent and the run at once, and only once', async () => {
    const id = await planned(await addProject('./agent.sh'));
    const { version } = (await api.did('proposal.get', { id })).proposal;
    const press = { id, version, action: 'execute' } as const;
    const replies = await Promise.all([
      api.call('proposal.decide', press),
      api.call('proposal.decide', press),
    ]);
    expect(replies).toMatchObject([{ ok: true }, { ok: false, error: { tag: 'stale_version' } }]);
    const { proposal, runs } = await api.did('proposal.get', { id });
    expect(proposal.stage).toBe('approved');
    expect(runs).toMatchObject([{ status: 'queued', attempt: 1 }]);
    expect((await api.did('overview.get', {})).runs).toBe(1);
  });
});

describe('a proposal typed by the owner', () => {
  it('is there once for its title in its project', async () => {
    await create('Mend the parser');
    expect(await api.call('proposal.create', { title: 'mend the PARSER' })).toMatchObject({
      ok: false,
      error: { tag: 'already_proposed' },
    });
  });

  it('leaves the inbox while it sleeps, and comes back', async () => {
    const id = await create();
    const inbox = async (): Promise<number> => (await api.did('inbox.list', {})).total;
    const slept = await api.did('proposal.snooze', { id, version: 1, until: '2030-01-01T00:00:00.000Z' });
    expect(await inbox()).toBe(0);
    await api.did('proposal.snooze', { id, version: slept.proposal.version, until: null });
    expect(await inbox()).toBe(1);
  });
});
